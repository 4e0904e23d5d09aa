import EventLoops
import NIOCore
import Telemetry

/// The connections of one loop, and the deadline that each of them has at the moment.
///
/// A connection always waits for exactly one thing, so it has one deadline, and to set it is to store a number. One
/// timer a loop, set for the earliest, looks through the numbers. With 10,000 connections that is 80 KB read in order
/// every few seconds, where a timer for each request would cost an allocation and two heap operations every time.
///
/// Confined to its loop.
final class LoopConnections: @unchecked Sendable {
    let shared: ListenerContext
    let executor: LoopExecutor
    private(set) var isDraining = false
    /// The drain's own deadline passed.
    private(set) var isShutDown = false

    private var connections: [Connection] = []
    private var deadlines: [Int64] = []
    private var timer: Scheduled<Void>?
    private var timerDeadline = Int64.max
    private var whenEmpty: EventLoopPromise<Void>?
    private var ids = RequestIDSource()
    private var date = DateLine()

    /// Deadlines may be this much late, in nanoseconds, so that many close together cost one timer.
    private static let granularity: Int64 = 5_000_000

    init(shared: ListenerContext, executor: LoopExecutor) {
        self.shared = shared
        self.executor = executor
    }

    var loop: any EventLoop { executor.loop }

    func newRequestID() -> String { ids.next() }

    func dateLine(_ now: MonotonicTime) -> [UInt8] {
        date.update(now)
        return date.bytes
    }

    /// - Returns: the connection's slot, which `Connection.slot` must keep.
    func add(_ connection: Connection, deadline: Int64) -> Int {
        connections.append(connection)
        deadlines.append(.max)
        setDeadline(connections.count - 1, deadline)
        return connections.count - 1
    }

    func remove(_ connection: Connection) {
        let last = connections.count - 1
        let slot = connection.slot
        if slot != last {
            connections[slot] = connections[last]
            deadlines[slot] = deadlines[last]
            connections[slot].slot = slot
        }
        connections.removeLast()
        deadlines.removeLast()
        guard connections.isEmpty else { return }
        timer?.cancel()
        timer = nil
        timerDeadline = .max
        if isDraining { whenEmpty?.succeed() }
    }

    /// `deadline` is monotonic nanoseconds; `Int64.max` is never.
    func setDeadline(_ slot: Int, _ deadline: Int64) {
        deadlines[slot] = deadline
        if deadline < timerDeadline { schedule(deadline) }
    }

    private func schedule(_ deadline: Int64) {
        timer?.cancel()
        timerDeadline = deadline
        timer = loop.assumeIsolated().scheduleTask(deadline: .uptimeNanoseconds(UInt64(max(deadline, 1)))) {
            self.sweep()
        }
    }

    private func sweep() {
        let now = MonotonicTime.now().nanoseconds
        timer = nil
        timerDeadline = .max
        var due: [Connection] = []
        var next = Int64.max
        for slot in deadlines.indices {
            let deadline = deadlines[slot]
            if deadline <= now {
                deadlines[slot] = .max
                due.append(connections[slot])
            } else {
                next = min(next, deadline)
            }
        }
        if next < .max { schedule(max(next, now + Self.granularity)) }
        executor.perform { for connection in due { connection.deadlinePassed() } }
    }

    /// Finish what is in flight, accept nothing more; at `deadline` cancel what is left.
    ///
    /// - Returns: a future that is fulfilled when the last connection is gone.
    func drain(deadline: Int64) -> EventLoopFuture<Void> {
        if let whenEmpty { return whenEmpty.futureResult }
        let promise = loop.makePromise(of: Void.self)
        whenEmpty = promise
        isDraining = true
        let loop = loop.assumeIsolated()
        let cancel = loop.scheduleTask(deadline: .uptimeNanoseconds(UInt64(max(deadline, 1)))) {
            self.isShutDown = true
            self.executor.perform { for connection in self.connections { connection.shutDown() } }
        }
        promise.futureResult.assumeIsolated().whenComplete { _ in cancel.cancel() }
        executor.perform {
            if connections.isEmpty { promise.succeed() }
            for connection in connections { connection.drain() }
        }
        return promise.futureResult
    }
}
