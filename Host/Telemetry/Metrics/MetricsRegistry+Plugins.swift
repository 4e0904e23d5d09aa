import Synchronization

/// A metric that plugins made up. Its first use fixed what it is.
struct PluginMetric: Sendable {
    enum Instrument: Sendable {
        case counter(Counter)
        case gauge(Gauge)
        case histogram(Histogram)
    }

    let kind: MetricKind
    var unit: String
    var series = MetricSeries<Instrument>()

    static func make(_ kind: MetricKind, unit: String) -> Instrument {
        switch kind {
        case .counter: .counter(Counter())
        case .gauge: .gauge(Gauge())
        case .histogram: .histogram(Histogram(bounds: BucketBounds.fitting(unit: unit)))
        }
    }
}

extension MetricsRegistry {
    /// How many names all plugins together may make up.
    package static let maximumPluginMetrics = 1000
    /// Labels of one record, besides `plugin`.
    package static let maximumPluginLabels = 16

    /// One record of a plugin (`jackfield.metrics`): a counter adds, a gauge sets, a histogram observes. It is exported
    /// as `plugin.NAME` with the label `plugin`. The first use of a name fixes its kind and unit for all plugins; an
    /// empty unit fits any. Any thread; takes a lock.
    ///
    /// - Throws: a sentence that names the plugin and the metric, where a name, label, value or bound is broken.
    package func record(
        plugin: String, name: String, kind: MetricKind, unit: String = "", value: Double, labels: [MetricLabel] = []
    ) throws(TelemetryError) {
        let subject = "plugin \"\(plugin)\", metric \"\(name.cutToLabel)\""
        guard value.isFinite, kind != .counter || value >= 0 else {
            throw TelemetryError(
                .metricValue, "\(subject): \(value) cannot be recorded; a value is finite, and of a counter not below 0"
            )
        }
        guard name.isMetricName(within: 128) else {
            throw TelemetryError(
                .metricName,
                "\(subject): a name begins with a letter and has 1 to 128 letters, digits, dots, underscores and "
                    + "hyphens"
            )
        }
        try check(labels, subject)

        let sorted = (labels.map { MetricLabel($0.name, $0.value.cutToLabel) } + [MetricLabel("plugin", plugin)])
            .sorted()
        let key = sorted.flatMap { [$0.name, $0.value] }
        let outcome = plugins.withLock { metrics -> Result<PluginMetric.Instrument, TelemetryError> in
            if metrics[name] == nil {
                guard metrics.count < Self.maximumPluginMetrics else {
                    return .failure(
                        TelemetryError(
                            .metricBound,
                            "\(subject): plugins already have \(Self.maximumPluginMetrics) metrics; "
                                + "put what varies into labels"
                        ))
                }
                metrics[name] = PluginMetric(kind: kind, unit: unit)
            }
            let first = (kind: metrics[name]!.kind, unit: metrics[name]!.unit)
            guard first.kind == kind else {
                return .failure(
                    TelemetryError(
                        .metricConflict,
                        "\(subject): it is a \(first.kind) since its first use and cannot be a \(kind); "
                            + "use another name"
                    ))
            }
            if first.unit.isEmpty { metrics[name]!.unit = unit }
            guard first.unit.isEmpty || unit.isEmpty || unit == first.unit else {
                return .failure(
                    TelemetryError(
                        .metricConflict,
                        "\(subject): its unit is \"\(first.unit)\" since its first use and cannot be \"\(unit)\"; "
                            + "convert the value or use another name"))
            }
            let found = metrics[name]!.series.find(
                key, labels: { sorted }, make: { PluginMetric.make(kind, unit: first.unit.isEmpty ? unit : first.unit) }
            )
            guard let found else {
                return .failure(
                    TelemetryError(
                        .metricBound,
                        "\(subject): it already has \(Self.maximumLabelSets) sets of labels; labels must be bounded"))
            }
            return .success(found)
        }
        switch outcome {
        case .success(.counter(let counter)): counter.add(value)
        case .success(.gauge(let gauge)): gauge.set(value)
        case .success(.histogram(let histogram)): histogram.record(value)
        case .failure(let error):
            if error.code == .metricBound { countFold(of: "plugin.\(name)") }
            throw error
        }
    }

    private func check(_ labels: [MetricLabel], _ subject: String) throws(TelemetryError) {
        guard labels.count <= Self.maximumPluginLabels else {
            throw TelemetryError(
                .metricLabel, "\(subject): it has \(labels.count) labels; at most \(Self.maximumPluginLabels) are taken"
            )
        }
        for (place, label) in labels.enumerated() {
            guard label.name.isMetricName(within: 64) else {
                throw TelemetryError(
                    .metricLabel,
                    "\(subject), label \"\(label.name.cutToLabel)\": a label's name begins with a letter and has "
                        + "1 to 64 letters, digits, dots, underscores and hyphens")
            }
            guard label.name != "plugin" else {
                throw TelemetryError(.metricLabel, "\(subject): the label \"plugin\" is set by the host; leave it out")
            }
            guard !labels[..<place].contains(where: { $0.name == label.name }) else {
                throw TelemetryError(.metricLabel, "\(subject): the label \"\(label.name)\" is given twice")
            }
        }
    }

    func pluginFamilies() -> [MetricFamily] {
        plugins.withLock { $0 }.compactMap { name, metric in
            let samples = metric.series.entries.map { entry in
                switch entry.instrument {
                case .counter(let counter): MetricSample(labels: entry.labels, value: counter.value)
                case .gauge(let gauge): MetricSample(labels: entry.labels, value: gauge.value)
                case .histogram(let histogram): MetricSample(labels: entry.labels, histogram)
                }
            }
            guard !samples.isEmpty else { return nil }
            return MetricFamily(
                name: "plugin.\(name)", kind: metric.kind, unit: metric.unit, help: "Recorded by a plugin.",
                samples: samples)
        }
    }
}

extension String {
    /// A letter, then letters, digits, dots, underscores and hyphens (OpenTelemetry instrument names without `/`).
    fileprivate func isMetricName(within bound: Int) -> Bool {
        guard (1...bound).contains(utf8.count), let first = utf8.first else { return false }
        func isLetter(_ byte: UInt8) -> Bool {
            (byte | 0x20) >= UInt8(ascii: "a") && (byte | 0x20) <= UInt8(ascii: "z")
        }
        return isLetter(first)
            && utf8.allSatisfy { byte in
                isLetter(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: ".")
                    || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
            }
    }
}
