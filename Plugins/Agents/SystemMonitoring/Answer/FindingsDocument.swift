import JackfieldJSON
package import JackfieldVocabulary

/// The findings as they are given to a model: JSON of the media type `application/vnd.jackfield.findings+json`.
///
///     {"findings": [{"id", "severity", "title", "value"?, "threshold"?, "unit"?, "source"?}], "window_ms", "host"?}
///
/// `severity` is "ok", "info", "warning" or "critical"; `title` is one sentence; `value` and `threshold` are numbers in
/// `unit` (UCUM); `source` names where the value was read. The worst come first. `window_ms` is how long rates were
/// measured, in milliseconds; `host` is the machine's name. A reader leaves out members that it does not know.
package struct FindingsDocument: Sendable {
    package static let mediaType = "application/vnd.jackfield.findings+json"

    package let findings: [Agent.Finding]
    /// Milliseconds.
    package let window: Int
    package let host: String?

    package init(findings: [Agent.Finding], window: Int, host: String?) {
        self.findings = findings
        self.window = window
        self.host = host
    }

    package var json: String {
        var writer = JSONWriter(capacity: findings.count * 256)
        writer.beginObject()
        writer.key("findings")
        writer.beginArray()
        for severity in Agent.Severity.allCases.reversed() {
            for finding in findings where finding.severity == severity { write(finding, to: &writer) }
        }
        writer.endArray()
        writer.key("window_ms")
        writer.int(window)
        if let host {
            writer.key("host")
            writer.string(host)
        }
        writer.endObject()
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    private func write(_ finding: Agent.Finding, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("id")
        writer.string(finding.id)
        writer.key("severity")
        writer.string(finding.severity.label)
        writer.key("title")
        writer.string(finding.title)
        if let value = finding.value {
            writer.key("value")
            writer.double(value)
        }
        if let threshold = finding.threshold {
            writer.key("threshold")
            writer.double(threshold)
        }
        if let unit = finding.unit {
            writer.key("unit")
            writer.string(unit)
        }
        if let source = finding.source {
            writer.key("source")
            writer.string(source)
        }
        writer.endObject()
    }
}
