import JackfieldJSON
package import JackfieldVocabulary

/// What an agent found, as it comes along with a question: `application/vnd.jackfield.findings+json`,
///
///     {"findings": [{"id", "severity", "title", "value", "threshold", "unit", "source"}], "window_ms", "host"}
///
/// Only `id` must be there. Several documents in one message count as one.
package struct FindingsDocument: Sendable, Equatable {
    package static let mediaType = "application/vnd.jackfield.findings+json"

    package struct Finding: Sendable, Equatable {
        /// "disk.space:/": the area before the first point.
        package var id: String
        package var severity: Agent.Severity
        package var title: String
        package var value: Double?
        package var threshold: Double?
        package var unit: String?
        package var source: String?

        package var area: String { String(id.prefix { $0 != "." && $0 != ":" }) }
    }

    package var findings: [Finding] = []
    /// How long was measured, in milliseconds.
    package var window: Double?
    package var host: String?

    package var isEmpty: Bool { findings.isEmpty }

    package init() {}

    /// The documents among the parts of a message. What is not one is left out.
    package init(of message: LLM.Message) {
        for part in message.parts {
            guard case .data(let text, let type) = part, FindingsDocument.isFindings(type),
                let json = try? JSON(parsing: text)
            else { continue }
            findings += (json["findings"]?.array ?? []).compactMap { Finding($0) }
            window = window ?? json["window_ms"]?.double
            host = host ?? json["host"]?.string
        }
    }

    /// With or without parameters such as `; charset=utf-8`.
    private static func isFindings(_ type: String) -> Bool {
        let essence = type.prefix { $0 != ";" && $0 != " " }
        return essence.lowercased() == mediaType
    }
}

extension FindingsDocument.Finding {
    init?(_ json: JSON) {
        guard let id = json["id"]?.string, !id.isEmpty else { return nil }
        self.id = id
        // A severity that nobody knows is shown rather than hidden.
        severity = Agent.Severity(label: json["severity"]?.string ?? "info") ?? .warning
        title = json["title"]?.string ?? ""
        value = json["value"]?.double
        threshold = json["threshold"]?.double
        unit = json["unit"]?.string
        source = json["source"]?.string
    }
}
