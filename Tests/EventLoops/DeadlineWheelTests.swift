import EventLoops
import NIOCore
import Testing

@Suite struct DeadlineWheelTests {
    private final class Owner {
        let deadline: NIODeadline
        var isRemoved = false
        init(_ deadline: NIODeadline) { self.deadline = deadline }
    }

    private static let tick = Int64(DeadlineWheel<Owner>.tickNanoseconds)
    private let start = NIODeadline.uptimeNanoseconds(1_000_000_000)

    /// The only reference is a list: whatever the wheel is asked, the list answers as well.
    @Test(arguments: [1, 7, 42]) func expiresWhatAPlainListWould(seed: UInt64) {
        var random = seed
        func next(_ bound: Int64) -> Int64 {
            random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int64(random >> 33) % bound
        }
        var wheel = DeadlineWheel<Owner>(now: self.start, slotCount: 16)
        var live: [(owner: Owner, ticket: DeadlineWheel<Owner>.Ticket)] = []
        var now = self.start
        for _ in 0..<2000 {
            for _ in 0..<next(4) {
                let owner = Owner(now + .nanoseconds(next(60 * Self.tick)))
                live.append((owner, wheel.insert(owner, deadline: owner.deadline)))
            }
            if !live.isEmpty, next(3) == 0 {
                let removed = live.remove(at: Int(next(Int64(live.count))))
                wheel.remove(removed.ticket)
                removed.owner.isRemoved = true
            }
            now = now + .nanoseconds(next(next(20) == 0 ? 100 * Self.tick : 2 * Self.tick))
            let expired = wheel.expire(now: now)
            #expect(expired.allSatisfy { !$0.isRemoved && $0.deadline <= now }, "nothing expires early or once removed")
            live.removeAll { entry in expired.contains { $0 === entry.owner } }
            let late = now - .nanoseconds(2 * Self.tick)
            #expect(live.allSatisfy { $0.owner.deadline > late }, "nothing stays for more than two ticks")
            #expect(wheel.count == live.count)
        }
    }

    @Test func anEmptyWheelSkipsTheTimeThatItStood() {
        var wheel = DeadlineWheel<Owner>(now: self.start)
        let later = self.start + .hours(1000)
        wheel.skip(to: later)
        let owner = Owner(later + .nanoseconds(1))
        _ = wheel.insert(owner, deadline: owner.deadline)
        #expect(wheel.expire(now: later).isEmpty)
        #expect(wheel.nextTick > later)
        #expect(wheel.expire(now: wheel.nextTick + .nanoseconds(Self.tick)).count == 1)
    }
}
