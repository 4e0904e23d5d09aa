/// A name with a rule: made only from text that keeps the rule, so that whoever holds one need not check again.
package protocol Identifier: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// What it names, for messages: "a plugin id".
    static var noun: String { get }
    /// The rule in words.
    static var rule: String { get }
    /// The rule as an ECMA 262 regular expression, for the JSON Schema.
    static var pattern: String { get }
    static func allows(_ text: String) -> Bool

    var text: String { get }
    init(unchecked text: String)
}

extension Identifier {
    /// - Throws: `InvalidValue` with the rule, when `text` does not keep it.
    package init(_ text: String) throws(InvalidValue) {
        guard Self.allows(text) else { throw InvalidValue("\(text.quoted) is not \(Self.noun): \(Self.rule)") }
        self.init(unchecked: text)
    }

    package var description: String { self.text }
    package static func < (left: Self, right: Self) -> Bool { left.text < right.text }
}

/// The name under which a plugin runs, chosen by the operator: the key in `plugins`.
package struct PluginInstanceID: Identifier {
    package static let noun = "a plugin id"
    package static let rule = "1 to 63 of a-z, 0-9 and \"-\", not starting or ending with \"-\""
    package static let pattern = "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"

    package let text: String
    package init(unchecked text: String) { self.text = text }

    package static func allows(_ text: String) -> Bool { Characters.isLabel(text) }
}

/// A model name that clients and agents ask for: a key in `models`.
package struct ModelName: Identifier {
    package static let noun = "a model name"
    package static let rule = "1 to 128 of letters, digits, \".\", \"_\", \"-\", \":\" and \"/\""
    package static let pattern = "^[A-Za-z0-9._:/-]{1,128}$"

    package let text: String
    package init(unchecked text: String) { self.text = text }

    package static func allows(_ text: String) -> Bool {
        1...128 ~= text.utf8.count && text.utf8.allSatisfy { Characters.isWord($0) || ".:/-".utf8.contains($0) }
    }
}

/// The name of a secret, which is also the name of the environment variable that may hold it.
package struct SecretName: Identifier {
    package static let noun = "a secret's name"
    package static let rule = "1 to 128 of letters, digits and \"_\", not starting with a digit"
    package static let pattern = "^[A-Za-z_][A-Za-z0-9_]{0,127}$"

    package let text: String
    package init(unchecked text: String) { self.text = text }

    package static func allows(_ text: String) -> Bool { Characters.isVariable(text) }
}

/// A topic of the message bus.
package struct TopicName: Identifier {
    package static let noun = "a topic"
    package static let rule = "1 to 128 of a-z, 0-9, \".\", \"_\" and \"-\""
    package static let pattern = "^[a-z0-9._-]{1,128}$"

    package let text: String
    package init(unchecked text: String) { self.text = text }

    package static func allows(_ text: String) -> Bool {
        1...128 ~= text.utf8.count
            && text.utf8.allSatisfy { Characters.isLowerOrDigit($0) || "._-".utf8.contains($0) }
    }
}

/// The name of a feature switch: a key in `features`.
package struct FeatureName: Identifier {
    package static let noun = "a feature's name"
    package static let rule = "1 to 63 of a-z, 0-9, \"_\" and \"-\""
    package static let pattern = "^[a-z0-9_-]{1,63}$"

    package let text: String
    package init(unchecked text: String) { self.text = text }

    package static func allows(_ text: String) -> Bool {
        1...63 ~= text.utf8.count && text.utf8.allSatisfy { Characters.isLowerOrDigit($0) || "_-".utf8.contains($0) }
    }
}

/// Which upstreams a price is for: INSTANCE/MODEL or MODEL, where `*` at the end stands for whatever follows.
package struct PricedName: Identifier {
    package static let noun = "a pattern of upstreams"
    package static let rule = "1 to 256 visible characters, INSTANCE/MODEL or MODEL, with \"*\" at most at the end"
    package static let pattern = "^[!-)+-~]{0,255}[!-~]$"

    package let text: String
    package init(unchecked text: String) { self.text = text }

    package static func allows(_ text: String) -> Bool {
        1...256 ~= text.utf8.count && text.utf8.allSatisfy { 0x21...0x7E ~= $0 }
            && !text.utf8.dropLast().contains(UInt8(ascii: "*"))
    }
}

/// The name of a budget: a key in `budgets`.
package struct BudgetName: Identifier {
    package static let noun = "a budget's name"
    package static let rule = "1 to 63 of a-z, 0-9 and \"-\", not starting or ending with \"-\""
    package static let pattern = "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"

    package let text: String
    package init(unchecked text: String) { self.text = text }

    package static func allows(_ text: String) -> Bool { Characters.isLabel(text) }
}
