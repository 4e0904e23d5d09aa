import Glibc

/// An average of latencies that rises at once and falls slowly, so that an upstream that has become slow is avoided
/// from the first slow answer on (Finagle's peak EWMA load metric).
///
/// A pure value: times are nanoseconds of one monotonic clock.
package struct PeakEWMA: Sendable {
    private let decay: Double
    private var average = 0.0
    private var latest: Int64 = 0

    /// `decay`: nanoseconds in which a past latency loses all but 1/e of its weight. At least 1.
    package init(decay: Int64 = 10_000_000_000) { self.decay = Double(max(1, decay)) }

    /// Record successful calls. A quick failure is no sign of a quick upstream.
    package mutating func record(_ latency: Int64, now: Int64) {
        let latency = Double(max(1, latency))
        let weight = weight(now)
        latest = max(latest, now)
        average = latency > average * weight ? max(latency, blend(latency, weight)) : blend(latency, weight)
    }

    /// The average in nanoseconds, 0 if nothing was recorded yet. It fades while nothing is recorded, so that an
    /// upstream that was slow once is tried again.
    package func latency(now: Int64) -> Double { average * weight(now) }

    /// What one more call would wait for, with `outstanding` others that have not ended.
    package func cost(now: Int64, outstanding: Int) -> Double { latency(now: now) * Double(max(0, outstanding) + 1) }

    private func blend(_ latency: Double, _ weight: Double) -> Double { average * weight + latency * (1 - weight) }

    private func weight(_ now: Int64) -> Double { now > latest ? exp(-Double(now - latest) / decay) : 1 }
}
