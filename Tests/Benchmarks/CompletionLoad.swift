import NIOCore
import NIOPosix
import TestSupport

/// Asks a host for completions over connections that stay open, all from one event loop.
///
/// Two ways: as fast as answers come, where the processor time of one request is wanted; or at a fixed rate whatever the
/// answers do, where their times are. A client that waits for an answer before it asks again leaves out just the requests
/// that a slow host would have made wait (Tene's "coordinated omission"), so those times count from when each was due.
///
/// For one use. Confined to its loop, but for the two functions that start it.
final class CompletionLoad: @unchecked Sendable {
    /// One request and what became of it. Times in nanoseconds of the monotonic clock.
    struct Sample: Sendable {
        var due: Int64
        /// How long after that it was sent.
        var lateness: Int64
        /// From when it was due to the end of its answer.
        var duration: Int64
        /// 0 where the connection ended without an answer.
        var status: Int
    }

    private let loop: any EventLoop
    private let port: Int
    private let prompt: @Sendable (Int) -> String
    private let done: EventLoopPromise<Void>
    private var connections: [LoadConnection] = []
    private var idle: [LoadConnection] = []
    private var asked = 0
    private var underWay = 0
    private var isAllAsked = false
    private var samples: [Sample] = []

    /// - Parameter prompt: what the request of this number asks, without quotes.
    init(port: Int, on loop: any EventLoop, prompt: @escaping @Sendable (Int) -> String) {
        self.port = port
        self.loop = loop
        self.prompt = prompt
        done = loop.makePromise()
    }

    /// So many connections, each asking again as soon as it has its answer.
    func ask(connections count: Int, for time: TimeAmount) async throws -> [Sample] {
        try await connect(count)
        loop.execute { [self] in
            let end = monotonicNanoseconds() + time.nanoseconds
            func again(_ connection: LoadConnection) {
                let now = monotonicNanoseconds()
                // A connection that broke asks no more; if all of them did, that is the end.
                if connection.isOpen, now < end { return send(on: connection, due: now, then: again) }
                if now >= end || connections.allSatisfy({ !$0.isOpen }) { isAllAsked = true }
            }
            for connection in idle { again(connection) }
        }
        return try await finished()
    }

    /// So many requests in a second, over as many connections as that takes, `spare` of them opened before.
    func ask(rate: Int, for time: TimeAmount, spare: Int) async throws -> [Sample] {
        try await connect(spare)
        let interval = 1_000_000_000 / Int64(rate)
        let all = Int(time.nanoseconds / interval)
        loop.execute { [self] in
            let start = monotonicNanoseconds()
            _ = loop.scheduleRepeatedTask(initialDelay: .zero, delay: .microseconds(500)) { [self] task in
                let now = monotonicNanoseconds()
                while asked < all, start + Int64(asked) * interval <= now { send(due: start + Int64(asked) * interval) }
                guard asked == all else { return }
                task.cancel()
                isAllAsked = true
                endIfAllIsAnswered()
            }
        }
        return try await finished()
    }

    // MARK: One request

    /// On a connection that is free, or a new one.
    private func send(due: Int64) {
        let keep: (LoadConnection) -> Void = { [self] in if $0.isOpen { idle.append($0) } }
        if let connection = idle.popLast() { return send(on: connection, due: due, then: keep) }
        let number = begin()
        connection().assumeIsolated().whenComplete { [self] result in
            switch result {
            case .success(let connection): send(number, on: connection, due: due, then: keep)
            case .failure: end(due: due, lateness: 0, status: 0)
            }
        }
    }

    private func send(on connection: LoadConnection, due: Int64, then: @escaping (LoadConnection) -> Void) {
        send(begin(), on: connection, due: due, then: then)
    }

    private func begin() -> Int {
        asked += 1
        underWay += 1
        return asked - 1
    }

    private func send(
        _ number: Int, on connection: LoadConnection, due: Int64, then: @escaping (LoadConnection) -> Void
    ) {
        let lateness = monotonicNanoseconds() - due
        connection.ask(prompt(number)) { [self] status in
            then(connection)
            end(due: due, lateness: lateness, status: status)
        }
    }

    private func end(due: Int64, lateness: Int64, status: Int) {
        samples.append(
            Sample(due: due, lateness: lateness, duration: monotonicNanoseconds() - due, status: status))
        underWay -= 1
        endIfAllIsAnswered()
    }

    private func endIfAllIsAnswered() {
        if underWay == 0, isAllAsked { done.succeed(()) }
    }

    private func finished() async throws -> [Sample] {
        try await done.futureResult.get()
        return try await loop.submit { [self] in
            for connection in connections { connection.close() }
            return samples
        }.get()
    }

    // MARK: Connections

    private func connect(_ count: Int) async throws {
        for _ in 0..<count {
            let connection = try await connection().get()
            loop.execute { [self] in idle.append(connection) }
        }
    }

    private func connection() -> EventLoopFuture<LoadConnection> {
        ClientBootstrap(group: loop)
            .channelOption(.socketOption(.tcp_nodelay), value: 1)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(LoadConnection(channel))
                }
            }
            .connect(host: "127.0.0.1", port: port)
            .flatMapThrowing { [self] channel in
                let connection = try channel.pipeline.syncOperations.handler(type: LoadConnection.self)
                connections.append(connection)
                return connection
            }
    }
}

extension Collection<CompletionLoad.Sample> {
    var failures: Int { count { $0.status != 200 } }

    /// Milliseconds within which this share of them had their answers, of those that succeeded; 0 if none did.
    func milliseconds(_ share: Double) -> Double {
        let sorted = filter { $0.status == 200 }.map(\.duration).sorted()
        guard !sorted.isEmpty else { return 0 }
        return Double(sorted[Swift.min(sorted.count - 1, Int(Double(sorted.count) * share))]) / 1e6
    }

    /// Milliseconds by which 99 of 100 were sent late, at most.
    var lateness: Double {
        let sorted = map(\.lateness).sorted()
        return sorted.isEmpty ? 0 : Double(sorted[Int(Double(sorted.count) * 0.99)]) / 1e6
    }
}
