package import JackfieldPlugin
package import JackfieldVocabulary

/// Renders a snapshot for a scrape by Prometheus or anything else that reads its formats.
package struct PrometheusExporter: ExporterPlugin {
    package static let definition = PluginDefinition.exporter(id: "exporter/prometheus", version: "0.1.0") { setup in
        PrometheusExporter(config: try PrometheusConfig(setup.config))
    }

    private let names: MetricNames

    package init(config: PrometheusConfig) { names = MetricNames(prefix: config.prefix) }

    /// Any thread. Families without samples are left out, and so are spans: they are not for a scrape.
    package func render(_ snapshot: Exporter.Snapshot) -> Exporter.Rendering {
        let format = ExpositionFormat(accept: snapshot.accept)
        var exposition = Exposition(format)
        for family in snapshot.families where !family.samples.isEmpty {
            exposition.add(family, named: names.name(of: family))
        }
        return Exporter.Rendering(contentType: format.contentType, body: exposition.end())
    }
}
