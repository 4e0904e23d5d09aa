/// A text that must not appear in a log, an error or a debugger's summary: a key, the value of a header.
public struct Secret: Sendable, Equatable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The text itself. Goes into the header of a request and nowhere else.
    public let text: String

    public init(_ text: String) { self.text = text }

    public var description: String { "«redacted»" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: [:]) }

    /// `message` without this secret. Placeholders such as "none" are too short to be searched for.
    public func redacted(from message: String) -> String {
        text.utf8.count < 8 ? message : message.replacing(text, with: description)
    }
}
