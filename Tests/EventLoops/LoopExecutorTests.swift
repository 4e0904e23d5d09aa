import EventLoops
import NIOCore
import NIOPosix
import Synchronization
import Testing

@Suite struct LoopExecutorTests {
    private func withExecutor(_ body: (LoopExecutor) async throws -> Void) async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        try await body(LoopExecutor(loop: group.next()))
        try await group.shutdownGracefully()
    }

    @Test func aTaskStaysOnItsLoopAcrossSuspensions() async throws {
        try await withExecutor { executor in
            let places = await withCheckedContinuation { (done: CheckedContinuation<[Bool], Never>) in
                executor.run {
                    var places = [executor.loop.inEventLoop]
                    // Woken from another thread.
                    await withUnsafeContinuation { (continuation: UnsafeContinuation<Void, Never>) in
                        Task.detached { continuation.resume() }
                    }
                    places.append(executor.loop.inEventLoop)
                    await Self.nested()
                    places.append(executor.loop.inEventLoop)
                    done.resume(returning: places)
                }
            }
            #expect(places == [true, true, true])
        }
    }

    private static func nested() async { await Task.yield() }

    @Test func onTheLoopATaskRunsAtOnce() async throws {
        try await withExecutor { executor in
            let order = try await executor.loop.submit {
                let log = Order()
                executor.run { log.add("task") }
                log.add("after")
                return log.all
            }.get()
            #expect(order == ["task", "after"])
        }
    }

    @Test func whatIsWokenWhilePerformRunsComesAfterIt() async throws {
        try await withExecutor { executor in
            let order = try await executor.loop.submit {
                let log = Order()
                executor.perform {
                    executor.run { log.add("task") }
                    log.add("performed")
                }
                log.add("after")
                return log.all
            }.get()
            #expect(order == ["performed", "task", "after"])
        }
    }

    @Test func timersFireInOrderAndNotEarlyAndCancelledOnesNever() async throws {
        try await withExecutor { executor in
            let fired = await withCheckedContinuation { (done: CheckedContinuation<[String], Never>) in
                executor.loop.execute {
                    let log = Order()
                    let start = Int64(NIODeadline.now().uptimeNanoseconds)
                    let cancelled = executor.at(start + 20_000_000) { log.add("never") }
                    _ = executor.at(start + 60_000_000) {
                        log.add(Int64(NIODeadline.now().uptimeNanoseconds) >= start + 60_000_000 ? "second" : "early")
                        done.resume(returning: log.all)
                    }
                    _ = executor.at(start + 10_000_000) { log.add("first") }
                    cancelled.cancel()
                    cancelled.cancel()
                }
            }
            #expect(fired == ["first", "second"])
        }
    }

    @Test func aTimerMayCancelAnotherThatIsDueAtTheSameTime() async throws {
        try await withExecutor { executor in
            let fired = await withCheckedContinuation { (done: CheckedContinuation<[String], Never>) in
                executor.loop.execute {
                    let log = Order()
                    let due = Int64(NIODeadline.now().uptimeNanoseconds) + 20_000_000
                    let timers = Timers()
                    for name in ["a", "b"] {
                        timers.all.append(
                            executor.at(due) {
                                log.add(name)
                                for timer in timers.all { timer.cancel() }
                            })
                    }
                    _ = executor.at(due + 40_000_000) { done.resume(returning: log.all) }
                }
            }
            #expect(fired.count == 1)
        }
    }

    @Test func anEarlierTimerIsNotHeldUpByALaterOne() async throws {
        try await withExecutor { executor in
            let late = await withCheckedContinuation { (done: CheckedContinuation<Int64, Never>) in
                executor.loop.execute {
                    let start = Int64(NIODeadline.now().uptimeNanoseconds)
                    // So late that no stall of the machine is taken for it.
                    let later = executor.at(start + 120_000_000_000) {}
                    _ = executor.at(start + 30_000_000) {
                        later.cancel()
                        done.resume(returning: Int64(NIODeadline.now().uptimeNanoseconds) - start)
                    }
                }
            }
            #expect(late < 60_000_000_000)
        }
    }

    @Test func aSleeperThatIsCancelledWakesAtOnce() async throws {
        try await withExecutor { executor in
            let task = Mutex<Task<Void, Never>?>(nil)
            let outcome = await withCheckedContinuation { (done: CheckedContinuation<String, Never>) in
                let running = executor.run {
                    do {
                        try await executor.sleep(until: Int64(NIODeadline.now().uptimeNanoseconds) + 3_600_000_000_000)
                        done.resume(returning: "slept")
                    } catch {
                        done.resume(returning: "cancelled")
                    }
                }
                task.withLock { $0 = running }
                running.cancel()
            }
            #expect(outcome == "cancelled")
        }
    }
}

/// Confined to the loop.
private final class Timers {
    var all: [LoopTimer] = []
}

private final class Order: Sendable {
    private let entries = Mutex<[String]>([])
    func add(_ entry: String) { entries.withLock { $0.append(entry) } }
    var all: [String] { entries.withLock { $0 } }
}
