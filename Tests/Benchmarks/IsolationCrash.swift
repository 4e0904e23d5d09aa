import Foundation
import Glibc
import Isolation
import Loading
import TestSupport

/// Processes that are started, sandboxed, ended by a signal, and replaced. Each plugin dies once, so that none waits for
/// the back-off of a second restart.
struct IsolationCrash {
    let host: IsolationHost

    private static let kills = 60

    func run() async throws -> [Figure] {
        var setUps: [Double] = []
        var starts: [Double] = []
        var returns: [Double] = []
        for kill in 0...Self.kills {
            let seen = try await once()
            // The first one brings the program's pages into memory.
            guard kill > 0 else { continue }
            setUps.append(seen.setUp)
            starts.append(seen.start)
            returns.append(seen.back)
        }
        return [
            Figure(
                what: "sandbox set-up, level strict", value: setUps.median / 1000, unit: "µs",
                goal: .init(bound: 1000, text: "under 1 ms"),
                note: "median of \(setUps.count) launches; worst \((setUps.max()! / 1000).text(0)) µs", digits: 0),
            Figure(
                what: "crash to ready again: SIGSEGV to the next answer", value: returns.median / 1e6, unit: "ms",
                goal: .init(bound: 200, text: "under 200 ms"),
                note: "median of \(returns.count) kills; worst \((returns.max()! / 1e6).text(1)) ms"),
            Figure(
                what: "a process-mode plugin from its order to `open`", value: starts.median / 1e6, unit: "ms",
                note: "worst \((starts.max()! / 1e6).text(1)) ms"),
        ]
    }

    /// All in nanoseconds.
    private func once() async throws -> (setUp: Double, start: Double, back: Double) {
        let began = monotonicNanoseconds()
        let fixture = try host.load("validator/allow", role: "jackfield.validator/1", isIsolated: true)
        let opened = monotonicNanoseconds()
        defer { fixture.stop() }
        guard let isolated = fixture.isolated, let process = isolated.report.process else {
            throw TestFailure("an isolated plugin without a process")
        }
        _ = try await fixture.roundTrips(1, on: host.otherLoop)
        let restarts = host.restarts.now
        let killed = monotonicNanoseconds()
        Glibc.kill(process, SIGSEGV)
        try host.restarts.wait(beyond: restarts)
        _ = try await fixture.roundTrips(1, on: host.otherLoop)
        let answered = monotonicNanoseconds()
        return (Double(isolated.sandbox.nanoseconds), Double(opened - began), Double(answered - killed))
    }
}
