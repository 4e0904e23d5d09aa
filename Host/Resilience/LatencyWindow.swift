/// The latencies of the last minute or so as a histogram, for quantiles.
///
/// Buckets are log-linear as in HdrHistogram: eight for each power of two from 1 µs to 36 min, so that what is read
/// is at most 6.25 % off. What is shorter or longer is counted in the first or last one. The window moves in four
/// steps: a latency is remembered for at least three quarters of it and at most the whole.
///
/// A pure value: times are nanoseconds of one monotonic clock; one before the latest seen counts as the latest. Nothing
/// allocates after `init`. About 5 KB.
package struct LatencyWindow: Sendable {
    private static var steps: Int { 4 }
    /// 2^10 ns, about 1 µs.
    private static var firstExponent: Int { 10 }
    /// The last power of two that has buckets: up to 2^41 ns, 36.6 min.
    private static var lastExponent: Int { 40 }
    private static var bucketCount: Int { 1 + (lastExponent - firstExponent + 1) * 8 }

    private let stepLength: Int64
    private var latestStep: Int64 = 0
    /// One histogram for each step, then their sum.
    private var counts: [UInt32]
    private var stepTotals: [Int]
    /// How many latencies the window holds, as of the latest operation.
    package private(set) var count = 0

    /// `window`: nanoseconds, at least 4.
    package init(window: Int64 = 60_000_000_000) {
        stepLength = max(1, window / Int64(Self.steps))
        counts = Array(repeating: 0, count: (Self.steps + 1) * Self.bucketCount)
        stepTotals = Array(repeating: 0, count: Self.steps)
    }

    /// `latency`: nanoseconds.
    package mutating func record(_ latency: Int64, now: Int64) {
        advance(to: now)
        let step = Int(latestStep % Int64(Self.steps))
        let bucket = Self.bucket(latency)
        // Saturates: after four thousand million calls in one bucket one more changes no quantile.
        guard counts[Self.steps * Self.bucketCount + bucket] < .max else { return }
        counts[step * Self.bucketCount + bucket] += 1
        counts[Self.steps * Self.bucketCount + bucket] += 1
        stepTotals[step] += 1
        count += 1
    }

    /// The latency in nanoseconds that the part `quantile` (0 to 1) of the calls did not exceed: the nearest rank.
    /// Nil if the window holds fewer than `minimumCount`, or nothing.
    package mutating func quantile(_ quantile: Double, now: Int64, minimumCount: Int = 1) -> Int64? {
        advance(to: now)
        guard count >= max(1, minimumCount) else { return nil }
        let rank = min(max(Int((quantile * Double(count)).rounded(.up)), 1), count)
        let base = Self.steps * Self.bucketCount
        // From above, since the quantiles that are asked for lie there.
        var rest = count - rank + 1
        var bucket = Self.bucketCount - 1
        while bucket > 0 {
            rest -= Int(counts[base + bucket])
            if rest <= 0 { break }
            bucket -= 1
        }
        return Self.middle(ofBucket: bucket)
    }

    static func bucket(_ latency: Int64) -> Int {
        guard latency >= 1 << firstExponent else { return 0 }
        let exponent = 63 - latency.leadingZeroBitCount
        guard exponent <= lastExponent else { return bucketCount - 1 }
        let eighth = Int(latency >> (exponent - 3)) & 7
        return 1 + (exponent - firstExponent) * 8 + eighth
    }

    static func middle(ofBucket bucket: Int) -> Int64 {
        guard bucket > 0 else { return 1 << (firstExponent - 1) }
        let exponent = firstExponent + (bucket - 1) / 8
        let width = Int64(1) << (exponent - 3)
        return Int64(8 + (bucket - 1) % 8) * width + width / 2
    }

    private mutating func advance(to now: Int64) {
        let step = max(0, now) / stepLength
        guard step > latestStep else { return }
        for passed in (max(latestStep, step - Int64(Self.steps)) + 1)...step {
            forget(Int(passed % Int64(Self.steps)))
        }
        latestStep = step
    }

    private mutating func forget(_ step: Int) {
        guard stepTotals[step] > 0 else { return }
        count -= stepTotals[step]
        stepTotals[step] = 0
        counts.withUnsafeMutableBufferPointer { counts in
            let sums = Self.steps * Self.bucketCount
            for bucket in 0..<Self.bucketCount {
                counts[sums + bucket] -= counts[step * Self.bucketCount + bucket]
                counts[step * Self.bucketCount + bucket] = 0
            }
        }
    }
}
