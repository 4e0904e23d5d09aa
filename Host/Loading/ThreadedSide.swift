package import CJackfield
import Glibc
package import JackfieldVocabulary
import Synchronization

/// An instance in this process that may block: its handlers run on worker threads, at most as many at a time as it
/// declares, and what the host delivers to it comes on threads of its own, in order for each call.
package final class ThreadedSide: PluginSide, HostSide {
    private let side: DirectSide
    private let host: HostLink
    private let workers: WorkerPool
    private let deliveries: WorkerPool

    /// Bytes of events that may wait for the plugin's threads, for one call.
    private static let bound = 256 * 1024

    /// A call of the host that the plugin has not answered `start` for.
    private enum Beginning {
        case waiting(CallStart)
        case starting
        /// While it waited, or while the plugin is inside `start`.
        case cancelled
    }
    /// A call of the plugin for which something waits.
    private struct Delivery {
        var strand: Strand
        var queuedBytes = 0
        var isFull = false
    }
    private struct State {
        var beginnings: [jackfield_call: Beginning] = [:]
        var deliveries: [jackfield_call: Delivery] = [:]
    }
    private let state = Mutex(State())

    package let id: String
    package var isCredited: Bool { false }
    package var hasOwnThreads: Bool { true }

    init(_ side: DirectSide, id: String, concurrency: Int, host: HostLink) {
        self.side = side
        self.id = id
        self.host = host
        workers = WorkerPool(limit: concurrency, waiting: 64 * concurrency)
        deliveries = WorkerPool(limit: concurrency)
    }

    // MARK: To the plugin

    package func start(_ start: CallStart) -> CallAcceptance {
        let call = start.call
        state.withLock { $0.beginnings[call] = .waiting(start) }
        guard workers.submit({ self.begin(call) }) else {
            state.withLock { _ = $0.beginnings.removeValue(forKey: start.call) }
            return .failed(CallError(.exhausted, "too many calls wait for the plugin \(id)", retry: true))
        }
        return .taken
    }

    private func begin(_ call: jackfield_call) {
        let start: CallStart? = state.withLock { state in
            guard case .waiting(let start) = state.beginnings[call] else {
                state.beginnings[call] = nil
                return nil
            }
            state.beginnings[call] = .starting
            return start
        }
        guard let start else { return host.target?.skipped(call) ?? () }
        let acceptance = side.start(start)
        let isCancelled = state.withLock { state in
            if case .cancelled = state.beginnings.removeValue(forKey: call) { true } else { false }
        }
        switch acceptance {
        // A cancel may have overtaken the start.
        case .taken: if isCancelled { side.cancel(call) }
        case .refused(let status): host.target?.refused(call, status: status)
        case .failed: break
        }
    }

    package func emit(_ call: jackfield_call, _ event: UInt32, _ payload: [UInt8]) -> CallMailbox.Admission {
        let strand: Strand? = state.withLock { state in
            var delivery = state.deliveries[call] ?? Delivery(strand: Strand(pool: deliveries))
            defer { state.deliveries[call] = delivery }
            if delivery.queuedBytes > Self.bound {
                delivery.isFull = true
                return nil
            }
            delivery.queuedBytes += payload.count
            return delivery.strand
        }
        guard let strand else { return .full }
        strand.post { [self] in push(call, event, payload, strand) }
        return .taken
    }

    /// On the strand. Holding it back while the plugin is full holds up nobody else: it belongs to this call.
    private func push(_ call: jackfield_call, _ event: UInt32, _ payload: [UInt8], _ strand: Strand) {
        if side.emit(call, event, payload) == .full {
            strand.holdBack { [self] in push(call, event, payload, strand) }
            return
        }
        let hasRoom = state.withLock { state in
            guard var delivery = state.deliveries[call] else { return false }
            delivery.queuedBytes -= payload.count
            let hasRoom = delivery.isFull && delivery.queuedBytes <= Self.bound / 2
            if hasRoom { delivery.isFull = false }
            state.deliveries[call] = delivery
            return hasRoom
        }
        if hasRoom { _ = host.target?.resumed(call) }
    }

    package func finish(_ call: jackfield_call, _ outcome: Result<[UInt8], CallError>) {
        let strand = state.withLock { $0.deliveries.removeValue(forKey: call)?.strand } ?? Strand(pool: deliveries)
        // What is still queued has no reader; a plugin that is held back would never hear of the end behind it.
        if case .failure(let error) = outcome, error.code == .cancelled { strand.drop() }
        strand.post { [self] in side.finish(call, outcome) }
    }

    package func cancel(_ call: jackfield_call) {
        let isWaiting = state.withLock { state in
            guard let beginning = state.beginnings[call] else { return false }
            state.beginnings[call] = .cancelled
            if case .waiting = beginning { return true } else { return false }
        }
        // One that is inside `start` may stay there until it hears of this.
        if !isWaiting { deliveries.submit { [self] in side.cancel(call) } }
    }

    package func resume(_ call: jackfield_call, bytes: Int) {
        deliveries.submit { [self] in side.resume(call, bytes: bytes) }
    }

    package func open() throws(LoadError) { try side.open() }

    package func drain(deadline: Int64, limit: Int64) -> String? { side.drain(deadline: deadline, limit: limit) }

    package func end(limit: Int64) -> String? {
        // What was queued for its threads is told first.
        while !deliveries.isIdle {
            if MonotonicClock.now() >= limit { return "a delivery did not return" }
            usleep(1000)
        }
        return side.end(limit: limit)
    }

    // MARK: From the plugin

    /// The plugin takes events again: those that wait here first.
    package func resumed(_ call: jackfield_call) -> Int32 {
        guard let strand = state.withLock({ $0.deliveries[call]?.strand }) else {
            return host.target?.resumed(call) ?? JACKFIELD_STALE
        }
        strand.goOn()
        return JACKFIELD_OK
    }

    package func started(_ start: jackfield_start) -> Int32 { host.target?.started(start) ?? JACKFIELD_UNAVAILABLE }
    package func emitted(_ call: jackfield_call, event: UInt32, payload: jackfield_view) -> Int32 {
        host.target?.emitted(call, event: event, payload: payload) ?? JACKFIELD_STALE
    }
    package func finished(_ call: jackfield_call, _ end: jackfield_end) -> Int32 {
        host.target?.finished(call, end) ?? JACKFIELD_STALE
    }
    package func cancelled(_ call: jackfield_call) -> Int32 { host.target?.cancelled(call) ?? JACKFIELD_STALE }
    package func isOwed(_ call: jackfield_call) -> Bool { host.target?.isOwed(call) ?? false }
    package func refused(_ call: jackfield_call, status: Int32) { host.target?.refused(call, status: status) }
    package func skipped(_ call: jackfield_call) { host.target?.skipped(call) }
    package func broke(_ sentence: String) { host.target?.broke(sentence) }
}
