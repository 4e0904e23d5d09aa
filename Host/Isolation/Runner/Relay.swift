import CJackfield
import ExceptionBarrier
import JackfieldVocabulary
import Loading
import Synchronization

/// The host as the plugin in a runner sees it, and the plugin as the host sees it: both are at the other end of something.
/// Knows calls, credit and ends, and of what is said in them nothing.
final class Relay: HostSide {
    let id: String
    private let wire: RunnerWire
    private let granted: [UInt32]
    /// The instance, once it was created.
    private let side = Mutex<(any PluginSide)?>(nil)

    /// A call of the host on the plugin.
    private struct Incoming {
        /// Bytes of events that may still be sent; the last one may overdraw.
        var credit = CallMailbox.bound
        var isHeldBack = false
        var isCancelled = false
    }
    private let incoming = Mutex<[jackfield_call: Incoming]>([:])
    /// Calls of the plugin on the host.
    private let outgoing = Mutex<[jackfield_call: Outgoing]>([:])

    /// What the host takes; what is longer is only told of.
    private static let longestPayload = UInt64(FrameLimits.fromRunner.body)
    private static let longestMessage = Int(FrameLimits.fromRunner.head)

    init(id: String, wire: RunnerWire, granted: [UInt32]) {
        self.id = id
        self.wire = wire
        self.granted = granted
    }

    func attach(_ side: any PluginSide) { self.side.withLock { $0 = side } }

    private var plugin: (any PluginSide)? { side.withLock { $0 } }

    // MARK: What the plugin says; from any thread

    func started(_ start: jackfield_start) -> Int32 {
        let index = Int(start.interface)
        guard index < granted.count else {
            broke("the plugin \(id) called a service that it did not declare")
            return JACKFIELD_INVALID_ARGUMENT
        }
        guard granted[index] > 0 else { return JACKFIELD_UNSUPPORTED }
        guard start.request.size <= Self.longestPayload else { return JACKFIELD_EXHAUSTED }
        if start.parent != 0 {
            // Where the call is over, nobody wants what would be done on its behalf.
            let isLive = incoming.withLock { $0[start.parent].map { !$0.isCancelled } ?? false }
            if !isLive { return JACKFIELD_CANCELLED }
        }
        enum Entry { case new, taken, tooMany }
        let entry: Entry = outgoing.withLock { calls in
            if calls[start.call] != nil { return .taken }
            if calls.count >= RunningPlugin.callLimit { return .tooMany }
            calls[start.call] = Outgoing()
            return .new
        }
        switch entry {
        case .taken:
            broke("the plugin \(id) used one name for two calls")
            return JACKFIELD_INVALID_ARGUMENT
        case .tooMany: return JACKFIELD_EXHAUSTED
        case .new: break
        }
        let header = FrameHeader(
            .start, call: start.call, parent: start.parent, first: start.interface, second: start.method,
            amount: start.deadline)
        wire.send(header, body: start.request.bytes)
        return JACKFIELD_OK
    }

    func emitted(_ call: jackfield_call, event: UInt32, payload: jackfield_view) -> Int32 {
        let bytes = payload.size <= Self.longestPayload ? payload.bytes : UnsafeRawBufferPointer(start: nil, count: 0)
        let status: Int32 = incoming.withLock { calls in
            guard var state = calls[call] else { return JACKFIELD_STALE }
            defer { calls[call] = state }
            if state.isCancelled { return JACKFIELD_CANCELLED }
            if state.credit < 0 {
                state.isHeldBack = true
                return JACKFIELD_WOULD_BLOCK
            }
            state.credit -= bytes.count + CallMailbox.eventCost
            return JACKFIELD_OK
        }
        if status == JACKFIELD_OK {
            let header = FrameHeader(.emit, call: call, first: event, amount: unsent(payload))
            wire.send(header, body: bytes)
        }
        return status
    }

    func finished(_ call: jackfield_call, _ end: jackfield_end) -> Int32 {
        guard incoming.withLock({ $0.removeValue(forKey: call) }) != nil else {
            broke("the plugin \(id) finished a call that it had finished before")
            return JACKFIELD_STALE
        }
        send(call, end)
        return JACKFIELD_OK
    }

    private func send(_ call: jackfield_call, _ end: jackfield_end) {
        let message = end.message.bytes
        let header = FrameHeader(
            .finish, call: call, first: UInt32(bitPattern: end.code), second: end.retry,
            amount: end.code == JACKFIELD_OK ? unsent(end.result) : end.retry_after)
        let isWhole = end.result.size <= Self.longestPayload && end.code == JACKFIELD_OK
        wire.send(
            header, head: UnsafeRawBufferPointer(rebasing: message.prefix(Self.longestMessage)),
            body: isWhole ? end.result.bytes : UnsafeRawBufferPointer(start: nil, count: 0))
    }

