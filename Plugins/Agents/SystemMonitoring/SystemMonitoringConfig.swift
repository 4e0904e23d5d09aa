package import JackfieldJSON
import JackfieldVocabulary

/// The operator's configuration (config.schema.json).
package struct SystemMonitoringConfig: Sendable {
    /// Milliseconds over which rates are measured, 100 to 60,000.
    package let window: Int
    /// How many processes a finding lists, 1 to 50.
    package let topProcesses: Int
    package let thresholds: Thresholds

    /// - Throws: `CallError` (`invalidArgument`) with the key and what would be right.
    package init(_ config: JSON) throws {
        guard let object = config.object ?? (config.isNull ? JSONObject() : nil) else {
            throw Self.error("the configuration is \(config.kindName); it must be an object")
        }
        for member in object.members where !["window_ms", "top_processes", "thresholds"].contains(member.key) {
            throw Self.error("\(member.key) is not known; there are window_ms, top_processes and thresholds")
        }
        window = try Self.integer(object, "window_ms", 100...60_000, 1000)
        topProcesses = try Self.integer(object, "top_processes", 1...50, 5)
        thresholds = try Self.thresholds(object["thresholds"])
    }

    private static func integer(
        _ object: JSONObject, _ key: String, _ range: ClosedRange<Int>, _ standard: Int
    ) throws -> Int {
        guard let value = object[key] else { return standard }
        guard let number = value.int, range.contains(number) else {
            throw error("\(key) is \(value); it must be a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    private static func thresholds(_ config: JSON?) throws -> Thresholds {
        var thresholds = Thresholds(uniqueKeysWithValues: Metric.allCases.map { ($0, $0.standard) })
        guard let config else { return thresholds }
        guard let object = config.object else { throw error("thresholds is \(config.kindName); it must be an object") }
        for member in object.members {
            guard let metric = Metric(rawValue: member.key) else {
                let known = Metric.allCases.map(\.rawValue).joined(separator: ", ")
                throw error("thresholds.\(member.key) is not known; there are \(known)")
            }
            thresholds[metric] = try threshold(metric, member.value)
        }
        return thresholds
    }

    private static func threshold(_ metric: Metric, _ config: JSON) throws -> Threshold {
        let path = "thresholds.\(metric.rawValue)"
        guard let object = config.object else {
            throw error("\(path) is \(config.kindName); it must be an object with warning and critical")
        }
        let limit = metric.isPercent ? 100 : Double.greatestFiniteMagnitude
        var threshold = metric.standard
        for member in object.members {
            guard ["warning", "critical"].contains(member.key) else {
                throw error("\(path).\(member.key) is not known; there are warning and critical")
            }
            guard let value = member.value.double, value > 0, value <= limit else {
                let range = metric.isPercent ? "above 0 and at most 100" : "above 0"
                throw error("\(path).\(member.key) is \(member.value); it must be a number \(range)")
            }
            if member.key == "warning" { threshold.warning = value } else { threshold.critical = value }
        }
        guard threshold.warning <= threshold.critical else {
            throw error(
                "\(path).warning is \(threshold.warning), above critical, which is \(threshold.critical); "
                    + "a warning must come first")
        }
        return threshold
    }

    private static func error(_ sentence: String) -> CallError { CallError(.invalidArgument, sentence) }
}
