package import JackfieldJSON
import JackfieldVocabulary

/// The operator's configuration (config.schema.json).
package struct PrometheusConfig: Sendable {
    /// What every metric's name begins with; empty for nothing.
    package let prefix: String

    /// - Throws: `CallError` (`invalidArgument`) with the key and what would be right.
    package init(_ config: JSON) throws {
        guard let object = config.object ?? (config.isNull ? JSONObject() : nil) else {
            throw CallError(.invalidArgument, "the configuration is \(config.kindName); it must be an object")
        }
        for member in object.members where member.key != "prefix" {
            throw CallError(.invalidArgument, "\(member.key) is not known; there is prefix")
        }
        let value = object["prefix"] ?? ""
        guard let prefix = value.string, prefix.isEmpty || Self.isName(prefix) else {
            throw CallError(
                .invalidArgument,
                "prefix is \(value); it must be empty, or letters, digits and _ that do not begin with a digit")
        }
        self.prefix = prefix
    }

    private static func isName(_ text: String) -> Bool {
        !(0x30...0x39).contains(text.utf8.first ?? 0x30) && text.utf8.allSatisfy { $0.isWordCharacter }
    }
}
