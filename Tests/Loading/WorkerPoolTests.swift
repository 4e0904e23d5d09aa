import Glibc
import Synchronization
import Testing

@testable import Loading

@Suite struct WorkerPoolTests {
    /// Waits for `count` signals, with a bound so that a broken pool fails instead of hanging.
    private final class Latch: @unchecked Sendable {
        private let semaphore = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)
        init() { sem_init(semaphore, 0, 0) }
        func signal() { sem_post(semaphore) }
        func wait(_ count: Int) -> Bool {
            var until = timespec()
            clock_gettime(CLOCK_REALTIME, &until)
            until.tv_sec += 30
            for _ in 0..<count where sem_timedwait(semaphore, &until) != 0 { return false }
            return true
        }
    }

    @Test func neverMoreThreadsThanTheLimit() {
        let pool = WorkerPool(limit: 2)
        let running = Mutex((now: 0, most: 0))
        let latch = Latch()
        for _ in 0..<50 {
            pool.submit {
                running.withLock {
                    $0.now += 1
                    $0.most = max($0.most, $0.now)
                }
                sched_yield()
                running.withLock { $0.now -= 1 }
                latch.signal()
            }
        }
        #expect(latch.wait(50))
        #expect(running.withLock { $0.most } <= 2)
    }

    @Test func aBlockedWorkerDoesNotStopTheOthers() {
        let pool = WorkerPool(limit: 2)
        let blocked = Latch()
        let done = Latch()
        pool.submit { _ = blocked.wait(1) }
        for _ in 0..<10 { pool.submit { done.signal() } }
        #expect(done.wait(10))
        blocked.signal()
    }

    @Test func aStrandRunsItsJobsInOrderAndOneAtATime() {
        let pool = WorkerPool(limit: 4)
        let strand = Strand(pool: pool)
        let seen = Mutex<[Int]>([])
        let done = Latch()
        for number in 0..<500 {
            strand.post {
                seen.withLock { $0.append(number) }
                if number == 499 { done.signal() }
            }
        }
        #expect(done.wait(1))
        #expect(seen.withLock { $0 } == Array(0..<500))
    }

    @Test func aStrandThatIsHeldBackGoesOnWithTheSameJob() {
        let pool = WorkerPool(limit: 2)
        let strand = Strand(pool: pool)
        let seen = Mutex<[String]>([])
        let held = Latch()
        let done = Latch()
        strand.post {
            strand.holdBack { seen.withLock { $0.append("again") } }
            held.signal()
        }
        strand.post {
            seen.withLock { $0.append("next") }
            done.signal()
        }
        #expect(held.wait(1))
        strand.goOn()
        #expect(done.wait(1))
        #expect(seen.withLock { $0 } == ["again", "next"])
    }
}
