import Telemetry
import Testing

@Suite struct MetricsRegistryTests {
    @Test func catalogueNamesAreUniqueAndWellFormed() {
        let all =
            CounterName.allCases.map(\.descriptor) + GaugeName.allCases.map(\.descriptor)
            + HistogramName.allCases.map(\.descriptor)
        #expect(Set(all.map(\.name)).count == all.count)
        for metric in all {
            #expect(metric.name.allSatisfy { $0.isLowercase || $0 == "." || $0 == "_" }, "\(metric.name)")
            #expect(!metric.unit.isEmpty && metric.help.hasSuffix("."), "\(metric.name)")
            #expect(metric.labels.map(\.rawValue) == metric.labels.map(\.rawValue).sorted())
            #expect(metric.bounds == metric.bounds.sorted() && metric.bounds.isEmpty == (metric.kind != .histogram))
        }
    }

    @Test func nothingThatThreadsCountAtOnceIsLost() throws {
        let registry = MetricsRegistry()
        let histogram = registry.histogram(.modelTokenUsage, [.model: "m", .type: "input"])
        let gauge = registry.gauge(.activeRequests)
        try onThreads(4) { thread in
            // Each thread resolves for itself: all must get the same instrument.
            let counter = registry.counter(.pluginCalls, [.plugin: "p", .role: "agent", .code: "ok"])
            for i in 0..<100_000 {
                counter.increment()
                counter.add(0.5)
                histogram.record(Double(i % 100))
                gauge.add(thread % 2 == 0 ? 1 : -1)
            }
        }
        let snapshot = registry.snapshot()
        #expect(snapshot["jackfield.plugin.calls"]?.samples.map(\.value) == [600_000])
        let tokens = snapshot["gen_ai.client.token.usage"]!.samples[0]
        #expect(tokens.count == 400_000)
        #expect(tokens.value == 4 * 1000 * 4950)
        #expect(snapshot["http.server.active_requests"]?.samples[0].value == 0)
    }

    @Test func aCounterNeverFallsAndNothingSpoilsASum() {
        let registry = MetricsRegistry()
        let counter = registry.counter(.requestsRejected, [.reason: "limit"])
        counter.increment(by: 3)
        counter.increment(by: -2)
        counter.add(-1)
        counter.add(.nan)
        counter.add(.infinity)
        #expect(counter.value == 3)
        let histogram = registry.histogram(.timeToFirstToken, [.model: "m"])
        histogram.record(.nan)
        histogram.record(.infinity)
        histogram.record(0.5)
        let sample = registry.snapshot()["gen_ai.server.time_to_first_token"]!.samples[0]
        #expect(sample.count == 1 && sample.value == 0.5)
    }

    @Test func bucketsAreCumulativeWithInclusiveBounds() {
        let registry = MetricsRegistry()
        let histogram = registry.histogram(.modelTokenUsage)
        for value in [0.0, 1, 1.5, 4, 5, 1e12] { histogram.record(value) }
        let buckets = registry.snapshot()["gen_ai.client.token.usage"]!.samples[0].buckets
        #expect(buckets[0] == MetricBucket(upper: 1, count: 2))
        #expect(buckets[1] == MetricBucket(upper: 4, count: 4))
        #expect(buckets[2] == MetricBucket(upper: 16, count: 5))
        #expect(buckets[buckets.count - 2].count == 5)
        #expect(buckets.last == MetricBucket(upper: .infinity, count: 6))
    }

    @Test func durationsAreRecordedInSeconds() {
        let registry = MetricsRegistry()
        registry.histogram(.requestDuration).record(nanoseconds: 1_500_000_000)
        #expect(registry.snapshot()["http.server.request.duration"]?.samples[0].value == 1.5)
    }

    @Test func labelsComeOutSortedAndMissingOnesEmpty() {
        let registry = MetricsRegistry()
        registry.counter(.validatorFindings, [.validator: "v", .action: "block"]).increment()
        let labels = registry.snapshot()["jackfield.validator.findings"]!.samples[0].labels
        #expect(labels == [MetricLabel("action", "block"), MetricLabel("rule", ""), MetricLabel("validator", "v")])
    }

