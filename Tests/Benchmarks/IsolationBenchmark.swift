import Foundation
import Loading
import NIOCore
import NIOPosix
import TestSupport

/// What it costs to have a plugin in a sandboxed process of its own, beside the same plugin in this process, a socket
/// pair with nothing around it, and a plugin of Extism.
struct IsolationBenchmark {
    /// With the package `extism`; where it is missing, the rows of Extism are left out.
    let python: String

    func run() async throws -> [Figure] {
        try Staging.ensure()
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 2)
        let host = IsolationHost(loops: Array(group.makeIterator()))
        var figures = try await roundTrips(host)
        figures += try await IsolationRelay(host: host).run()
        figures += try await IsolationCrash(host: host).run()
        host.stop()
        // The ends of the last processes are still on their way to the loops.
        try await group.next().scheduleTask(in: .milliseconds(200)) {}.futureResult.get()
        try await group.shutdownGracefully()
        return figures
    }

    /// All in turn, round by round: what a busy machine takes from one it takes from all.
    private func roundTrips(_ host: IsolationHost) async throws -> [Figure] {
        let apart = try host.load("validator/allow", role: "jackfield.validator/1", isIsolated: true)
        let here = try host.load("validator/allow", role: "jackfield.validator/1", isIsolated: false)
        var rows = [
            RoundTripRow("round trip to a process-mode plugin, 256-byte payload, from the loop of its wire", goal: true)
            {
                try await apart.roundTrips($0, on: host.wireLoop)
            },
            RoundTripRow("the same, from another loop", goal: true) {
                try await apart.roundTrips($0, on: host.otherLoop)
            },
            RoundTripRow("the same plugin in process") { try await here.roundTrips($0, on: host.wireLoop) },
        ]
        let echo = try EchoProcess()
        rows.append(RoundTripRow("a bare socket pair to a process that echoes 304 bytes") { try echo.roundTrips($0) })
        let extism = ExtismPeer.found(python)
        if let extism {
            rows += [
                RoundTripRow("Extism \(extism.version), 256 bytes to a WASM module and back, its C interface") {
                    try extism.plugin.roundTrips($0)
                },
                RoundTripRow("the same through Extism's Python package") { try extism.pythonRoundTrips($0) },
            ]
        }
        for round in 0...RoundTripRow.rounds {
            for index in rows.indices { try await rows[index].measure(isWarmUp: round == 0) }
        }
        apart.stop()
        here.stop()
        return rows.map(\.figure)
    }
}

/// One way of asking somebody for 256 bytes.
struct RoundTripRow {
    static let rounds = 15
    private static let calls = 2_000

    private let what: String
    private let hasGoal: Bool
    /// Nanoseconds of so many calls, each one's own.
    private let calls: (Int) async throws -> [Double]
    private var seen: [Double] = []
    private var medians: [Double] = []

    init(_ what: String, goal: Bool = false, _ calls: @escaping (Int) async throws -> [Double]) {
        self.what = what
        hasGoal = goal
        self.calls = calls
    }

    mutating func measure(isWarmUp: Bool) async throws {
        let round = try await calls(Self.calls)
        guard !isWarmUp else { return }
        seen += round
        medians.append(round.median)
    }

    var figure: Figure {
        Figure(
            what: what, value: seen.median / 1000, unit: "µs",
            goal: hasGoal ? .init(bound: 25, text: "under 25 µs at P50") : nil,
            note: """
                P99 \((seen.percentile(99) / 1000).text(1)) µs; P50 of the rounds \((medians.min()! / 1000).text(1)) to \
                \((medians.max()! / 1000).text(1)) µs
                """)
    }
}

extension Collection<Double> {
    func percentile(_ percent: Double) -> Double {
        sorted()[Swift.min(count - 1, Int(Double(count) * percent / 100))]
    }
}
