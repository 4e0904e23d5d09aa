/// A name with a rule, made only from text that keeps it. Equality and order are those of the UTF-8 bytes, as in the
/// engines, not those of `String`, for which composed and decomposed letters are equal.
package protocol StoreName: Sendable, Hashable, Comparable, CustomStringConvertible, ExpressibleByStringLiteral
where StringLiteralType == StaticString {
    /// What it names, for messages: "a record key".
    static var noun: String { get }
    /// The rule in words.
    static var rule: String { get }
    static func allows(_ text: String) -> Bool

    var text: String { get }
    init(unchecked text: String)
}

extension StoreName {
    /// - Throws: `invalidArgument` with the rule, when `text` does not keep it.
    package init(validating text: String) throws(StoreError) {
        guard Self.allows(text) else {
            // Cut and without control characters: what came from outside must not spoil a log.
            let shown = String(
                String.UnicodeScalarView(text.unicodeScalars.prefix(80).map { $0.value < 32 ? "?" : $0 }))
            throw StoreError(.invalidArgument, "\"\(shown)\" is not \(Self.noun): \(Self.rule)")
        }
        self.init(unchecked: text)
    }

    /// For names written in the source: a literal that breaks the rule is a programming error and traps.
    package init(stringLiteral literal: StaticString) {
        let text = literal.description
        precondition(Self.allows(text), "\"\(text)\" is not \(Self.noun): \(Self.rule)")
        self.init(unchecked: text)
    }

    package var description: String { text }

    package static func == (left: Self, right: Self) -> Bool { left.text.utf8.elementsEqual(right.text.utf8) }

    package static func < (left: Self, right: Self) -> Bool {
        left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
    }

    package func hash(into hasher: inout Hasher) {
        for byte in text.utf8 { hasher.combine(byte) }
        hasher.combine(0xFF as UInt8)
    }

    fileprivate static func isPrintable(_ text: String, upTo limit: Int) -> Bool {
        1...limit ~= text.utf8.count && text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
    }
}

/// A set of records and counters that one part of the host owns: `sessions`, `keys`. Where the standard library's
/// protocol is meant beside this import, write `Swift.Collection`.
package struct Collection: StoreName {
    package static let noun = "a collection"
    package static let rule = "1 to 64 of a-z, 0-9, \".\", \"_\" and \"-\""

    package let text: String
    package init(unchecked text: String) { self.text = text }

    package static func allows(_ text: String) -> Bool {
        1...64 ~= text.utf8.count
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
                default: "._-".utf8.contains(byte)
                }
            }
    }
}

/// The name of a record or counter in its collection. Keys that share a prefix lie together in a scan.
package struct RecordKey: StoreName {
    package static let noun = "a record key"
    package static let rule = "1 to 512 bytes of UTF-8 without control characters"

    package let text: String
    package init(unchecked text: String) { self.text = text }

    package static func allows(_ text: String) -> Bool { isPrintable(text, upTo: 512) }
}

/// The name of a log: `audit`, `bus/orders`.
package struct LogName: StoreName {
    package static let noun = "a log's name"
    package static let rule = "1 to 256 bytes of UTF-8 without control characters"

    package let text: String
    package init(unchecked text: String) { self.text = text }

    package static func allows(_ text: String) -> Bool { isPrintable(text, upTo: 256) }
}
