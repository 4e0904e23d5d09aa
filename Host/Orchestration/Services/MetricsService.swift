import JackfieldVocabulary
package import Loading
package import Telemetry

/// jackfield.metrics/1: adds to metrics of the plugin's own.
package struct MetricsService: HostService {
    package let id = "jackfield.metrics"
    package let revision: UInt32 = 1
    private let metrics: MetricsRegistry

    package init(metrics: MetricsRegistry) { self.metrics = metrics }

    package func start(_ call: ServiceCall) {
        let record = call.request(MetricRecord.self)
        do throws(TelemetryError) {
            try metrics.record(
                plugin: call.plugin.id, name: record.name, kind: MetricKind(rawValue: record.kind.rawValue) ?? .gauge,
                unit: record.unit, value: record.value, labels: record.labels.map { MetricLabel($0.name, $0.value) })
            call.finish(Empty())
        } catch {
            call.fail(CallError(error.code == .metricBound ? .exhausted : .invalidArgument, error.message))
        }
    }
}
