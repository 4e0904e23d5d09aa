/// A TCP proxy on 127.0.0.1 in front of an upstream, which does to each answer what the request asks for: the last
/// message of a completion names the fault, as "reset-peer mid-stream" does. Others pass through.
///
/// It takes an answer in whole before it passes on the first byte, so that it knows where the middle and the end are. A
/// thread for each connection, and no sleeping: a pause ends as soon as the host leaves.
package final class FaultProxy: Sendable {
    /// How strong the faults are.
    package struct Strength: Sendable {
        /// The pause of `latency`, and how late a slow close is.
        package var delay = Duration.milliseconds(50)
        /// On a slow line.
        package var bytesPerSecond = 64 * 1024
        /// Bytes in a piece, at most.
        package var piece = 7

        package init() {}
    }

    package let port: Int
    /// For a provider's `base_url`.
    package var baseURL: String { "http://127.0.0.1:\(port)/v1" }

    private struct State {
        var made: [Fault: Int] = [:]
        var open: [Int: Socket] = [:]
        var accepted = 0
        var isStopped = false
    }
    private let state = Monitor(State())
    private let listener: Socket

    package init(upstream: Int, strength: Strength = Strength()) throws {
        (listener, port) = try Socket.bound(listens: true)
        onThread { [listener, state] in
            while let connection = listener.accept() {
                let number = state.withLock { state -> Int? in
                    guard !state.isStopped else { return nil }
                    state.accepted += 1
                    state.open[state.accepted] = connection
                    return state.accepted
                }
                guard let number else { break }
                onThread {
                    // An error is the end of one side or the other; the connection ends with it.
                    try? Self.serve(connection, upstream: upstream, strength) { fault in
                        state.withLock { $0.made[fault, default: 0] += 1 }
                    }
                    state.withLock { $0.open[number] = nil }
                    connection.close()
                }
            }
        }
    }

    deinit { stop() }

    private static func serve(
        _ connection: Socket, upstream: Int, _ strength: Strength, made: (Fault) -> Void
    ) throws {
        let reader = HTTPMessageReader(connection)
        // As long as a pooled connection may lie idle in a test.
        while let (line, headers) = try reader.head(by: .after(.seconds(600))) {
            let length = headers["content-length"].flatMap { Int($0) } ?? 0
            let body = try reader.bytes(length, by: .after(.generous))
            let answer = try FaultedAnswer.fetch(line, headers, body, from: upstream)
            guard let fault = FaultedAnswer.fault(askedForBy: body) else {
                try connection.write(answer.bytes)
                continue
            }
            made(fault)
            guard try answer.send(to: connection, with: fault, strength) else { return }
        }
    }

    /// How often each fault was made.
    package var made: [Fault: Int] { state.withLock { $0.made } }
    /// How many connections the host has to it now.
    package var openConnections: Int { state.withLock { $0.open.count } }

    /// Close what is open, and take new connections as before: a pool of the host's is empty then.
    package func dropConnections(within: Duration = .generous) throws {
        for connection in state.withLock({ Array($0.open.values) }) { connection.shut() }
        _ = try state.wait(for: "the proxy's connections to end", within: within) { $0.open.isEmpty ? true : nil }
    }

    /// Close everything; later connections are refused.
    package func stop() {
        // Shut, not closed: the thread that accepts holds the socket, and closes it when it ends.
        listener.shut()
        let open = state.withLock { state -> [Socket] in
            state.isStopped = true
            return Array(state.open.values)
        }
        for connection in open { connection.shut() }
    }
}
