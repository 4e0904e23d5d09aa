/// Many requests at once through a host whose upstream lies behind a `FaultProxy`: every fault, for whole answers and for
/// streams, again and again. Each must end as `Fault.outcomes` says, and nothing may be left of it.
package final class FaultCampaign: Sendable {
    /// One kind of request.
    package struct Cell: Sendable, Hashable, CustomStringConvertible {
        package let fault: Fault
        package let isStreamed: Bool
        package var description: String { "\(fault)\(isStreamed ? ", streamed" : "")" }
    }

    package static let cells = Fault.allCases.flatMap {
        [Cell(fault: $0, isStreamed: false), Cell(fault: $0, isStreamed: true)]
    }

    /// What came of one request.
    package struct Ending: Sendable {
        package let cell: Cell
        /// Nil where it ended in no way in which a request may end.
        package let outcome: FaultOutcome?
        package let nanoseconds: Int64
        /// What was wrong; nil for an ending that the fault allows.
        package let complaint: String?
    }

    let upstream: ProgrammableUpstream
    let proxy: FaultProxy
    /// `timeout` and `idle_timeout` of the model.
    private let limit: Duration

    /// - Parameter limit: to the first event, and between two. Well above the pauses that the faults make, so that what
    ///   is only slow comes through.
    package init(limit: Duration, strength: FaultProxy.Strength = FaultProxy.Strength()) throws {
        upstream = try ProgrammableUpstream(
            UpstreamScript { try UpstreamScript.completion(Self.answer(to: $0)).run($0) })
        proxy = try FaultProxy(upstream: upstream.port, strength: strength)
        self.limit = limit
    }

    /// One provider without validators, breaker and retries: what a fault does is seen as it is.
    package var manifest: String {
        let limit = "\(limit / .milliseconds(1))".prefix { $0 != "." } + "ms"
        return """
            jackfield: 1
            profile: testing
            server: { request_timeout: 120s }
            logging: { level: info, format: json }
            plugins:
              up: { use: llm/openai, config: { base_url: "\(proxy.baseURL)" }, grants: { http: ["\(proxy.baseURL)"] }, upstream: { breaker: { enabled: false } } }
            models:
              default: { route: ["up/upstream-model"], timeout: \(limit), idle_timeout: \(limit), retries: 0 }
            """
    }

    /// - Parameter count: requests; the cells take turns.
    /// - Parameter width: how many are under way at once.
    package func run(_ count: Int, width: Int = 32, through host: HostProcess) throws -> [Ending] {
        try inParallel(count, width: width, within: .seconds(1800)) { [client = host.client] index in
            let cell = Self.cells[index % Self.cells.count]
            let began = monotonicNanoseconds()
            let text = "\(cell.fault) \(index)"
            let result = Result {
                cell.isStreamed ? try Self.stream(text, client) : try Self.whole(text, client)
            }
            let nanoseconds = monotonicNanoseconds() - began
            switch result {
            case .success(let outcome):
                let isRight = cell.fault.outcomes(streamed: cell.isStreamed).contains(outcome)
                return Ending(
                    cell: cell, outcome: outcome, nanoseconds: nanoseconds,
                    complaint: isRight ? nil : "\(cell) \(index): \(outcome.rawValue)")
            case .failure(let error):
                return Ending(
                    cell: cell, outcome: nil, nanoseconds: nanoseconds, complaint: "\(cell) \(index): \(error)")
            }
        }
    }

    /// How often the proxy made each fault.
    package var made: [Fault: Int] { proxy.made }
}
