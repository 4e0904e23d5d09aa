import JackfieldJSON
package import JackfieldVocabulary

/// The JSON that is posted for an alert.
package enum AlertDocument {
    package enum Status: String, Sendable { case firing, resolved }

    package static func bytes(_ alert: Notifier.Alert, _ status: Status) -> [UInt8] {
        var writer = JSONWriter(capacity: 512)
        writer.beginObject()
        writer.key("version")
        writer.int(1)
        func member(_ key: StaticString, _ text: String?) {
            guard let text else { return }
            writer.key(key)
            writer.string(text)
        }
        member("status", status.rawValue)
        member("id", alert.id)
        member("rule", alert.rule)
        member("severity", alert.severity.label)
        member("title", alert.title)
        member("detail", alert.detail)
        member("source", alert.source)
        member("started", Timestamp.text(alert.started))
        member("ended", alert.ended.map(Timestamp.text))
        member("reference", alert.reference)
        writer.key("labels")
        writer.beginObject()
        for label in alert.labels {
            writer.key(label.name)
            writer.string(label.value)
        }
        writer.endObject()
        writer.endObject()
        return writer.bytes
    }
}
