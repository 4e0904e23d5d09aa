import CJackfield
import EventLoops
import Glibc
import JackfieldJSON
import JackfieldVocabulary
import Loading
import NIOCore
import Synchronization

/// An instance of a plugin in a runner: the functions of its side are frames on a wire. What comes back is checked before
/// anything is done with it; a runner that breaks the rules of the wire is ended.
final class RunnerSide: PluginSide, ChannelInboundHandler, @unchecked Sendable {
    typealias InboundIn = ByteBuffer

    let id: String
    let process: RunnerProcess
    /// Set before the runner is told to make the instance, and with it to talk.
    private let link = Mutex<HostLink?>(nil)
    private let executor: LoopExecutor
    private let channel: any Channel
    private let grace: Int64
    private let onLoss: @Sendable (RunnerSide, RunnerProcess.End) -> Void

    var isCredited: Bool { true }
    var hasOwnThreads: Bool { true }

    /// A call of the plugin on the host: what it may still be sent.
    private struct Window {
        /// Bytes; the last event may overdraw.
        var credit = CallMailbox.bound
        var isBlocked = false
    }
    private let windows = Mutex<[jackfield_call: Window]>([:])

    private let outlet: WireOutlet

    let answers = RunnerAnswers()

    /// Posted when the loop has nothing more to do for it.
    private let over = Latch()

    /// Why nothing goes in any more.
    private let gone = Mutex<RunnerProcess.End?>(nil)

    // Confined to the loop.
    private let reader = FrameReader(at: .host, limits: .fromRunner)
    private var unread: ByteBuffer?
    /// Calls that the host gave up, and that the plugin still has to finish.
    private var abandoned: [jackfield_call: LoopTimer] = [:]
    private var isClosed = false
    private var processEnd: RunnerProcess.End?
    /// Calls that the plugin started while it read nothing of what it was sent.
    private var startsUnread = 0
    /// Times that the plugin broke the ABI, which its runner told.
    private var complaints = 0

    /// - Parameters:
    ///   - wire: the channel's descriptor.
    ///   - grace: nanoseconds that a call may take to end after it was cancelled.
    ///   - onLoss: called once, on the loop, when process and wire are gone, unless it was ended by `end`.
    init(
        id: String, process: RunnerProcess, channel: any Channel, wire: Int32, executor: LoopExecutor, grace: Int64,
        onLoss: @escaping @Sendable (RunnerSide, RunnerProcess.End) -> Void
    ) {
        self.id = id
        self.process = process
        self.channel = channel
        outlet = WireOutlet(wire, channel: channel)
        self.executor = executor
        self.grace = grace
        self.onLoss = onLoss
    }

    var isAlive: Bool { gone.withLock { $0 == nil } }

    private var host: (any HostSide)? { link.withLock { $0 }?.target }

    // MARK: What the host says; from any thread

    func start(_ start: CallStart) -> CallAcceptance {
        if let end = gone.withLock({ $0 }) {
            return .failed(CallError(.unavailable, "the plugin \(id) \(end.sentence)", retry: true))
        }
        guard outlet.isWritable else {
            return .failed(CallError(.exhausted, "the plugin \(id) does not read what it is sent", retry: true))
        }
        let header = FrameHeader(
            .start, call: start.call, parent: start.parent, first: start.interface, second: start.method,
            amount: start.deadline)
        send(header, head: start.context, body: start.request)
        return .taken
    }

    func emit(_ call: jackfield_call, _ event: UInt32, _ payload: [UInt8]) -> CallMailbox.Admission {
        let admission: CallMailbox.Admission = windows.withLock { windows in
            guard var window = windows[call] else { return .ended }
            defer { windows[call] = window }
            if window.credit < 0 {
                window.isBlocked = true
                return .full
            }
            window.credit -= payload.count + CallMailbox.eventCost
            return .taken
        }
        if admission == .taken { send(FrameHeader(.emit, call: call, first: event), body: payload) }
        return admission
    }

