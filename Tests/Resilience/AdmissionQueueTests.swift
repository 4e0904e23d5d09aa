import Resilience
import Testing

struct AdmissionQueueTests {
    private var queue = AdmissionQueue<Int>(AdmissionSettings(concurrency: 2, queue: 3))

    private mutating func enter(_ waiter: Int, now: Int64 = 0, deadline: Int64 = 0) -> AdmissionEntry {
        queue.enter(now: now, deadline: deadline, waiter: waiter)
    }

    @Test mutating func admitsWhileThereAreSlotsThenQueuesThenSheds() {
        #expect(enter(1) == .admitted)
        #expect(queue.enterIfFree() == true)
        #expect(queue.enterIfFree() == false)
        for waiter in 3...5 {
            guard case .queued = enter(waiter) else {
                Issue.record("\(waiter) was not queued")
                return
            }
        }
        #expect(enter(6) == .shed(.full, retryAfter: second))
        #expect(queue.running == 2)
        #expect(queue.queued == 3)
        #expect(queue.leave(now: 1, serviceTime: 100).admitted == 3)
        #expect(queue.leave(now: 1, serviceTime: 100).admitted == 4)
        #expect(queue.leave(now: 1, serviceTime: 100).admitted == 5)
        #expect(queue.leave(now: 1, serviceTime: 100).admitted == nil)
        #expect(queue.running == 1)
    }

    @Test mutating func aDeadlineThatHasPassedIsShedEvenIfASlotIsFree() {
        #expect(enter(1, now: 10, deadline: 10) == .shed(.deadline, retryAfter: second))
        #expect(enter(1, now: 10, deadline: 11) == .admitted)
    }

    @Test mutating func whoWouldWaitBeyondItsDeadlineIsNotLetIn() {
        for waiter in 1...2 { #expect(enter(waiter) == .admitted) }
        guard case .queued = enter(3) else {
            Issue.record("3 was not queued")
            return
        }
        _ = queue.leave(now: 0, serviceTime: 800)
        guard case .queued = enter(4) else {
            Issue.record("4 was not queued")
            return
        }
        // 800 ns for each call, two at a time, and one is ahead.
        #expect(queue.expectedWait == 800)
        #expect(enter(5, now: 100, deadline: 899) == .shed(.deadline, retryAfter: 800))
        guard case .queued = enter(5, now: 100, deadline: 900) else {
            Issue.record("5 was not queued")
            return
        }
    }

    @Test mutating func aSlotThatServedNobodySaysNothingOfTheServiceTime() {
        #expect(queue.enterIfFree() == true)
        _ = queue.leave(now: 0, serviceTime: 1000)
        for _ in 0..<100 {
            #expect(queue.enterIfFree() == true)
            _ = queue.leave(now: 0, serviceTime: nil)
        }
        for waiter in 1...2 { #expect(enter(waiter) == .admitted) }
        #expect(queue.running == 2)
        #expect(queue.expectedWait == 500)
    }

    @Test mutating func theServiceTimeFollowsWhatIsMeasured() {
        for _ in 0..<100 {
            #expect(queue.enterIfFree() == true)
            _ = queue.leave(now: 0, serviceTime: 1000)
        }
        #expect(queue.expectedWait == 0, "a slot is free")
        for _ in 0..<200 {
            #expect(queue.enterIfFree() == true)
            _ = queue.leave(now: 0, serviceTime: 5000)
        }
        while queue.enterIfFree() {}
        #expect((2490...2500).contains(queue.expectedWait))
    }

    @Test mutating func whoWithdrawsIsNotWokenAndOnlyOnce() {
        for waiter in 1...2 { _ = enter(waiter) }
        guard case .queued(let third) = enter(3), case .queued(let fourth) = enter(4) else {
            Issue.record("they were not queued")
            return
        }
        #expect(queue.withdraw(third) == 3)
        #expect(queue.withdraw(third) == nil)
        #expect(queue.leave(now: 0, serviceTime: 1).admitted == 4)
        #expect(queue.withdraw(fourth) == nil, "it has its slot and must leave")
        _ = enter(5)
        #expect(queue.withdraw(third) == nil, "the place is another's now")
        #expect(queue.queued == 1)
    }

    @Test mutating func theEndEmptiesTheQueueInOrder() {
        for waiter in 1...5 { _ = enter(waiter) }
        #expect(queue.drain() == [3, 4, 5])
        #expect(queue.queued == 0)
        #expect(queue.leave(now: 0, serviceTime: 1).admitted == nil)
        #expect(queue.running == 1)
    }

    @Test mutating func hugeTimesDoNotOverflow() {
        queue = AdmissionQueue(AdmissionSettings(concurrency: 1, queue: .max))
        #expect(queue.enterIfFree() == true)
        _ = queue.leave(now: .max, serviceTime: .max)
        _ = enter(1)
        _ = enter(2)
        #expect(enter(3, now: 1, deadline: .max) != .admitted)
        #expect(queue.expectedWait == 3 * 3600 * second)
    }
}
