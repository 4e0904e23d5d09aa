package import JackfieldJSON
package import JackfieldVocabulary

/// The plugin's configuration (config.schema.json). Keys that are missing have the schema's defaults.
package struct SecretsConfig: Sendable {
    package var input = Validator.Action.redact
    package var output = Validator.Action.redact
    /// What stands in place of a secret; `{rule}` becomes the rule's name.
    package var replacement = "[redacted:{rule}]"
    /// Compared with the whole of what was found.
    package var allow: Set<String> = []
    package var disabledRules: Set<String> = []
    package var personalData = false
    /// Bits for each character (Shannon), for values that only their name makes a secret.
    package var minEntropy = 3.0

    package init() {}

    /// - Throws: `invalidArgument` with the key that is wrong and what would be right.
    package init(_ json: JSON) throws(CallError) {
        if let action = json["action"] {
            input = try Self.action(action["input"], "action.input")
            output = try Self.action(action["output"], "action.output")
        }
        if let value = json["replacement"] {
            guard let text = value.string else { throw Self.wrong("replacement", "a string", value) }
            replacement = text
        }
        if let value = json["allow"] { allow = try Self.strings(value, "allow") }
        if let value = json["disabled_rules"] {
            disabledRules = try Self.strings(value, "disabled_rules")
            let known = Set(SecretRule.allCases.map(\.id))
            if let unknown = disabledRules.subtracting(known).min() {
                throw CallError(
                    .invalidArgument,
                    "disabled_rules names \"\(unknown)\"; the rules are \(known.sorted().joined(separator: ", "))")
            }
        }
        if let value = json["personal_data"] {
            guard let flag = value.bool else { throw Self.wrong("personal_data", "true or false", value) }
            personalData = flag
        }
        if let value = json["min_entropy"] {
            guard let bits = value.double, (0...6).contains(bits) else {
                throw Self.wrong("min_entropy", "a number from 0 to 6", value)
            }
            minEntropy = bits
        }
    }

    private static func action(_ value: JSON?, _ key: String) throws(CallError) -> Validator.Action {
        guard let value else { return .redact }
        guard let action = value.string.flatMap(Validator.Action.init(label:)), action != .allow else {
            throw wrong(key, "\"redact\", \"block\" or \"flag\"", value)
        }
        return action
    }

    private static func strings(_ value: JSON, _ key: String) throws(CallError) -> Set<String> {
        var strings: Set<String> = []
        guard let array = value.array else { throw wrong(key, "an array of strings", value) }
        for element in array {
            guard let string = element.string else { throw wrong(key, "an array of strings", element) }
            strings.insert(string)
        }
        return strings
    }

    private static func wrong(_ key: String, _ right: String, _ value: JSON) -> CallError {
        CallError(
            .invalidArgument, "\(key) must be \(right), and is \(value.string.map { "\"\($0)\"" } ?? value.kindName)")
    }
}
