import Telemetry
import Testing

@Suite struct PluginMetricsTests {
    let registry = MetricsRegistry()

    @Test func aRecordIsExportedUnderThePluginsNameAndLabel() throws {
        for value in [1.5, 2] {
            try registry.record(
                plugin: "system", name: "samples.taken", kind: .counter, unit: "{sample}", value: value,
                labels: [MetricLabel("source", "proc")])
        }
        try registry.record(plugin: "system", name: "load", kind: .gauge, value: 3)
        try registry.record(plugin: "system", name: "load", kind: .gauge, value: 2)
        let snapshot = registry.snapshot()
        let family = try #require(snapshot["plugin.samples.taken"])
        #expect(family.kind == .counter && family.unit == "{sample}")
        #expect(family.samples[0].labels == [MetricLabel("plugin", "system"), MetricLabel("source", "proc")])
        #expect(family.samples[0].value == 3.5)
        #expect(snapshot["plugin.load"]?.samples[0].value == 2)
    }

    @Test func labelsAreOneSetInAnyOrder() throws {
        let labels = [MetricLabel("a", "1"), MetricLabel("z", "2")]
        try registry.record(plugin: "p", name: "n", kind: .counter, value: 1, labels: labels)
        try registry.record(plugin: "p", name: "n", kind: .counter, value: 1, labels: labels.reversed())
        #expect(registry.snapshot()["plugin.n"]?.samples.map(\.value) == [2])
    }

    @Test func aHistogramHasBucketsThatFitItsUnit() throws {
        try registry.record(plugin: "p", name: "wait", kind: .histogram, unit: "s", value: 0.002)
        let sample = try #require(registry.snapshot()["plugin.wait"]?.samples[0])
        #expect(sample.count == 1 && sample.value == 0.002)
        #expect(sample.buckets.first { $0.count == 1 }?.upper == 0.005)
    }

    @Test func theFirstUseFixesKindAndUnit() throws {
        try registry.record(plugin: "p", name: "n", kind: .counter, value: 1)
        try registry.record(plugin: "p", name: "n", kind: .counter, unit: "By", value: 1)
        let kind = try #require(
            throws: TelemetryError.self
        ) { try registry.record(plugin: "q", name: "n", kind: .gauge, value: 1) }
        #expect(kind.code == .metricConflict)
        #expect(
            kind.message
                == "plugin \"q\", metric \"n\": it is a counter since its first use and cannot be a gauge; "
                + "use another name"
        )
        let unit = try #require(
            throws: TelemetryError.self
        ) { try registry.record(plugin: "q", name: "n", kind: .counter, unit: "s", value: 1) }
        #expect(unit.code == .metricConflict && unit.message.contains("\"By\""))
        #expect(registry.snapshot()["plugin.n"]?.samples.map(\.value) == [2])
    }

    @Test(arguments: [
        ("", TelemetryError.Code.metricName), ("1a", .metricName), ("a b", .metricName), ("a\"b", .metricName),
        (String(repeating: "a", count: 129), .metricName),
    ])
    func aBadNameIsRefused(name: String, code: TelemetryError.Code) throws {
        let error = try #require(
            throws: TelemetryError.self
        ) { try registry.record(plugin: "p", name: name, kind: .gauge, value: 1) }
        #expect(error.code == code)
        #expect(registry.snapshot().families.isEmpty)
    }

    @Test(arguments: [
        [MetricLabel("plugin", "forged")], [MetricLabel("a", "1"), MetricLabel("a", "2")], [MetricLabel("a{b", "1")],
        (0..<17).map { MetricLabel("l\($0)", "") },
    ])
    func badLabelsAreRefused(labels: [MetricLabel]) throws {
        let error = try #require(
            throws: TelemetryError.self
        ) { try registry.record(plugin: "p", name: "n", kind: .gauge, value: 1, labels: labels) }
        #expect(error.code == .metricLabel)
    }

    @Test(arguments: [(MetricKind.counter, -1.0), (.gauge, .nan), (.histogram, .infinity)])
    func badValuesAreRefused(kind: MetricKind, value: Double) throws {
        let error = try #require(
            throws: TelemetryError.self
        ) { try registry.record(plugin: "p", name: "n", kind: kind, value: value) }
        #expect(error.code == .metricValue)
    }

    @Test func moreThanTheBoundOfLabelSetsIsRefusedAndCounted() throws {
        for i in 0..<MetricsRegistry.maximumLabelSets {
            try registry.record(plugin: "p", name: "n", kind: .counter, value: 1, labels: [MetricLabel("i", "\(i)")])
        }
        let error = try #require(throws: TelemetryError.self) {
            try registry.record(plugin: "p", name: "n", kind: .counter, value: 1, labels: [MetricLabel("i", "new")])
        }
        #expect(error.code == .metricBound)
        try registry.record(plugin: "p", name: "n", kind: .counter, value: 1, labels: [MetricLabel("i", "0")])
        let snapshot = registry.snapshot()
        #expect(snapshot["plugin.n"]?.samples.count == MetricsRegistry.maximumLabelSets)
        #expect(snapshot["jackfield.metrics.label_sets.folded"]?[labels: ["metric": "plugin.n"]]?.value == 1)
    }

    @Test func moreThanTheBoundOfNamesIsRefused() throws {
        for i in 0..<MetricsRegistry.maximumPluginMetrics {
            try registry.record(plugin: "p", name: "n\(i)", kind: .gauge, value: 1)
        }
        // More often than the counter of refusals has label sets.
        for i in 0..<(MetricsRegistry.maximumLabelSets + 100) {
            let error = try #require(throws: TelemetryError.self) {
                try registry.record(plugin: "p", name: "more\(i)", kind: .gauge, value: 1)
            }
            #expect(error.code == .metricBound)
        }
        let folded = registry.snapshot()["jackfield.metrics.label_sets.folded"]!
        #expect(folded[labels: ["metric": "other"]]?.value == 100)
        #expect(folded.samples.reduce(0) { $0 + $1.value } == Double(MetricsRegistry.maximumLabelSets + 100))
    }
}
