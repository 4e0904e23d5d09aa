import JackfieldVocabulary
import Orchestration
import Telemetry

/// The GenAI metrics of the models, looked up once where an answer that goes well needs them.
final class ModelMeters: Sendable {
    private struct Row: Sendable {
        let firstToken: Histogram
        let input: Histogram
        let output: Histogram
        /// Of answers that went well, by upstream.
        let durations: [String: Histogram]
    }

    private let metrics: MetricsRegistry
    private let rows: [String: Row]

    init(_ metrics: MetricsRegistry, router: ModelRouter) {
        self.metrics = metrics
        rows = Dictionary(
            uniqueKeysWithValues: router.names.map { name in
                let upstreams = Set(router.route(of: name) ?? [])
                return (
                    name,
                    Row(
                        firstToken: metrics.histogram(.timeToFirstToken, [.model: name]),
                        input: metrics.histogram(.modelTokenUsage, [.model: name, .type: "input"]),
                        output: metrics.histogram(.modelTokenUsage, [.model: name, .type: "output"]),
                        durations: Dictionary(
                            uniqueKeysWithValues: upstreams.map { upstream in
                                (
                                    upstream,
                                    metrics.histogram(
                                        .modelOperationDuration, [.model: name, .upstream: upstream, .code: "ok"])
                                )
                            }))
                )
            })
    }

    func firstToken(_ model: String, nanoseconds: Int64) { rows[model]?.firstToken.record(nanoseconds: nanoseconds) }

    func usage(_ usage: LLM.Usage, _ model: String) {
        guard let row = rows[model] else { return }
        row.input.record(Double(usage.promptTokens))
        row.output.record(Double(usage.completionTokens))
    }

    /// - Parameter code: nil if the model answered.
    func finished(_ model: String, _ upstream: String?, _ code: CallError.Code?, nanoseconds: Int64) {
        if code == nil, let upstream, let duration = rows[model]?.durations[upstream] {
            duration.record(nanoseconds: nanoseconds)
            return
        }
        // A model that there is not has no row, so labels stay bounded.
        metrics.histogram(
            .modelOperationDuration,
            [.model: rows[model] == nil ? "unknown" : model, .upstream: upstream ?? "none", .code: code?.label ?? "ok"]
        ).record(nanoseconds: nanoseconds)
    }
}
