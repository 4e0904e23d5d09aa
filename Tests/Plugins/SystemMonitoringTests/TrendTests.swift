import JackfieldVocabulary
import Testing

@testable import SystemMonitoring

/// How findings say that they moved.
struct TrendTests {
    private let second: Int64 = 1_000_000_000

    private func cpu(_ value: Double) -> Measured {
        Measured("cpu.busy", "The CPU is \(Amount.percent(value)) busy", value: value, unit: "%", source: "/proc/stat")
    }

    @Test func aNotableMoveIsToldInTheSentence() {
        let trends = TrendMemory()
        #expect(trends.told(cpu(20), at: 0).title == "The CPU is 20% busy.")
        let second = trends.told(cpu(45), at: 180 * second)
        #expect(second.title == "The CPU is 45% busy, up from 20% 3 minutes ago.")
        #expect(second.detail == #"{"history":[{"age_s":180,"value":20}]}"#)
        let third = trends.told(cpu(30), at: 190 * self.second)
        #expect(third.title == "The CPU is 30% busy, down from 45% 10 seconds ago.")
        #expect(third.detail == #"{"history":[{"age_s":190,"value":20},{"age_s":10,"value":45}]}"#)
    }

    @Test func aTrifleIsNotTold() {
        let trends = TrendMemory()
        _ = trends.told(cpu(20), at: 0)
        #expect(trends.told(cpu(24), at: 60 * second).title == "The CPU is 24% busy.")
    }

    @Test func onlyTheLastSamplesAreKept() {
        let trends = TrendMemory()
        for index in 0..<20 { _ = trends.told(cpu(Double(index)), at: Int64(index) * second) }
        let detail = trends.told(cpu(20), at: 20 * second).detail ?? ""
        #expect(detail.split(separator: "age_s").count - 1 == TrendMemory.samples)
        #expect(detail.contains(#"{"age_s":8,"value":12}"#))
        #expect(!detail.contains(#""value":11}"#))
    }

    @Test func theFindingSeenLongestAgoIsForgottenFirst() {
        let trends = TrendMemory()
        _ = trends.told(cpu(20), at: 0)
        for index in 1...TrendMemory.findings {
            _ = trends.told(
                Measured("disk.space:/\(index)", "Full", value: 1, unit: "%", source: "x"), at: Int64(index) * second)
        }
        #expect(trends.told(cpu(90), at: 5000 * second).title == "The CPU is 90% busy.")
    }

    @Test func whatHasNoTrendHasNoHistory() {
        let trends = TrendMemory()
        let uptime = Measured("machine.uptime", "Up", value: 5, unit: "s", source: "/proc/uptime", hasTrend: false)
        _ = trends.told(uptime, at: 0)
        #expect(trends.told(uptime, at: second).detail == nil)
    }
}
