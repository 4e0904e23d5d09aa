package import JackfieldJSON
package import JackfieldVocabulary

/// A finding before it is told: its title has no full stop yet, so that the trend can be added to the sentence.
package struct Measured: Sendable {
    package let id: String
    package let severity: Agent.Severity
    let title: String
    package let value: Double?
    package let threshold: Double?
    package let unit: String?
    let source: String
    var detail: [(String, JSON)]
    /// The value means the same each time: not the processor time of whichever process is the busiest now.
    let hasTrend: Bool

    init(
        _ id: String, _ title: String, severity: Agent.Severity = .info, value: Double? = nil,
        threshold: Double? = nil, unit: String? = nil, source: String, detail: [(String, JSON)] = [],
        hasTrend: Bool = true
    ) {
        self.id = id
        self.severity = severity
        self.title = title
        self.value = value.map(rounded)
        self.threshold = threshold
        self.unit = unit
        self.source = source
        self.detail = detail
        self.hasTrend = hasTrend && value != nil
    }

    /// - Parameter trend: what follows the title before its full stop, or nothing.
    package func finding(trend: String = "", history: JSON? = nil) -> Agent.Finding {
        var detail = detail
        if let history { detail.append(("history", history)) }
        return Agent.Finding(
            id: id, severity: severity, title: title + trend + ".", value: value, threshold: threshold, unit: unit,
            source: source, detail: detail.isEmpty ? nil : JSON.object(JSONObject(detail)).text)
    }
}

/// To three places: what comes after is noise of the window.
func rounded(_ value: Double) -> Double {
    abs(value) < 1e12 ? (value * 1000).rounded() / 1000 : value
}

extension JSON {
    static func rounding(_ value: Double) -> JSON { JSON(rounded(value)) }
}
