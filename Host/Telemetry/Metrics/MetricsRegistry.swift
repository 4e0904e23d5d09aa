import Synchronization

/// Every metric of the host. Resolve an instrument once (a lock and a hash look-up), keep it, and then count with it
/// (lock-free). Any thread.
package final class MetricsRegistry: Sendable {
    /// Label sets of one metric; the surplus goes into one set whose labels are all `other`.
    package static let maximumLabelSets = 1000
    /// Bytes of a label's value; the rest is cut off at a character.
    package static let maximumLabelBytes = 256

    private let counters = CounterName.allCases.map { NamedSeries<Counter>($0.descriptor) }
    private let gauges = GaugeName.allCases.map { NamedSeries<Gauge>($0.descriptor) }
    private let histograms = HistogramName.allCases.map { NamedSeries<Histogram>($0.descriptor) }
    private let collectors = Mutex<[@Sendable (inout MetricsReading) -> Void]>([])
    let plugins = Mutex<[String: PluginMetric]>([:])

    private let start = WallTime.now()

    package init() {}

    /// Labels are those of the metric's descriptor; one that is left out has the empty value.
    package func counter(_ name: CounterName, _ labels: KeyValuePairs<LabelName, String> = [:]) -> Counter {
        find(counters[name.rawValue], labels) { _ in Counter() }
    }

    package func gauge(_ name: GaugeName, _ labels: KeyValuePairs<LabelName, String> = [:]) -> Gauge {
        find(gauges[name.rawValue], labels) { _ in Gauge() }
    }

    package func histogram(_ name: HistogramName, _ labels: KeyValuePairs<LabelName, String> = [:]) -> Histogram {
        find(histograms[name.rawValue], labels) { Histogram(bounds: $0.bounds) }
    }

    /// Adds a closure that is asked at every snapshot, for what is cheaper to read than to count. It runs on the thread
    /// that takes the snapshot and must not block for long. Where it gives a label set that also has an instrument, the
    /// instrument's sample is left out.
    package func addCollector(_ collector: @escaping @Sendable (inout MetricsReading) -> Void) {
        collectors.withLock { $0.append(collector) }
    }

    /// All metrics now.
    package func snapshot() -> MetricsSnapshot {
        // Outside the lock: a collector may resolve instruments, or add a collector.
        var reading = MetricsReading()
        for collector in collectors.withLock({ $0 }) { collector(&reading) }

        var families: [MetricFamily] = []
        for series in counters {
            add(series.descriptor, series.read { MetricSample(labels: $0, value: $1.value) }, reading, to: &families)
        }
        for series in gauges {
            add(series.descriptor, series.read { MetricSample(labels: $0, value: $1.value) }, reading, to: &families)
        }
        for series in histograms {
            add(series.descriptor, series.read { MetricSample(labels: $0, $1) }, reading, to: &families)
        }
        families += pluginFamilies()
        families.sort { $0.name < $1.name }
        return MetricsSnapshot(time: .now(), start: start, families: families)
    }

    private func add(
        _ descriptor: MetricDescriptor, _ counted: [MetricSample], _ reading: MetricsReading,
        to families: inout [MetricFamily]
    ) {
        var samples = counted
        if let read = reading.samples[descriptor.name] {
            samples.removeAll { sample in read.contains { $0.labels == sample.labels } }
            samples += read
        }
        guard !samples.isEmpty else { return }
        families.append(MetricFamily(descriptor, samples))
    }

    private func find<Instrument>(
        _ series: NamedSeries<Instrument>, _ labels: KeyValuePairs<LabelName, String>,
        _ make: (MetricDescriptor) -> Instrument
    ) -> Instrument {
        let names = series.descriptor.labels
        let key = series.descriptor.values(labels)
        let found = series.entries.withLock { entries in
            entries.find(
                key, labels: { zip(names, key).map { MetricLabel($0.rawValue, $1) } }, make: { make(series.descriptor) }
            )
        }
        if let found { return found }
        if series.descriptor.name != CounterName.labelSetsFolded.descriptor.name {
            countFold(of: series.descriptor.name)
        }
        return series.entries.withLock { entries in
            entries.findOther(names.map(\.rawValue)) { make(series.descriptor) }
        }
    }

    /// This counter may be full itself, for plugins make up metrics: what it folds is not counted in its turn.
    func countFold(of metric: String) { counter(.labelSetsFolded, [.metric: metric]).increment() }
}

/// One metric of the catalogue and its label sets.
private final class NamedSeries<Instrument: Sendable>: Sendable {
    let descriptor: MetricDescriptor
    let entries = Mutex(MetricSeries<Instrument>())

    init(_ descriptor: MetricDescriptor) { self.descriptor = descriptor }

    func read(_ sample: ([MetricLabel], Instrument) -> MetricSample) -> [MetricSample] {
        entries.withLock { $0.entries }.map { sample($0.labels, $0.instrument) }
    }
}

extension MetricDescriptor {
    /// The values in the order of the descriptor's labels.
    func values(_ given: KeyValuePairs<LabelName, String>) -> [String] {
        assert(given.allSatisfy { labels.contains($0.key) }, "\(name) has no such label: \(given)")
        return labels.map { label in given.first { $0.key == label }.map { $0.value.cutToLabel } ?? "" }
    }
}

extension String {
    /// At most `maximumLabelBytes` of UTF-8, whole characters.
    var cutToLabel: String {
        let bound = MetricsRegistry.maximumLabelBytes
        guard utf8.count > bound else { return self }
        var end = utf8.index(utf8.startIndex, offsetBy: bound)
        while Index(end, within: self) == nil { end = utf8.index(before: end) }
        return String(self[..<end])
    }
}

extension MetricSample {
    init(labels: [MetricLabel], _ histogram: Histogram) {
        let (sum, buckets) = histogram.read()
        self.init(labels: labels, value: sum, count: buckets.last?.count ?? 0, buckets: buckets)
    }
}

extension MetricFamily {
    init(_ descriptor: MetricDescriptor, _ samples: [MetricSample]) {
        self.init(
            name: descriptor.name, kind: descriptor.kind, unit: descriptor.unit, help: descriptor.help, samples: samples
        )
    }
}
