import NIOCore
import NIOPosix
import TestSupport

/// Many streams open at once, through the host with everything on. None may be dropped: each client must have got every
/// word in order, and the end.
struct StreamsBenchmark {
    private static let chunks = 20
    private static let interval = TimeAmount.milliseconds(500)

    let count: Int

    func run() async throws -> [Figure] {
        try raiseDescriptorLimit(to: 2 * count + 500)
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 2)
        let upstream = StreamUpstream(chunks: Self.chunks, interval: Self.interval)
        let channel = try await upstream.listen(on: group)
        let port = channel.localAddress?.port ?? 0
        let host = try HostProcess.start(GatewayManifest.text(upstream: "http://127.0.0.1:\(port)/v1", loops: 0))
        let rest = try host.megabytes("VmRSS")

        let began = monotonicNanoseconds()
        let outcomes = try await withThrowingTaskGroup(of: StreamOutcome.self) { tasks in
            for _ in 0..<count { tasks.addTask { await StreamClient.ask(port: host.port, on: group) } }
            return try await tasks.reduce(into: []) { $0.append($1) }
        }
        let seconds = Double(monotonicNanoseconds() - began) / 1e9
        let peak = try host.megabytes("VmHWM")
        let processor = try host.processorSeconds
        _ = try host.stop()
        try await channel.close()
        try await group.shutdownGracefully()

        let wanted = (0..<Self.chunks).map(StreamUpstream.word).joined()
        let faults = outcomes.compactMap { $0.fault(wanted: wanted) }
        let open = upstream.mostOpen
        guard open == count || !faults.isEmpty else {
            throw TestFailure(
                "only \(open) of \(count) streams were open at once: the machine is too slow for this run")
        }
        let first = faults.first.map { "; the first: \($0)" } ?? ""
        return [
            Figure(
                what: "\(count) concurrent open streams: dropped", value: Double(faults.count), unit: "streams",
                goal: .init(bound: 0, text: "none"),
                note: """
                    \(open) open at once, \(Self.chunks) chunks in \((Double(Self.chunks) / 2).text(0)) s each, all in \
                    \(seconds.text(1)) s, \(processor.text(1)) s of processor time\(first)
                    """, digits: 0),
            Figure(
                what: "\(count) concurrent open streams: the host's peak memory", value: peak, unit: "MB",
                goal: .init(bound: 300, text: "under 300 MB"), note: "\(rest.text(0)) MB before"),
        ]
    }
}
