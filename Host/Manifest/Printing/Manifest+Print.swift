package import JackfieldJSON

extension Manifest {
    /// Everything that is in force, defaults included, secrets as `${secret:NAME}`: for `config print --json`.
    package func redactedJSON() -> JSON { ConfigTables.manifest.encode(self) }

    /// The same as YAML, which a host can be started with. Ends with a newline.
    package func redactedYAML() -> String { YAMLWriter.text(self.redactedJSON()) }
}

/// The JSON Schema of a manifest: for editors and for `config schema`.
package enum ManifestSchema {
    /// JSON Schema 2020-12. It describes literal values: a text with `${…}` is judged only when it is resolved, by
    /// `jackfield check`.
    package static var json: JSON {
        var object = JSONObject([
            ("$schema", "https://json-schema.org/draft/2020-12/schema"), ("title", "Jackfield manifest"),
        ])
        for member in ConfigTables.manifest.schema(default: Manifest(profile: .development)).object?.members ?? [] {
            object[member.key] = member.value
        }
        return .object(object)
    }
}
