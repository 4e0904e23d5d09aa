import Resilience
import Testing

struct LatencyWindowTests {
    @Test func everyLatencyIsReadBackWithinSevenPercent() {
        var latency: Int64 = 1024
        while latency < 1 << 41 {
            var window = LatencyWindow()
            window.record(latency, now: 0)
            let read = window.quantile(0.5, now: 0) ?? 0
            #expect(abs(Double(read - latency)) <= 0.07 * Double(latency), "\(latency) was read as \(read)")
            latency += max(1, latency / 97)
        }
    }

    @Test(arguments: [.min, -1, 0, 1023, 1 << 41, .max] as [Int64]) func extremesAreCountedAtTheEnds(latency: Int64) {
        var window = LatencyWindow()
        window.record(latency, now: 0)
        let read = window.quantile(1, now: 0) ?? 0
        #expect(latency < 1024 ? read == 512 : read > 1 << 40)
    }

    @Test func saysNothingWithFewerThanAskedFor() {
        var window = LatencyWindow()
        #expect(window.quantile(0.95, now: 0) == nil)
        #expect(window.quantile(0.95, now: 0, minimumCount: 0) == nil)
        for _ in 0..<19 { window.record(second, now: 0) }
        #expect(window.quantile(0.95, now: 0, minimumCount: 20) == nil)
        window.record(second, now: 0)
        #expect(window.quantile(0.95, now: 0, minimumCount: 20) != nil)
    }

    @Test func remembersThreeQuartersOfTheWindowAndForgetsAfterTheWhole() {
        for start in stride(from: Int64(0), to: 30 * second, by: Int(777 * millisecond)) {
            var window = LatencyWindow(window: 60 * second)
            window.record(second, now: start)
            #expect(window.quantile(0.5, now: start + 45 * second) != nil)
            #expect(window.quantile(0.5, now: start + 60 * second) == nil)
        }
    }

    @Test(arguments: 1...50) func quantilesAgreeWithSortedLatencies(seed: Int) {
        var random = SeededRandom(UInt64(seed))
        var window = LatencyWindow(window: 8 * second)
        var kept: [(step: Int64, latency: Int64)] = []
        var now = Int64.random(in: 0...(100 * second), using: &random)
        for _ in 0..<400 {
            if random.chance(0.3) { now += Int64.random(in: 0...second, using: &random) }
            if random.chance(0.01) { now += 20 * second }
            let step = now / (2 * second)
            let latency =
                Int64(1024 << Int.random(in: 0...20, using: &random)) + Int64.random(in: 0...1000, using: &random)
            window.record(latency, now: now)
            kept.append((step, latency))
            kept.removeAll { $0.step <= step - 4 }
            #expect(window.count == kept.count)
            let quantile: Double = [0.0, 0.5, 0.9, 0.95, 0.99, 1].randomElement(using: &random) ?? 1.0
            let sorted = kept.map(\.latency).sorted()
            let rank = min(max(Int((quantile * Double(sorted.count)).rounded(.up)), 1), sorted.count)
            let exact = Double(sorted[rank - 1])
            let read = Double(window.quantile(quantile, now: now) ?? 0)
            #expect(abs(read - exact) <= 0.07 * exact, "quantile \(quantile) of \(sorted.count)")
        }
    }
}
