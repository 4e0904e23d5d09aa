import Resilience
import Testing

struct HedgeTests {
    @Test func waitsForThePercentileWithinItsBounds() {
        #expect(Hedge.delay(p95: 500, floor: 100, ceiling: 1000) == 500)
        #expect(Hedge.delay(p95: 50, floor: 100, ceiling: 1000) == 100)
        #expect(Hedge.delay(p95: 5000, floor: 100, ceiling: 1000) == 1000)
    }

    @Test func isOffWhileNothingIsKnownOrWithoutACeiling() {
        #expect(Hedge.delay(p95: nil, floor: 100, ceiling: 1000) == nil)
        #expect(Hedge.delay(p95: 500, floor: 100, ceiling: 0) == nil)
    }
}
