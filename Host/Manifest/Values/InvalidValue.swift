/// Why a text is not a value of its type: half a sentence that follows "PATH: ", with what would be right.
///
/// Thrown by the small value types, which know nothing of files and lines; the decoder adds where it was.
package struct InvalidValue: Error, Sendable, Hashable, CustomStringConvertible {
    package let reason: String

    package init(_ reason: String) { self.reason = reason }

    package var description: String { reason }
}

extension String {
    /// The text in quotes and cut to a length that fits an error line; control characters are escaped.
    var quoted: String {
        let shown = self.unicodeScalars.prefix(80).map { $0.value < 0x20 || $0.value == 0x7F ? "?" : String($0) }
            .joined()
        return self.unicodeScalars.count > 80 ? "\"\(shown)…\"" : "\"\(shown)\""
    }
}
