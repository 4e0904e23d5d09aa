/// All metrics at one moment: a plain value.
package struct MetricsSnapshot: Sendable, Hashable {
    package let time: WallTime
    /// Since when counters and histograms count.
    package let start: WallTime
    /// Those that have at least one sample, sorted by name.
    package let families: [MetricFamily]

    package subscript(name: String) -> MetricFamily? { families.first { $0.name == name } }
}

package struct MetricFamily: Sendable, Hashable {
    package let name: String
    package let kind: MetricKind
    package let unit: String
    package let help: String
    /// In the order of their first use.
    package let samples: [MetricSample]

    /// The sample with exactly these labels, in any order.
    package subscript(labels labels: KeyValuePairs<String, String>) -> MetricSample? {
        let wanted = labels.map { MetricLabel($0.key, $0.value) }.sorted()
        return samples.first { $0.labels == wanted }
    }
}

package struct MetricSample: Sendable, Hashable {
    /// Sorted by name.
    package let labels: [MetricLabel]
    /// Of a counter or gauge the value, of a histogram the sum.
    package let value: Double
    /// Of a histogram how many values; otherwise 0.
    package let count: UInt64
    /// Of a histogram, cumulative, by rising bound, the infinite one last; otherwise empty.
    package let buckets: [MetricBucket]

    package init(labels: [MetricLabel], value: Double, count: UInt64 = 0, buckets: [MetricBucket] = []) {
        self.labels = labels
        self.value = value
        self.count = count
        self.buckets = buckets
    }

    /// An estimate of the value below which `fraction` (0 to 1) of all values lie, by straight line within its bucket
    /// as Prometheus' `histogram_quantile` does: never above the highest finite bound. Nil without values.
    package func quantile(_ fraction: Double) -> Double? {
        guard count > 0, fraction >= 0, fraction <= 1 else { return nil }
        let rank = fraction * Double(count)
        var below: UInt64 = 0
        var lower = 0.0
        for bucket in buckets {
            if Double(bucket.count) >= rank, bucket.count > below {
                guard bucket.upper.isFinite else { return lower }
                return lower + (bucket.upper - lower) * (rank - Double(below)) / Double(bucket.count - below)
            }
            below = bucket.count
            if bucket.upper.isFinite { lower = bucket.upper }
        }
        return lower
    }
}

package struct MetricLabel: Sendable, Hashable, Comparable {
    package let name: String
    package let value: String

    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }

    package static func < (left: MetricLabel, right: MetricLabel) -> Bool { left.name < right.name }
}

package struct MetricBucket: Sendable, Hashable {
    /// Inclusive; infinite in the last one.
    package let upper: Double
    /// Cumulative.
    package let count: UInt64

    package init(upper: Double, count: UInt64) {
        self.upper = upper
        self.count = count
    }
}
