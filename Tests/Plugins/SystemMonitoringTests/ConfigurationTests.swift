import Glibc
import JackfieldJSON
import JackfieldVocabulary
import Testing

@testable import SystemMonitoring

/// The operator's configuration.
struct ConfigurationTests {
    private func sentence(_ text: String) throws -> String {
        let json = try JSON(parsing: text)
        do {
            _ = try SystemMonitoringConfig(json)
        } catch let error as CallError {
            #expect(error.code == .invalidArgument)
            return error.message
        }
        return ""
    }

    @Test func nothingMeansTheStandards() throws {
        let config = try SystemMonitoringConfig([:])
        #expect(config.window == 1000)
        #expect(config.topProcesses == 5)
        #expect(config.thresholds[.diskSpace] == Threshold(warning: 85, critical: 95))
        #expect(config.thresholds.count == Metric.allCases.count)
    }

    @Test func aThresholdCanBeSetInPart() throws {
        let config = try SystemMonitoringConfig(
            JSON(parsing: #"{"window_ms": 100, "thresholds": {"load_per_core": {"critical": 8}}}"#))
        #expect(config.window == 100)
        #expect(config.thresholds[.loadPerCore] == Threshold(warning: 1.5, critical: 8))
    }

    @Test(arguments: [
        (#"{"window_ms": 99}"#, "window_ms is 99; it must be a whole number from 100 to 60000"),
        (#"{"window": 5}"#, "window is not known; there are window_ms, top_processes and thresholds"),
        (#"{"thresholds": []}"#, "thresholds is an array; it must be an object"),
        (
            #"{"thresholds": {"cpu_busy_percent": 5}}"#,
            "thresholds.cpu_busy_percent is a number; it must be an object with warning and critical"
        ),
        (
            #"{"thresholds": {"cpu_busy_percent": {"critical": 101}}}"#,
            "thresholds.cpu_busy_percent.critical is 101; it must be a number above 0 and at most 100"
        ),
        (
            #"{"thresholds": {"cpu_busy_percent": {"warning": 99}}}"#,
            "thresholds.cpu_busy_percent.warning is 99.0, above critical, which is 95.0; a warning must come first"
        ),
        ("5", "the configuration is a number; it must be an object"),
    ])
    func aMistakeIsNamedWithItsPlace(_ text: String, _ expected: String) throws {
        #expect(try sentence(text) == expected)
    }

    @Test func theSchemaStatesTheSameStandards() throws {
        let folder = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        let path = "/\(folder)/Plugins/Agents/SystemMonitoring/config.schema.json"
        let tree = SystemTree(root: "", ticksPerSecond: 100, pageSize: 4096, now: { 0 }, usage: { _ in nil })
        let properties = try JSON(parsing: tree.read(path).bytes)["properties"]
        let thresholds = try #require(properties?["thresholds"]?["properties"]?.object)
        #expect(thresholds.members.map(\.key) == Metric.allCases.map(\.rawValue))
        for metric in Metric.allCases {
            let stated = thresholds[metric.rawValue]?["properties"]
            #expect(stated?["warning"]?["default"]?.double == metric.standard.warning, "\(metric)")
            #expect(stated?["critical"]?["default"]?.double == metric.standard.critical, "\(metric)")
            #expect(stated?["critical"]?["maximum"]?.double == (metric.isPercent ? 100 : nil), "\(metric)")
        }
        #expect(properties?["window_ms"]?["default"]?.int == 1000)
        #expect(properties?["top_processes"]?["default"]?.int == 5)
    }

    @Test func theWindowLeavesTimeForTheAnswer() {
        let second: Int64 = 1_000_000_000
        #expect(SystemMonitoringAgent.window(1000, deadline: 0, now: 5 * second) == 1000)
        #expect(SystemMonitoringAgent.window(1000, deadline: 65 * second, now: 5 * second) == 1000)
        #expect(SystemMonitoringAgent.window(1000, deadline: 7 * second, now: 5 * second) == 500)
        #expect(SystemMonitoringAgent.window(1000, deadline: 5 * second, now: 6 * second) == 50)
    }

    @Test func everyFindingsAreaIsACapability() {
        let ids = Set(SystemMonitoringAgent.description.capabilities.map(\.id))
        #expect(ids == ["health", "cpu", "memory", "swap", "pressure", "disk", "network", "processes"])
    }
}
