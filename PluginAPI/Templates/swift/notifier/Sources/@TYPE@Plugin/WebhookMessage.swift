import JackfieldJSON
import JackfieldVocabulary

/// What the webhook gets. Times are nanoseconds since 1970.
enum WebhookMessage {
    /// - Parameter event: "notify" or "resolve".
    static func body(_ event: String, _ alert: Notifier.Alert) -> [UInt8] {
        func optional(_ text: String?) -> JSON { text.map { .string($0) } ?? .null }
        let message: JSON = [
            "event": .string(event), "id": .string(alert.id), "rule": .string(alert.rule),
            "severity": .string(alert.severity.label), "title": .string(alert.title),
            "detail": optional(alert.detail), "source": .string(alert.source), "started": JSON(alert.started),
            "ended": alert.ended.map { JSON($0) } ?? .null, "reference": optional(alert.reference),
            "labels": .object(JSONObject(alert.labels.map { ($0.name, .string($0.value)) })),
        ]
        return message.bytes
    }
}
