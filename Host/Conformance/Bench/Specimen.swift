package import CJackfield
import Glibc
import JackfieldJSON
import JackfieldVocabulary

/// One instance of the plugin on the bench: its lifecycle, the calls to it, and the host as it sees it.
package final class Specimen: @unchecked Sendable {
    package let library: PluginLibrary
    package let options: SpecimenOptions
    let bench: Bench
    let lock: BenchLock
    let services: [ContractTable?]
    let granted: [UInt32]

    package enum Stage: Sendable { case none, created, open, closed, destroyed }
    /// Guarded by the lock, like all that follows.
    var stage = Stage.none
    var calls: [jackfield_call: CallRecord] = [:]
    var serviceCalls: [jackfield_call: ServiceRecord] = [:]
    var history: [ServiceRecord] = []
    var seen: [Violation] = []
    private var lastCall: UInt64
    /// What the plugin filled in.
    package private(set) var side = jackfield_side(
        size: UInt32(MemoryLayout<jackfield_side>.size), reserved: 0, instance: nil,
        start: { _, _ in JACKFIELD_UNSUPPORTED }, emit: { _, _, _, _ in JACKFIELD_STALE },
        finish: { _, _, _ in JACKFIELD_STALE }, cancel: { _, _ in JACKFIELD_STALE },
        resume: { _, _ in JACKFIELD_STALE })
    /// The host's table, and what the setup refers to.
    private var memory: [BenchMemory] = []
    private var slot: Int?
    private let workers: BenchWorkers

    init(bench: Bench, library: PluginLibrary, options: SpecimenOptions) {
        self.bench = bench
        self.library = library
        self.options = options
        workers = BenchWorkers(limit: min(library.concurrency ?? 1, 64))
        lock = bench.lock
        services = library.services.map { ContractTable($0.id, revision: $0.revision) }
        granted = zip(library.services, services).map { service, table in
            table == nil || options.withheld.contains(service.id) ? 0 : service.revision
        }
        lastCall = options.firstCall ?? bench.nextRange()
    }

    // MARK: Lifecycle. On the check's thread unless a check says otherwise.

    /// - Throws: skipped where `create` fails, or leaves a function null.
    package func create() throws {
        let (status, failure) = tryCreate()
        guard status == JACKFIELD_OK else {
            throw Finding.skipped("`create` fails, which lifecycle-create judges: \(failure)")
        }
        guard isComplete else {
            throw Finding.skipped("`create` left its side incomplete, which lifecycle-create judges")
        }
    }

    /// All functions of the side that the plugin filled in are there.
    package var isComplete: Bool {
        withUnsafeBytes(of: side) { bytes in
            side.size >= UInt32(MemoryLayout<jackfield_side>.size) && side.size < JACKFIELD_SIDE_ROOM
                && ([\.start, \.emit, \.finish, \.cancel, \.resume] as [PartialKeyPath<jackfield_side>]).allSatisfy {
                    bytes.load(fromByteOffset: MemoryLayout<jackfield_side>.offset(of: $0)!, as: UInt.self) != 0
                }
        }
    }

    /// - Returns: what `create` answered, and the sentence that it wrote.
    package func tryCreate() -> (status: Int32, failure: String) {
        let slot = HostSlots.take(self)
        self.slot = slot
        let table = HostSlots.table(of: slot, options.table)
        let name = BenchMemory(Array(options.name.utf8), options.setup)
        let config = BenchMemory(options.config ?? Array(bench.subject.config.text.utf8), options.setup)
        let revisions = BenchMemory(granted.flatMap { BenchBytes.of($0) }, options.setup)
        let setup = jackfield_setup(
            size: UInt32(MemoryLayout<jackfield_setup>.size + options.growth), service_count: UInt32(granted.count),
            host: table.pointer(to: jackfield_side.self),
            services: granted.isEmpty ? nil : revisions.pointer(to: UInt32.self), instance_id: name.view,
            config: config.view, abi_revision: JACKFIELD_ABI_REVISION, reserved: 0)
        let frame = BenchMemory(grown(setup), options.setup)
        var reason = jackfield_failure()
        reason.size = UInt32(MemoryLayout<jackfield_failure>.size)
        // Zeroed, but for the size of the room.
        var room = [UInt8](repeating: 0, count: Int(JACKFIELD_SIDE_ROOM))
        room.replaceSubrange(0..<4, with: BenchBytes.of(JACKFIELD_SIDE_ROOM))
        let filled = BenchMemory(room, options.side)
        let failure = BenchMemory(BenchBytes.of(reason), options.side)
        memory = [table, name, config, revisions, frame, filled, failure]
        bench.step("create")
        let status = library.plugin.pointee.create(
            frame.pointer(to: jackfield_setup.self), filled.mutablePointer(to: jackfield_side.self),
            failure.mutablePointer(to: jackfield_failure.self))
        side = filled.pointer(to: jackfield_side.self).pointee
        reason = failure.pointer(to: jackfield_failure.self).pointee
        // The host's table lives until `destroy` returned; the rest was borrowed.
        for block in memory.dropFirst() { block.giveBack() }
        if status == JACKFIELD_OK { lock.change { stage = .created } }
        return (status, Self.sentence(&reason))
    }

    /// A struct as a newer host would send it: longer, with a tail of zeroes.
    func grown<Frame: BitwiseCopyable>(_ frame: Frame) -> [UInt8] {
        BenchBytes.of(frame) + [UInt8](repeating: 0, count: options.growth)
    }

    /// - Throws: skipped where `open` fails.
    package func open() throws {
        let (status, failure) = tryOpen()
        guard status == JACKFIELD_OK else {
            throw Finding.skipped("`open` fails, which lifecycle-open judges: \(failure)")
        }
    }

    package func tryOpen() -> (status: Int32, failure: String) {
        var failure = jackfield_failure()
        failure.size = UInt32(MemoryLayout<jackfield_failure>.size)
        // From here on the plugin may call.
        lock.change { stage = .open }
        bench.step("open")
        let status = library.plugin.pointee.open(side.instance, &failure)
        return (status, Self.sentence(&failure))
    }

    /// - Parameter time: nanoseconds from now.
    package func drain(within time: Int64 = 5 * BenchClock.second) {
        bench.step("drain")
        library.plugin.pointee.drain(side.instance, BenchClock.now() + time)
    }

    package func close() {
        bench.step("close")
        library.plugin.pointee.close(side.instance)
        lock.change { stage = .closed }
    }

    package func destroy() {
        workers.stop()
        bench.step("destroy")
        library.plugin.pointee.destroy(side.instance)
        lock.change { stage = .destroyed }
    }

    /// After `destroy`: give back what the bench holds for this instance, for checks that count memory.
    package func discard() {
        workers.stop()
        lock.change {
            calls = [:]
            serviceCalls = [:]
            history = []
        }
        memory = []
        if let slot { HostSlots.giveBack(slot) }
        slot = nil
    }

    private static func sentence(_ failure: inout jackfield_failure) -> String {
        let text = withUnsafeBytes(of: &failure.message) { bytes in
            bytes.contains(0) ? String(validating: bytes.prefix { $0 != 0 }, as: UTF8.self) : nil
        }
        guard let text else { return "(a reason that is not UTF-8 ending with NUL)" }
        return text.isEmpty ? "(no reason given)" : text
    }

    // MARK: Calls

    /// Begin a call. A plugin that may block is called on a worker thread; any other here and now.
    ///
    /// - Parameters:
    ///   - deadline: nanoseconds of CLOCK_MONOTONIC, 0 for none; nil: in a minute.
    ///   - interface: index into the plugin's roles.
    ///   - method: in place of the request's.
    ///   - context: a payload in place of an ordinary context.
    ///   - onEmit: see `CallRecord.onEmit`.
    package func start(
        _ request: CallRequest, deadline: Int64? = nil, interface: UInt32 = 0, method: UInt32? = nil,
        context: [UInt8]? = nil, onEmit: ((CallRecord, CallRecord.Event) -> Int32)? = nil
    ) -> CallRecord {
        let handle = lock.change { () -> UInt64 in
            lastCall &+= 0x1_0000_0001
            return lastCall
        }
        let call = CallRecord(handle: handle, request: request, lock: lock, onEmit: onEmit)
        let shift = request.misalignment
        let payload = BenchMemory([UInt8](repeating: 0, count: shift) + request.payload, options.request)
        let context = BenchMemory(context ?? Self.context(handle), options.request)
        var start = jackfield_start()
        start.size = UInt32(MemoryLayout<jackfield_start>.size + options.growth)
        start.interface = interface
        start.method = method ?? request.method.number
        start.call = handle
        start.deadline = deadline ?? BenchClock.now() + 60 * BenchClock.second
        start.context = context.view
        if !request.payload.isEmpty {
            start.request = jackfield_view(
                data: UnsafeRawPointer(payload.start + shift), size: UInt64(request.payload.count))
        }
        let block = BenchMemory(grown(start), options.request)
        lock.change {
            call.memory = [payload, context, block]
            calls[handle] = call
        }
        if library.concurrency == nil { begin(call, block) } else { workers.submit { self.begin(call, block) } }
        return call
    }

    private func begin(_ call: CallRecord, _ block: BenchMemory) {
        bench.step("start (\(call.request.method.name))")
        let status = side.start(side.instance, block.pointer(to: jackfield_start.self))
        // What was lent for the length of `start` is gone now.
        for block in lock.read({ call.memory }) { block.giveBack() }
        let isMisused = lock.change { () -> Bool in
            call.startStatus = status
            return status != JACKFIELD_OK && (call.ended != nil || !call.offered.isEmpty)
        }
        if isMisused {
            note(
                .refusedCallUsed,
                "`start` answered \(BenchEnd.label(status)), and yet the call was used before it returned")
        }
    }

    /// Start a call and wait until it is over.
    ///
    /// - Throws: skipped where it is never finished, which calls-finish judges.
    package func ask(_ request: CallRequest, deadline: Int64? = nil) throws -> CallRecord {
        let call = start(request, deadline: deadline)
        try finished([call])
        return call
    }

    /// Wait until calls are over.
    package func finished(_ calls: [CallRecord]) throws {
        bench.step("waiting for `finish`")
        guard bench.run(until: { calls.allSatisfy(\.isOver) }) else {
            throw Finding.skipped("a call was not finished in time, which calls-finish judges")
        }
    }

    /// Cancel a call as a host does: the plugin is told, and what it started on the call's behalf ends.
    ///
    /// - Returns: what `cancel` answered.
    @discardableResult
    package func cancel(_ call: CallRecord) -> Int32 {
        lock.change { call.isCancelled = true }
        bench.step("cancel")
        let status = side.cancel(side.instance, call.handle)
        lock.change { call.cancelAnswer = status }
        endChildren(of: call.handle)
        return status
    }

    /// Cancel what was not cancelled yet, and wait until all is over. A cancel that came before `start` had returned may be
    /// lost: where one was answered `stale`, it is made again after a while, as a host does.
    ///
    /// - Throws: skipped where one is never over, which cancel-in-flight judges.
    package func end(_ calls: [CallRecord]) throws {
        guard ended(calls) else {
            throw Finding.skipped("a cancelled call was not finished, which cancel-in-flight judges")
        }
    }

    /// The same; false where one is never over.
    package func ended(_ calls: [CallRecord]) -> Bool {
        for call in calls where !call.isOver && !call.isGivenUp { cancel(call) }
        bench.step("waiting for `finish` after `cancel`")
        let limit = BenchClock.now() + bench.patience
        while !bench.run(limit: 30 * BenchClock.millisecond, until: { calls.allSatisfy(\.isOver) }) {
            guard BenchClock.now() < limit else { return false }
            for call in calls where !call.isOver && call.isCancelLost { cancel(call) }
        }
        return true
    }

    /// Cancel a call by its name, whatever that is.
    package func cancel(handle: jackfield_call) -> Int32 {
        bench.step("cancel")
        return side.cancel(side.instance, handle)
    }

    @discardableResult
    package func resume(handle: jackfield_call) -> Int32 {
        bench.step("resume")
        return side.resume(side.instance, handle)
    }

    /// Drop the records of calls that are over, and what was seen: for checks that make many, and judge no manners.
    package func forget() {
        lock.change {
            // One that `start` refused is over too.
            calls = calls.filter { $0.value.ended == nil && $0.value.startStatus ?? JACKFIELD_OK == JACKFIELD_OK }
            history = []
            // What the bench remembers must not look like memory that the plugin keeps.
            seen = []
        }
    }

    // MARK: What was seen

    func note(_ kind: Violation.Kind, _ sentence: String) {
        lock.change { if seen.count < 1000 { seen.append(Violation(kind: kind, sentence: sentence)) } }
    }

    /// Breaches of these kinds so far.
    package func violations(_ kinds: Violation.Kind...) -> [String] {
        lock.read { seen.filter { kinds.contains($0.kind) }.map(\.sentence) }
    }

    /// All calls that the plugin made on services, in order.
    package var serviceHistory: [ServiceRecord] { lock.read { history } }

    private static func context(_ handle: jackfield_call) -> [UInt8] {
        CallContext(requestID: "check-\(handle & 0xFFFF)", tenant: "tests", session: "s-1").payload()
    }
}
