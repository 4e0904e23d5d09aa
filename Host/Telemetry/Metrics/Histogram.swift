import Synchronization

/// A histogram with its labels, resolved once. Any thread; recording never locks.
///
/// Unchecked, because the pointers are not `Sendable` by themselves: both are set once in `init`, the bounds are only
/// read afterwards and the counts are atomics.
package final class Histogram: @unchecked Sendable {
    private let bounds: UnsafeMutableBufferPointer<Double>
    /// One for each bound, and the last for what is above them all.
    private let counts: UnsafeMutablePointer<Atomic<UInt64>>
    private let total = Atomic<Double>(0)

    /// `bounds`: inclusive upper bounds, rising.
    init(bounds: [Double]) {
        self.bounds = .allocate(capacity: bounds.count)
        _ = self.bounds.initialize(from: bounds)
        counts = .allocate(capacity: bounds.count + 1)
        for i in 0...bounds.count { (counts + i).initialize(to: Atomic(0)) }
    }

    deinit {
        (counts).deinitialize(count: bounds.count + 1)
        counts.deallocate()
        bounds.deallocate()
    }

    /// Records one value in the metric's unit. What is not finite is ignored, since it would spoil the sum for good.
    package func record(_ value: Double) {
        guard value.isFinite else { return }
        var low = 0
        var high = bounds.count
        while low < high {
            let middle = (low + high) / 2
            if value <= bounds[middle] { high = middle } else { low = middle + 1 }
        }
        counts[low].wrappingAdd(1, ordering: .relaxed)
        total.accumulate(value)
    }

    /// Records a duration, for a histogram in seconds.
    package func record(nanoseconds: Int64) { record(Double(nanoseconds) / 1e9) }

    /// The sum, and the cumulative buckets with the infinite one last. The count is that of the last bucket, so that
    /// the two agree even while others record; the sum may be ahead or behind by the values that are being recorded.
    func read() -> (sum: Double, buckets: [MetricBucket]) {
        var running: UInt64 = 0
        var buckets: [MetricBucket] = []
        buckets.reserveCapacity(bounds.count + 1)
        for i in 0...bounds.count {
            running += counts[i].load(ordering: .relaxed)
            buckets.append(MetricBucket(upper: i < bounds.count ? bounds[i] : .infinity, count: running))
        }
        return (total.load(ordering: .relaxed), buckets)
    }
}
