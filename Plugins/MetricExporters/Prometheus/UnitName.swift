import JackfieldVocabulary

/// Words for units of UCUM, as OpenTelemetry maps them to Prometheus
/// (opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics).
enum UnitName {
    private static let words: [String: String] = [
        "d": "days", "h": "hours", "min": "minutes", "s": "seconds", "ms": "milliseconds", "us": "microseconds",
        "ns": "nanoseconds", "By": "bytes", "KiBy": "kibibytes", "MiBy": "mebibytes", "GiBy": "gibibytes",
        "TiBy": "tebibytes", "KBy": "kilobytes", "kBy": "kilobytes", "MBy": "megabytes", "GBy": "gigabytes",
        "TBy": "terabytes", "bit": "bits", "m": "meters", "V": "volts", "A": "amperes", "J": "joules", "W": "watts",
        "g": "grams", "Cel": "celsius", "Hz": "hertz", "%": "percent",
    ]
    private static let rates: [String: String] = [
        "s": "second", "min": "minute", "h": "hour", "d": "day", "w": "week", "mo": "month", "y": "year",
    ]

    /// What a name ends in: "seconds", "bytes_per_second"; nil for what is only counted.
    ///
    /// The unit 1 is a ratio in a gauge; in a counter or histogram it is a count.
    static func word(for unit: String, _ kind: Exporter.Kind) -> String? {
        if unit == "1" { return kind == .gauge ? "ratio" : nil }
        let parts = unit.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
            .map { withoutAnnotations(String($0)) }
        let main = parts.first.flatMap { $0.isEmpty || $0 == "1" ? nil : words[$0] ?? NameText.metric($0) }
        guard parts.count == 2, !parts[1].isEmpty else { return main }
        let per = "per_" + (rates[parts[1]] ?? NameText.metric(parts[1]))
        return main.map { "\($0)_\(per)" } ?? per
    }

    /// "{request}" says what is counted, which the name says already.
    private static func withoutAnnotations(_ unit: String) -> String {
        var depth = 0
        return unit.filter { character in
            if character == "{" { depth += 1 }
            defer { if character == "}" { depth -= 1 } }
            return depth == 0
        }
    }
}
