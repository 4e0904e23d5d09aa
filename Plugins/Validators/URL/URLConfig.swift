package import JackfieldJSON
package import JackfieldNetwork
package import JackfieldVocabulary

/// The plugin's configuration (config.schema.json). Keys that are missing have the schema's defaults.
package struct URLConfig: Sendable {
    /// By rule; `allow` turns a rule off.
    package var actions: [URLRule: Validator.Action] = [:]
    /// Origins to which there is no objection.
    package var allow: [WebOrigin] = []
    /// Schemes besides https and http that are no finding, in lower case. Their hosts may still be one.
    package var schemes: Set<String> = []
    /// What stands in place of a URL; `{rule}` becomes the rule's name.
    package var replacement = "[removed:{rule}]"

    package init() {}

    package func action(_ rule: URLRule) -> Validator.Action { actions[rule] ?? rule.defaultAction }

    /// - Throws: `invalidArgument` with the key that is wrong and what would be right.
    package init(_ json: JSON) throws(CallError) {
        if let value = json["action"] {
            guard let object = value.object else { throw Self.wrong("action", "an object of rules and actions", value) }
            for member in object.members {
                guard let rule = URLRule(rawValue: member.key) else {
                    let known = URLRule.allCases.map(\.rawValue).joined(separator: ", ")
                    throw CallError(.invalidArgument, "action names \"\(member.key)\"; the rules are \(known)")
                }
                guard let action = member.value.string.flatMap(Validator.Action.init(label:)) else {
                    throw Self.wrong(
                        "action.\(rule.rawValue)", "\"block\", \"redact\", \"flag\" or \"allow\"", member.value)
                }
                actions[rule] = action
            }
        }
        for text in try Self.strings(json, "allow") {
            let url: WebURL
            do throws(WebURLError) {
                url = try WebURL(text)
            } catch {
                throw CallError(.invalidArgument, "allow: \"\(text)\" is no origin: \(error.sentence)")
            }
            guard url.target == "/" else {
                throw CallError(.invalidArgument, "allow: \"\(url)\" is no origin: nothing may follow its port")
            }
            allow.append(url.origin)
        }
        schemes = Set(try Self.strings(json, "schemes").map { $0.lowercased() })
        if let value = json["replacement"] {
            guard let text = value.string else { throw Self.wrong("replacement", "a string", value) }
            replacement = text
        }
    }

    private static func strings(_ json: JSON, _ key: String) throws(CallError) -> [String] {
        guard let value = json[key] else { return [] }
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
