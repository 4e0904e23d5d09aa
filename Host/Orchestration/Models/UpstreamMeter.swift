import JackfieldVocabulary
import Resilience
import Telemetry

/// The metrics of one upstream, looked up once where attempts that go well need them.
final class UpstreamMeter: Sendable {
    private let name: String
    private let metrics: MetricsRegistry
    private let succeeded: Counter
    private let breaker: Gauge

    init(_ name: String, _ metrics: MetricsRegistry) {
        self.name = name
        self.metrics = metrics
        succeeded = metrics.counter(.upstreamAttempts, [.upstream: name, .outcome: "ok"])
        breaker = metrics.gauge(.breakerOpen, [.upstream: name])
    }

    /// - Parameter error: nil if the answer was complete.
    func ended(_ error: CallError?) {
        guard let error else { return succeeded.increment() }
        metrics.counter(.upstreamAttempts, [.upstream: name, .outcome: error.code.label]).increment()
    }

    func changed(_ transition: CircuitBreaker.Transition) {
        switch transition {
        case .opened:
            breaker.set(1)
            metrics.counter(.breakerOpenings, [.upstream: name]).increment()
        case .closed: breaker.set(0)
        }
    }
}
