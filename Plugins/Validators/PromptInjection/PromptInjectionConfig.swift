package import JackfieldJSON
package import JackfieldVocabulary

/// The plugin's configuration (config.schema.json). Keys that are missing have the schema's defaults.
package struct PromptInjectionConfig: Sendable {
    package var action = Validator.Action.block
    /// From 0.1 to 1: the score from which a text is an attack. From half of it on, it is flagged.
    package var threshold = 0.7
    package var roles: Set<String> = ["user", "tool"]
    package var extraPhrases: [String] = []
    package var allowPhrases: [String] = []

    package init() {}

    /// - Throws: `invalidArgument` with the key that is wrong and what would be right.
    package init(_ json: JSON) throws(CallError) {
        if let value = json["action"] {
            guard let action = value.string.flatMap(Validator.Action.init(label:)), action == .block || action == .flag
            else {
                throw Self.wrong("action", "\"block\" or \"flag\"", value)
            }
            self.action = action
        }
        if let value = json["threshold"] {
            guard let number = value.double, (0.1...1).contains(number) else {
                throw Self.wrong("threshold", "a number from 0.1 to 1", value)
            }
            threshold = number
        }
        if let value = json["roles"] {
            roles = Set(try Self.strings(value, "roles"))
            if let unknown = roles.subtracting(["system", "user", "assistant", "tool"]).min() {
                throw CallError(
                    .invalidArgument, "roles names \"\(unknown)\"; the roles are system, user, assistant and tool")
            }
        }
        if let value = json["extra_phrases"] { extraPhrases = try Self.phrases(value, "extra_phrases") }
        if let value = json["allow_phrases"] { allowPhrases = try Self.phrases(value, "allow_phrases") }
    }

    private static func phrases(_ value: JSON, _ key: String) throws(CallError) -> [String] {
        let phrases = try strings(value, key)
        if let short = phrases.first(where: { $0.unicodeScalars.count < 3 }) {
            throw CallError(
                .invalidArgument, "\(key) holds \"\(short)\", which is too short: a phrase has 3 characters or more")
        }
        return phrases
    }

    private static func strings(_ value: JSON, _ key: String) throws(CallError) -> [String] {
        guard let array = value.array else { throw wrong(key, "an array of strings", value) }
        var strings: [String] = []
        for element in array {
            guard let string = element.string else { throw wrong(key, "an array of strings", element) }
            strings.append(string)
        }
        return strings
    }

    private static func wrong(_ key: String, _ right: String, _ value: JSON) -> CallError {
        CallError(
            .invalidArgument, "\(key) must be \(right), and is \(value.string.map { "\"\($0)\"" } ?? value.kindName)")
    }
}
