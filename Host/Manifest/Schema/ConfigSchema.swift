package import JackfieldJSON

/// A plugin's `config.schema.json`: the part of JSON Schema 2020-12 that configuration needs.
///
/// Keywords: type (also a list), properties, required, additionalProperties, propertyNames, items, enum, const, minimum,
/// maximum, exclusiveMinimum, exclusiveMaximum, minLength, maxLength (Unicode scalars), minItems, maxItems, uniqueItems,
/// pattern, default, and format with "duration" (as the manifest writes them, "30s": not ISO 8601's) and "uri". Notes
/// for people ($schema, $id, $comment, title, description, examples, deprecated) are passed over. Any other keyword is
/// an error, since a rule that is silently not checked is worse than none.
package struct ConfigSchema: Sendable {
    let root: SchemaNode

    /// - Throws: all that is wrong with the document, each with its path in it.
    package init(_ document: JSON) throws(ConfigSchemaProblems) {
        var reader = SchemaReader()
        let root = reader.read(document, ConfigPath())
        guard reader.problems.isEmpty else { throw ConfigSchemaProblems(problems: reader.problems) }
        self.root = root
    }

    /// What is wrong with a value; empty when nothing is. Messages never quote the value: it may be a secret.
    package func validate(_ value: JSON) -> [ConfigSchemaProblem] {
        var problems: [ConfigSchemaProblem] = []
        self.root.validate(value, ConfigPath(), &problems)
        return problems
    }

    /// The value with each absent property that has a `default` set to it, also in objects below; an absent object is
    /// made when something in it has a default.
    package func fillingDefaults(_ value: JSON) -> JSON { self.root.fillingDefaults(value) }
}

/// One thing wrong with a value or with a schema.
package struct ConfigSchemaProblem: Error, Sendable, Hashable, CustomStringConvertible {
    package let path: ConfigPath
    package let message: String
    package let suggestion: String?

    init(_ path: ConfigPath, _ message: String, suggestion: String? = nil) {
        self.path = path
        self.message = message
        self.suggestion = suggestion
    }

    package var description: String {
        let suggestion = self.suggestion.map { "; did you mean \"\($0)\"?" } ?? ""
        return (self.path.parts.isEmpty ? "" : "\(self.path): ") + self.message + suggestion
    }
}

package struct ConfigSchemaProblems: Error, Sendable, Hashable, CustomStringConvertible {
    /// At least one.
    package let problems: [ConfigSchemaProblem]

    package var description: String { self.problems.map(\.description).joined(separator: "\n") }
}
