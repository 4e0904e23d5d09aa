/// A text that must not appear in a log, an error or a debugger's summary: a key, the value of a header.
package struct Secret: Sendable, Equatable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The text itself. Goes into the header of a request and nowhere else.
    let text: String

    package init(_ text: String) { self.text = text }

    package var description: String { "«redacted»" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: [:]) }

    /// `message` without this secret. Placeholders such as "none" are too short to be searched for.
    func redacted(from message: String) -> String {
        text.utf8.count < 8 ? message : message.replacing(text, with: description)
    }
}
