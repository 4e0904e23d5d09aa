/// Names models: one name exactly, or with "*" at its end every name that begins so. "gpt-4o", "gpt-4o-*", "*".
package struct ModelPattern: Sendable, Hashable, CustomStringConvertible {
    package let description: String
    /// What a name must be, or begin with.
    package let stem: String
    package let isPrefix: Bool

    package init(_ text: String) {
        description = text
        isPrefix = text.utf8.last == UInt8(ascii: "*")
        stem = isPrefix ? String(text.dropLast()) : text
    }

    package func matches(_ name: String) -> Bool { isPrefix ? name.utf8.starts(with: stem.utf8) : name == stem }
}