    @Test func theSurplusOfLabelSetsIsFoldedIntoOtherAndCounted() {
        let registry = MetricsRegistry()
        for i in 0..<(MetricsRegistry.maximumLabelSets + 5) {
            registry.counter(.requestsRejected, [.reason: "r\(i)"]).increment()
        }
        registry.counter(.requestsRejected, [.reason: "r7"]).increment()
        let snapshot = registry.snapshot()
        let family = snapshot["jackfield.requests.rejected"]!
        #expect(family.samples.count == MetricsRegistry.maximumLabelSets + 1)
        #expect(family[labels: ["reason": "other"]]?.value == 5)
        #expect(family[labels: ["reason": "r7"]]?.value == 2)
        #expect(
            snapshot["jackfield.metrics.label_sets.folded"]?[labels: ["metric": "jackfield.requests.rejected"]]?.value
                == 5)
    }

    @Test func longLabelValuesAreCutAtACharacter() {
        let registry = MetricsRegistry()
        registry.counter(.callsStale, [.plugin: "a" + String(repeating: "é", count: 200)]).increment()
        let value = registry.snapshot()["jackfield.calls.stale"]!.samples[0].labels[0].value
        #expect(value == "a" + String(repeating: "é", count: 127))
    }

    @Test func theSnapshotHasOnlyUsedFamiliesSortedByName() {
        let registry = MetricsRegistry()
        #expect(registry.snapshot().families.isEmpty)
        registry.counter(.upstreamAttempts, [.upstream: "u", .outcome: "ok"]).increment()
        registry.gauge(.activeRequests).set(2)
        let snapshot = registry.snapshot()
        #expect(snapshot.families.map(\.name) == ["http.server.active_requests", "jackfield.upstream.attempts"])
        #expect(snapshot.families.map(\.kind) == [.gauge, .counter])
        #expect(snapshot.families.map(\.unit) == ["{request}", "{attempt}"])
    }

    @Test func collectorsAreAskedAtEachSnapshotAndWinOverInstruments() {
        let registry = MetricsRegistry()
        let asked = registry.counter(.callsStale, [.plugin: "collector"])
        registry.gauge(.activeRequests).set(7)
        registry.addCollector { reading in
            asked.increment()
            reading.gauge(.activeRequests, asked.value)
            reading.gauge(.activeRequests, asked.value * 10)
        }
        _ = registry.snapshot()
        #expect(registry.snapshot()["http.server.active_requests"]?.samples.map(\.value) == [20])
    }

    @Test func theProcessReportsItself() throws {
        let registry = MetricsRegistry()
        registry.collectProcess()
        let snapshot = registry.snapshot()
        let memory = try #require(snapshot["process.memory.usage"]?.samples[0].value)
        #expect(memory > 1_000_000 && memory < 1e12)
        #expect(try #require(snapshot["process.thread.count"]?.samples[0].value) >= 1)
        let uptime = try #require(snapshot["process.uptime"]?.samples[0].value)
        #expect(uptime >= 0 && uptime < 86_400)
        let modes = try #require(snapshot["process.cpu.time"]).samples.map(\.labels[0].value)
        #expect(modes == ["user", "system"])
    }

    @Test func quantilesLieInTheirBucket() {
        let registry = MetricsRegistry()
        let histogram = registry.histogram(.modelTokenUsage)
        for _ in 0..<50 { histogram.record(3) }
        for _ in 0..<50 { histogram.record(10) }
        let sample = registry.snapshot()["gen_ai.client.token.usage"]!.samples[0]
        #expect(sample.quantile(0.5) == 4)
        #expect(sample.quantile(0.25) == 2.5)
        #expect(sample.quantile(1) == 16)
        #expect(MetricSample(labels: [], value: 0).quantile(0.5) == nil)
        histogram.record(1e15)
        #expect(registry.snapshot()["gen_ai.client.token.usage"]!.samples[0].quantile(1) == 67_108_864)
    }
}
