import TestSupport

/// Many faults on the way to the upstream, of every kind and at every position: each request must end as it should,
/// within its deadline, and nothing may be left of it.
struct FaultsBenchmark {
    private static let limit = Duration.milliseconds(500)
    private static let width = 32

    let count: Int

    func run() throws -> [Figure] {
        let campaign = try FaultCampaign(limit: Self.limit)
        let host = try HostProcess.start(campaign.manifest)
        // What pools and caches take the first time may stay.
        let cells = FaultCampaign.cells.count
        _ = try campaign.run(2 * cells, width: Self.width, through: host)
        let before = try campaign.holdings(of: host)
        let memory = try host.megabytes("VmRSS")

        let began = monotonicNanoseconds()
        let endings = try campaign.run(count, width: Self.width, through: host)
        let seconds = Double(monotonicNanoseconds() - began) / 1e9
        let after = try campaign.holdings(of: host, atMost: before)
        let grown = try host.megabytes("VmRSS") - memory
        let processor = try host.processorSeconds
        _ = try host.stop()

        let complaints = endings.compactMap(\.complaint)
        let outcomes = FaultOutcome.allCases.map { outcome in
            "\(endings.count { $0.outcome == outcome }) \(outcome.rawValue)"
        }
        // The limit counts from the attempt's beginning, or from the last event: what a request takes beyond one limit is
        // its lateness, since each fault lets at most one run out and sends what comes before it at once.
        let lateness = Double(endings.map(\.nanoseconds).max() ?? 0) / 1e6 - Double(Self.limit / .milliseconds(1))
        let left = max(0, after.descriptors - before.descriptors) + after.calls + after.requests + after.connections
        let first = complaints.first.map { "; the first: \($0)" } ?? ""
        return [
            Figure(
                what:
                    "\(count) faults upstream, \(cells / 2) kinds and places, whole and streamed: ended otherwise than they should",
                value: Double(complaints.count), unit: "requests", goal: .init(bound: 0, text: "none"),
                note: """
                    \(outcomes.joined(separator: ", ")); \(Self.width) at once, all in \(seconds.text(1)) s, \
                    \(processor.text(1)) s of processor time\(first)
                    """, digits: 0),
            Figure(
                what: "the same: the latest end beyond the deadline", value: max(0, lateness), unit: "ms",
                note: "the deadline is \((Self.limit / .milliseconds(1)).text(0)) ms", digits: 0),
            Figure(
                what: "the same: descriptors, connections, calls and requests", value: Double(left), unit: "left over",
                goal: .init(bound: 0, text: "none"),
                note: "before: \(before); after: \(after); \(grown.text(1)) MB of memory more", digits: 0),
        ]
    }
}
