import JackfieldVocabulary

/// Writes families one after the other.
struct Exposition {
    private let format: ExpositionFormat
    private var bytes: [UInt8] = []

    init(_ format: ExpositionFormat) {
        self.format = format
        bytes.reserveCapacity(16 * 1024)
    }

    mutating func end() -> [UInt8] {
        if format == .openMetrics { write("# EOF\n") }
        return bytes
    }

    mutating func add(_ family: Exporter.Family, named name: MetricName) {
        let samples = distinct(family)
        guard !samples.isEmpty else { return }
        // The text format knows a counter by the name of its samples, OpenMetrics by the name without `_total`.
        let total = family.kind == .counter ? "_total" : ""
        let title = format == .text ? name.base + total : name.base
        let kind =
            switch family.kind {
            case .counter: "counter"
            case .gauge: "gauge"
            case .histogram: "histogram"
            }
        if !family.help.isEmpty {
            write("# HELP \(title) \(LabelSet.escaped(family.help, quotes: format == .openMetrics))\n")
        }
        write("# TYPE \(title) \(kind)\n")
        if format == .openMetrics, let unit = name.unit { write("# UNIT \(title) \(unit)\n") }
        for sample in samples {
            if family.kind == .histogram {
                histogram(name.base, sample)
            } else {
                line(name.base + total, sample.labels, Self.number(sample.value))
            }
        }
    }

    private struct Row {
        let labels: String
        var value: Double
        var count: UInt64
        var buckets: [Exporter.Bucket]
    }

    /// The samples by their labels as they are written: two that have become the same would spoil the whole scrape.
    /// Their counts are added; of gauges the last one stands. A counter that is negative or no number is left out.
    private func distinct(_ family: Exporter.Family) -> [Row] {
        var rows: [Row] = []
        var places: [String: Int] = [:]
        for sample in family.samples {
            if family.kind == .counter, !(sample.value >= 0) { continue }
            let labels = LabelSet.text(sample.labels, family.kind)
            guard let at = places[labels] else {
                places[labels] = rows.count
                rows.append(
                    Row(labels: labels, value: sample.value, count: sample.count, buckets: Self.closed(sample)))
                continue
            }
            switch family.kind {
            case .gauge: rows[at].value = sample.value
            case .counter: rows[at].value += sample.value
            case .histogram:
                let buckets = Self.closed(sample)
                guard buckets.map(\.upper) == rows[at].buckets.map(\.upper) else { continue }
                rows[at].value += sample.value
                for index in buckets.indices { rows[at].buckets[index].count += buckets[index].count }
            }
        }
        return rows
    }

    /// Buckets with the infinite one at the end, which both formats demand.
    private static func closed(_ sample: Exporter.Sample) -> [Exporter.Bucket] {
        if sample.buckets.last?.upper == .infinity { return sample.buckets }
        return sample.buckets + [
            Exporter.Bucket(upper: .infinity, count: max(sample.count, sample.buckets.last?.count ?? 0))
        ]
    }

    private mutating func histogram(_ base: String, _ row: Row) {
        let comma = row.labels.isEmpty ? "" : ","
        for bucket in row.buckets {
            line("\(base)_bucket", "\(row.labels)\(comma)le=\"\(bound(bucket.upper))\"", "\(bucket.count)")
        }
        // With a negative bound the sum may fall, and OpenMetrics forbids it.
        if format == .text || !row.buckets.contains(where: { $0.upper < 0 }) {
            line("\(base)_sum", row.labels, Self.number(row.value))
        }
        line("\(base)_count", row.labels, "\(row.buckets.last?.count ?? row.count)")
    }

    private mutating func line(_ name: String, _ labels: String, _ value: String) {
        write(name)
        if !labels.isEmpty { write("{\(labels)}") }
        write(" \(value)\n")
    }

    private mutating func write(_ text: String) { bytes.append(contentsOf: text.utf8) }

    /// OpenMetrics has a bound always with a point or an exponent, so that a series has one name.
    private func bound(_ value: Double) -> String {
        format == .openMetrics && value.isFinite ? "\(value)" : Self.number(value)
    }

    static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value > 0 ? "+Inf" : "-Inf" }
        if let whole = Int64(exactly: value), whole.magnitude < 1 << 53 { return "\(whole)" }
        return "\(value)"
    }
}