    func finish(_ call: jackfield_call, _ outcome: Result<[UInt8], CallError>) {
        guard windows.withLock({ $0.removeValue(forKey: call) }) != nil else { return }
        sendFinish(call, outcome)
    }

    private func sendFinish(_ call: jackfield_call, _ outcome: Result<[UInt8], CallError>) {
        switch outcome {
        case .success(let result): send(FrameHeader(.finish, call: call), body: result)
        case .failure(let error):
            let header = FrameHeader(
                .finish, call: call, first: UInt32(bitPattern: error.code.rawValue), second: error.retry ? 1 : 0,
                amount: error.retryAfter ?? 0)
            send(header, head: Array(error.message.utf8.prefix(Int(FrameLimits.fromHost.head))))
        }
    }

    func cancel(_ call: jackfield_call) {
        send(FrameHeader(.cancel, call: call))
        let give: @Sendable () -> Void = { [self] in
            // Its end may have come before this.
            guard gone.withLock({ $0 == nil }), abandoned[call] == nil, host?.isOwed(call) == true else { return }
            abandoned[call] = executor.at(MonotonicClock.now() + grace) { [weak self] in
                guard let self else { return }
                abandoned[call] = nil
                let seconds = Double(grace / 1_000_000) / 1000
                process.kill(because: "a call was not finished within \(seconds) s after it was cancelled")
            }
        }
        if executor.loop.inEventLoop { give() } else { executor.loop.execute(give) }
    }

    func resume(_ call: jackfield_call, bytes: Int) {
        send(FrameHeader(.credit, call: call, amount: Int64(bytes)))
    }

    // MARK: Lifecycle; never on a loop

    /// The first thing that a runner hears.
    func command(_ order: RunnerOrder) { send(FrameHeader(.load), head: Array(order.json.text.utf8)) }

    /// - Throws: what the runner answered, or that it did not.
    func create(_ setup: InstanceSetup) throws(LoadError) {
        link.withLock { $0 = setup.host }
        let granted = "[" + setup.granted.map { String($0) }.joined(separator: ",") + "]"
        send(FrameHeader(.create), head: Array(granted.utf8), body: setup.config)
        _ = try answer(to: "create", .created, within: LifecycleThread.startLimit)
    }

    func open() throws(LoadError) {
        send(FrameHeader(.open))
        _ = try answer(to: "open", .opened, within: LifecycleThread.startLimit)
    }

    /// Wait for the answer to a step of the start.
    func answer(to step: String, _ kind: FrameKind, within limit: Int64) throws(LoadError) -> String {
        // The runner keeps the plugin's limit; here is what it takes beyond that to say so.
        switch answers.wait(for: kind, until: MonotonicClock.now() + limit + 2_000_000_000) {
        case .text(let text): return text
        case .failure(let error): throw error
        case .ended(let end): throw LoadError(.crashed, "\(id) \(end.sentence), while it was being loaded (\(step))")
        case nil:
            let why = "it did not answer to `\(step)` within \(limit / 1_000_000_000) seconds"
            process.kill(because: why)
            throw LoadError(.stuck, "\(id) could not be loaded: \(why)")
        }
    }

    func drain(deadline: Int64, limit: Int64) -> String? {
        send(FrameHeader(.drain, amount: deadline))
        _ = answers.wait(for: .drained, until: limit)
        return nil
    }

    /// Whatever the plugin does, its process is gone after this.
    func end(limit: Int64) -> String? {
        send(FrameHeader(.close, amount: limit))
        if !process.waitForEnd(until: limit) {
            process.kill(because: "it did not close in time")
            _ = process.waitForEnd(until: MonotonicClock.now() + 5_000_000_000)
            return "it did not close in time and was ended"
        }
        return nil
    }

