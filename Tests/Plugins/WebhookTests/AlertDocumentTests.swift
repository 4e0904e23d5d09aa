import JackfieldJSON
import JackfieldVocabulary
import Testing

@testable import Webhook

struct AlertDocumentTests {
    private let alert = Notifier.Alert(
        id: "plugin.circuit-open/sql/1", rule: "plugin.circuit-open", severity: .critical, title: "It \"broke\".",
        source: "host-1", started: 1_795_252_841_123_456_789,
        labels: [Exporter.Label("plugin", "sql"), Exporter.Label("use", "tool/native")])

    @Test func tellsOfTheBeginning() throws {
        let json = try JSON(parsing: AlertDocument.bytes(alert, .firing))
        #expect(
            json == [
                "version": 1, "status": "firing", "id": "plugin.circuit-open/sql/1", "rule": "plugin.circuit-open",
                "severity": "critical", "title": "It \"broke\".", "source": "host-1",
                "started": "2026-11-21T09:20:41.123Z", "labels": ["plugin": "sql", "use": "tool/native"],
            ])
    }

    @Test func tellsOfTheEndWithWhatTheBeginningWasCalled() throws {
        var alert = alert
        alert.ended = alert.started + 60_000_000_000
        alert.reference = "m-1"
        alert.detail = "More."
        let json = try JSON(parsing: AlertDocument.bytes(alert, .resolved))
        #expect(json["status"] == "resolved")
        #expect(json["ended"] == "2026-11-21T09:21:41.123Z")
        #expect(json["reference"] == "m-1")
        #expect(json["detail"] == "More.")
    }

    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (951_782_400_000_000_000, "2000-02-29T00:00:00.000Z"),
            (-1, "1969-12-31T23:59:59.999Z"), (4_107_542_399_999_000_000, "2100-02-28T23:59:59.999Z"),
        ] as [(Int64, String)])
    func writesTimes(_ nanoseconds: Int64, _ text: String) { #expect(Timestamp.text(nanoseconds) == text) }
}
