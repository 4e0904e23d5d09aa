import JackfieldJSON
import JackfieldPlugin
import JackfieldVocabulary

/// Writes metrics and spans as lines of JSON. It is scraped; it pushes nothing.
package struct @TYPE@: ExporterPlugin {
    package static let definition = PluginDefinition.exporter(id: "@ID@", version: "0.1.0") { setup in
        try @TYPE@(setup.config)
    }

    private let prefix: String
    private let hasSpans: Bool

    /// - Throws: `invalidArgument` with the key that is wrong.
    init(_ config: JSON) throws(CallError) {
        let reader = ConfigReader(config: config)
        prefix = try reader.string("prefix") ?? ""
        hasSpans = try reader.bool("spans") ?? true
    }

    package func render(_ snapshot: Exporter.Snapshot) -> Exporter.Rendering {
        var lines = JSONLines()
        for family in snapshot.families {
            for sample in family.samples {
                lines.add(prefix + family.name, family, sample, time: snapshot.time)
            }
        }
        if hasSpans {
            for span in snapshot.spans { lines.add(span) }
        }
        return Exporter.Rendering(contentType: "application/x-ndjson", body: lines.bytes)
    }
}