    /// Wait until process and wire are gone and the loop has heard of it. Never on a loop.
    ///
    /// - Parameter limit: nanoseconds of CLOCK_MONOTONIC.
    /// - Returns: false if it was not so by then.
    func waitUntilOver(until limit: Int64) -> Bool {
        guard over.wait(until: limit) else { return false }
        // For the next one who asks.
        over.post()
        return true
    }

    private func send(_ header: FrameHeader, head: [UInt8] = [], body: [UInt8] = []) {
        outlet.send(header, head: head, body: body)
    }

    // MARK: What the runner says; on the loop

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if unread == nil {
            unread = unwrapInboundIn(data)
        } else {
            var more = unwrapInboundIn(data)
            unread!.writeBuffer(&more)
        }
        do throws(WireFault) {
            try executor.perform { () -> Result<Void, WireFault> in
                do throws(WireFault) { return .success(try parse()) } catch { return .failure(error) }
            }.get()
        } catch {
            violate(error.description)
        }
    }

    private func parse() throws(WireFault) {
        guard var buffer = unread, !isClosed else { return }
        unread = nil
        // Buffers of the loop begin where malloc begins, and frames have multiples of 8 bytes: this is for the day that
        // they do not.
        if buffer.withUnsafeReadableBytes({ UInt(bitPattern: $0.baseAddress) % 8 != 0 }) {
            var aligned = channel.allocator.buffer(capacity: buffer.readableBytes)
            aligned.writeBuffer(&buffer)
            buffer = aligned
        }
        let taken: Result<Int, WireFault> = buffer.withUnsafeReadableBytes { bytes in
            do throws(WireFault) {
                return .success(try reader.read(bytes, take))
            } catch {
                return .failure(error)
            }
        }
        buffer.moveReaderIndex(forwardBy: try taken.get())
        if buffer.readableBytes > 0 {
            buffer.discardReadBytes()
            unread = buffer
        }
    }

    private func take(
        _ header: FrameHeader, _ head: UnsafeRawBufferPointer, _ body: UnsafeRawBufferPointer
    ) throws(WireFault) {
        switch header.kind {
        case .start: try started(header, body)
        case .emit:
            switch host?.emitted(header.call, event: header.first, payload: Self.view(body, unsent: header.amount)) {
            case JACKFIELD_WOULD_BLOCK: throw WireFault("more events than there was credit for")
            case JACKFIELD_STALE: throw WireFault("an event of a call that is not under way")
            default: break
            }
        case .finish: try finished(header, head, body)
        case .cancel: _ = host?.cancelled(header.call)
        case .credit: try credited(header)
        case .refused:
            abandoned.removeValue(forKey: header.call)?.cancel()
            host?.refused(header.call, status: Int32(bitPattern: header.first))
        case .skipped:
            // A call that the host still waits for would never end.
            guard host?.isOwed(header.call) == true else {
                throw WireFault("word that it skipped a call which was not cancelled")
            }
            abandoned.removeValue(forKey: header.call)?.cancel()
            host?.skipped(header.call)
        case .broke:
            complaints += 1
            guard complaints <= 1000 else { throw WireFault("more than 1000 complaints about the plugin") }
            host?.broke(String(decoding: head.prefix(1024), as: UTF8.self))
        default: answers.give(header, String(decoding: head, as: UTF8.self))
        }
    }

    private func started(_ header: FrameHeader, _ body: UnsafeRawBufferPointer) throws(WireFault) {
        // A runner never has more calls under way than it has read the ends of.
        startsUnread = outlet.isWritable ? 0 : startsUnread + 1
        guard startsUnread <= RunningPlugin.callLimit else {
            throw WireFault("calls without reading what came of others")
        }
        var start = jackfield_start()
        start.size = UInt32(MemoryLayout<jackfield_start>.size)
        start.interface = header.first
        start.method = header.second
        start.call = header.call
        start.parent = header.parent
        start.deadline = header.amount
        start.request = jackfield_view(body)
        let isTaken = windows.withLock { windows in
            // What is more than a runner lets through, no runner sends that is what it should be.
            guard windows[header.call] == nil, windows.count < RunningPlugin.callLimit, header.call != 0 else {
                return false
            }
            windows[header.call] = Window()
            return true
        }
        guard isTaken else {
            throw WireFault("a call under a name that is taken, or more than \(RunningPlugin.callLimit) calls")
        }
        let status = host?.started(start) ?? JACKFIELD_UNAVAILABLE
        if status != JACKFIELD_OK {
            let code = CallError.Code(rawValue: status) ?? .internal
            finish(header.call, .failure(CallError(code, "the host refused to start the call")))
        }
    }

    private func finished(
        _ header: FrameHeader, _ head: UnsafeRawBufferPointer, _ body: UnsafeRawBufferPointer
    ) throws(WireFault) {
        abandoned.removeValue(forKey: header.call)?.cancel()
        var end = jackfield_end()
        end.size = UInt32(MemoryLayout<jackfield_end>.size)
        end.code = Int32(bitPattern: header.first)
        end.retry = header.second
        end.message = jackfield_view(head)
        if header.first == 0 {
            end.result = Self.view(body, unsent: header.amount)
        } else {
            end.retry_after = header.amount
        }
        if host?.finished(header.call, end) == JACKFIELD_STALE {
            throw WireFault("the end of a call that is not under way")
        }
    }

    private func credited(_ header: FrameHeader) throws(WireFault) {
        let isBlocked: Bool? = windows.withLock { windows in
            // A credit may cross the end of its call.
            guard var window = windows[header.call] else { return false }
            guard header.amount > 0, header.amount <= Int64(CallMailbox.bound - window.credit) else { return nil }
            window.credit += Int(header.amount)
            let isBlocked = window.isBlocked && window.credit >= 0
            if isBlocked { window.isBlocked = false }
            windows[header.call] = window
            return isBlocked
        }
        guard let isBlocked else { throw WireFault("credit of \(header.amount) bytes that it did not take") }
        if isBlocked { _ = host?.resumed(header.call) }
    }

    /// A payload, or one that is too long to be sent: then only its length is looked at.
    private static func view(_ body: UnsafeRawBufferPointer, unsent: Int64) -> jackfield_view {
        guard unsent > 0 else { return jackfield_view(body) }
        return jackfield_view(data: nil, size: UInt64(max(unsent, Int64(FrameLimits.fromRunner.body) + 1)))
    }

    private func violate(_ what: String) {
        isClosed = true
        host?.broke("the plugin \(id) sent its host \(what)")
        process.kill(because: "it sent its host \(what)")
        channel.close(promise: nil)
    }

    // MARK: The end

    func channelInactive(context: ChannelHandlerContext) {
        isClosed = true
        outlet.close()
        // A process that ends closes its wire a moment before. Of one that only did the latter nothing is to be had.
        executor.loop.assumeIsolated().scheduleTask(in: .milliseconds(20)) { [process] in
            process.kill(because: "it closed its wire")
        }
        conclude()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { channel.close(promise: nil) }

    /// The process is gone; what it had sent is read first. From any thread.
    func ended(_ end: RunnerProcess.End) {
        gone.withLock { $0 = end }
        executor.loop.execute { [self] in
            processEnd = end
            // Somebody else may hold the other end of the wire, if the sandbox lets plugins start processes.
            executor.loop.assumeIsolated().scheduleTask(in: .milliseconds(50)) { self.channel.close(promise: nil) }
            conclude()
        }
    }

    private func conclude() {
        guard isClosed, let end = processEnd else { return }
        for timer in abandoned.values { timer.cancel() }
        abandoned = [:]
        windows.withLock { $0 = [:] }
        answers.end(end)
        processEnd = nil
        executor.perform { onLoss(self, end) }
        over.post()
    }
}
