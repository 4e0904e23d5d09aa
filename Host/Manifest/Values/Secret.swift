package import JackfieldJSON

/// A text that must not be shown: prints as «redacted», has no mirror, and is not Encodable, so that neither a log line
/// nor a dump nor a JSON answer can hold it by mistake. Only `reveal()` gives the text, and a search finds each use.
package struct Secret: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    private let text: String

    package init(_ text: String) { self.text = text }

    package func reveal() -> String { self.text }

    package var description: String { Self.redacted }
    package var debugDescription: String { Self.redacted }
    package var customMirror: Mirror { Mirror(self, children: []) }

    package static let redacted = "«redacted»"
}

/// A plugin's configuration: two views of one JSON object. Printing shows the one without secrets.
package struct PluginConfiguration: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    /// As written, each `${secret:NAME}` unresolved: for people.
    package let redacted: JSON
    private let complete: JSON

    package init(redacted: JSON, complete: JSON) {
        self.redacted = redacted
        self.complete = complete
    }

    /// With the secrets in place: for the plugin, and for nobody else.
    package func reveal() -> JSON { self.complete }

    package static let empty = PluginConfiguration(redacted: .object(JSONObject()), complete: .object(JSONObject()))

    package var description: String { self.redacted.description }
    package var debugDescription: String { self.redacted.description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