    /// How long a payload is that is too long to be sent; otherwise 0.
    private func unsent(_ view: jackfield_view) -> Int64 {
        view.size <= Self.longestPayload ? 0 : Int64(clamping: view.size)
    }

    func cancelled(_ call: jackfield_call) -> Int32 {
        guard outgoing.withLock({ $0[call] != nil }) else { return JACKFIELD_STALE }
        wire.send(FrameHeader(.cancel, call: call))
        return JACKFIELD_OK
    }

    func resumed(_ call: jackfield_call) -> Int32 {
        let mustDeliver: Bool? = outgoing.withLock { $0[call]?.resume() }
        guard let mustDeliver else { return JACKFIELD_STALE }
        if mustDeliver { deliver(call) }
        return JACKFIELD_OK
    }

    func isOwed(_ call: jackfield_call) -> Bool { incoming.withLock { $0[call]?.isCancelled ?? false } }

    func refused(_ call: jackfield_call, status: Int32) {
        incoming.withLock { _ = $0.removeValue(forKey: call) }
        wire.send(FrameHeader(.refused, call: call, first: UInt32(bitPattern: status)))
    }

    func skipped(_ call: jackfield_call) {
        incoming.withLock { _ = $0.removeValue(forKey: call) }
        wire.send(FrameHeader(.skipped, call: call))
    }

    func broke(_ sentence: String) { wire.send(FrameHeader(.broke), head: sentence) }

    // MARK: What the host says; on the reading thread

    /// - Throws: if the frame is none of a call.
    func take(
        _ header: FrameHeader, _ head: UnsafeRawBufferPointer, _ body: UnsafeRawBufferPointer
    ) throws(WireFault) {
        switch header.kind {
        case .start: begin(header, context: Array(head), request: Array(body))
        case .emit: push(header.call, .event(header.first, Array(body)))
        case .finish: push(header.call, .end(Self.outcome(header, head, body)))
        case .cancel:
            let isKnown = incoming.withLock { calls in
                calls[header.call]?.isCancelled = true
                return calls[header.call] != nil
            }
            if isKnown { plugin?.cancel(header.call) }
        case .credit:
            let mayResume = incoming.withLock { calls in
                guard var state = calls[header.call] else { return false }
                state.credit += Int(header.amount)
                let mayResume = state.isHeldBack && state.credit >= 0
                if mayResume { state.isHeldBack = false }
                calls[header.call] = state
                return mayResume
            }
            if mayResume { plugin?.resume(header.call, bytes: 0) }
        default: throw WireFault("a frame of kind \(header.kind), which is not about a call")
        }
    }

    private func begin(_ header: FrameHeader, context: [UInt8], request: [UInt8]) {
        let call = header.call
        incoming.withLock { $0[call] = Incoming() }
        let start = CallStart(
            call: call, parent: header.parent, interface: header.first, method: header.second,
            deadline: header.amount, context: context, request: request)
        switch plugin?.start(start) {
        case .taken: break
        case .refused(let status): refused(call, status: status)
        case .failed(let error):
            incoming.withLock { _ = $0.removeValue(forKey: call) }
            error.withEnd { send(call, $0) }
        case nil: refused(call, status: JACKFIELD_UNAVAILABLE)
        }
    }

    private static func outcome(
        _ header: FrameHeader, _ head: UnsafeRawBufferPointer, _ body: UnsafeRawBufferPointer
    ) -> Result<[UInt8], CallError> {
        guard header.first != 0 else { return .success(Array(body)) }
        return .failure(
            CallError(
                CallError.Code(rawValue: Int32(bitPattern: header.first)) ?? .internal,
                String(decoding: head, as: UTF8.self), retry: header.second != 0,
                retryAfter: header.amount > 0 ? header.amount : nil))
    }

    private func push(_ call: jackfield_call, _ item: Outgoing.Item) {
        if outgoing.withLock({ $0[call]?.push(item) }) == true { deliver(call) }
    }

    /// Hand the plugin what waits for it, until nothing does, or the plugin takes no more. By one thread at a time.
    private func deliver(_ call: jackfield_call) {
        while let item = outgoing.withLock({ $0[call]?.next() }) {
            switch item {
            case .event(let event, let payload):
                switch plugin?.emit(call, event, payload) {
                case .full:
                    if outgoing.withLock({ $0[call]?.holdBack(item) }) == true { return }
                default:
                    let bytes = outgoing.withLock { $0[call]?.release(payload.count + CallMailbox.eventCost) }
                    if let bytes { wire.send(FrameHeader(.credit, call: call, amount: Int64(bytes))) }
                }
            case .end(let outcome):
                outgoing.withLock { _ = $0.removeValue(forKey: call) }
                plugin?.finish(call, outcome)
                return
            }
        }
    }
}
