import CJackfield
import JackfieldJSON
import JackfieldVocabulary
import Loading
import Manifest
import Registry
import Telemetry

/// The host's metrics for those who look: as JSON, and through exporter plugins.
struct ExportRoutes: Sendable {
    private let exporters: [PluginInstanceID]
    private let registry: PluginRegistry
    private let metrics: MetricsRegistry

    init(manifest: Manifest, registry: PluginRegistry, metrics: MetricsRegistry) {
        exporters = manifest.exporters
        self.registry = registry
        self.metrics = metrics
    }

    /// What `exporter/prometheus`, or whichever exporter of the manifest can be scraped first, makes of the metrics.
    ///
    /// - Throws: `notFound` if the manifest names no exporter that runs; otherwise the exporter's own error.
    func scrape(accept: String?, scope: CallScope) async throws(CallError) -> Exporter.Rendering {
        var last = CallError(.notFound, "the manifest's `exporters` names no exporter that is running")
        let snapshot = Exporter.Snapshot(metrics.snapshot(), accept: accept)
        for id in exporters {
            guard let running = registry[id]?.ready else { continue }
            do throws(CallError) {
                let call = running.start(method: JACKFIELD_EXPORTER_RENDER, request: snapshot.payload(), scope: scope)
                return try await call.result().withUnsafeBytes { Exporter.Rendering(PayloadReader(checked: $0)) }
            } catch {
                last = error
                last.source = .plugin(id.text)
                if error.code != .unsupported { throw last }
            }
        }
        throw last
    }

    /// Every metric, histograms with their quantiles.
    var json: JSON {
        let snapshot = metrics.snapshot()
        let families = snapshot.families.map { family -> JSON in
            var object: JSONObject = [
                "name": .string(family.name), "kind": .string("\(family.kind)"), "unit": .string(family.unit),
                "help": .string(family.help),
            ]
            object["samples"] = .array(
                family.samples.map { sample in
                    var entry: JSONObject = [
                        "labels": .object(JSONObject(sample.labels.map { ($0.name, .string($0.value)) })),
                        "value": JSON(sample.value),
                    ]
                    if !sample.buckets.isEmpty {
                        entry["count"] = JSON(sample.count)
                        for (name, fraction) in [("p50", 0.5), ("p95", 0.95), ("p99", 0.99)] {
                            entry[name] = sample.quantile(fraction).map { JSON($0) } ?? .null
                        }
                    }
                    return .object(entry)
                })
            return .object(object)
        }
        return ["time": .string(snapshot.time.rfc3339), "metrics": .array(families)]
    }
}

extension Exporter.Snapshot {
    /// The host's metrics in the plugins' vocabulary.
    init(_ snapshot: MetricsSnapshot, accept: String?) {
        self.init(
            time: snapshot.time.nanoseconds, start: snapshot.start.nanoseconds, accept: accept,
            families: snapshot.families.map { family in
                Exporter.Family(
                    name: family.name, kind: Exporter.Kind(rawValue: family.kind.rawValue) ?? .gauge, unit: family.unit,
                    help: family.help,
                    samples: family.samples.map { sample in
                        Exporter.Sample(
                            labels: sample.labels.map { Exporter.Label($0.name, $0.value) }, value: sample.value,
                            count: sample.count,
                            buckets: sample.buckets.map { Exporter.Bucket(upper: $0.upper, count: $0.count) })
                    })
            })
    }
}
