/// A marker for types whose values must never be read in a log, a message or a debugger's print-out: wherever Swift
/// would turn one into text, «redacted» stands instead.
package protocol Redacted: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {}

/// What stands in the place of a secret.
package let redactedText = "«redacted»"

extension Redacted {
    package var description: String { redactedText }
    package var debugDescription: String { redactedText }
    package var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}

/// Fields, first of all headers, whose values are never logged, whatever their type.
package enum SensitiveField {
    private static let names: Set<String> = [
        "authorization", "proxy-authorization", "x-api-key", "api-key", "api_key", "cookie", "set-cookie", "password",
        "secret",
    ]

    /// Whether the name, or its part after the last dot (`headers.cookie`), is one of those; case does not matter.
    package static func contains(_ name: String) -> Bool {
        let last = name.utf8.lastIndex(of: UInt8(ascii: ".")).map { name[name.utf8.index(after: $0)...] } ?? name[...]
        return names.contains(last.lowercased())
    }
}
