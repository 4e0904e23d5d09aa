import JackfieldJSON
package import JackfieldVocabulary
import Synchronization

/// The last values of every finding of an instance, so that an answer can say how things moved since the last question.
/// Any thread.
package final class TrendMemory: Sendable {
    private struct Sample {
        /// Nanoseconds.
        let time: Int64
        let value: Double
    }

    /// Samples of one finding that are kept, and findings that are remembered: those not seen for longest go first.
    static let samples = 8
    static let findings = 1024

    private let samples = Mutex<[String: [Sample]]>([:])

    package init() {}

    /// The finding with what it was before; the value is remembered for the next time.
    ///
    /// - Parameter time: nanoseconds of the clock that all calls use.
    package func told(_ measured: Measured, at time: Int64) -> Agent.Finding {
        guard measured.hasTrend, let value = measured.value else { return measured.finding() }
        let before = samples.withLock { samples in
            let before = samples[measured.id] ?? []
            samples[measured.id] = (before + [Sample(time: time, value: value)]).suffix(Self.samples)
            if samples.count > Self.findings,
                let oldest = samples.min(by: { ($0.value.last?.time ?? 0) < ($1.value.last?.time ?? 0) })
            {
                samples[oldest.key] = nil
            }
            return before
        }
        guard let last = before.last else { return measured.finding() }
        let history = JSON.array(
            before.map { sample in
                ["age_s": .rounding(Double(time - sample.time) / 1e9), "value": .rounding(sample.value)]
            })
        let age = Double(time - last.time) / 1e9
        var trend = ""
        if Self.isNotable(from: last.value, to: value, measured.unit), age >= 1 {
            let was = Amount.text(last.value, measured.unit)
            trend = ", \(value > last.value ? "up" : "down") from \(was) \(Amount.duration(age)) ago"
        }
        return measured.finding(trend: trend, history: history)
    }

    /// Whether a reader would want to know: five points of a percentage; otherwise a quarter, and more than a trifle.
    private static func isNotable(from: Double, to: Double, _ unit: String?) -> Bool {
        let change = abs(to - from)
        switch unit {
        case "%": return change >= 5
        case "By", "By/s": return change >= 1_048_576 && change >= abs(from) / 4
        case "1": return change >= 0.5
        default: return change >= 1 && change >= abs(from) / 4
        }
    }
}
