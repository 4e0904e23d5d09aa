import EventLoops
import JackfieldVocabulary
import Loading
import Resilience
import Synchronization
import Telemetry

/// The way to the tools of one isolated plugin that declares how many handlers it runs at a time: no more calls than
/// that are inside at once, the rest wait here, in order. So a crash takes with it only calls that were being worked on,
/// and those that wait do not notice more of it than a delay.
final class ToolLane: Sendable {
    /// Calls that may wait.
    static let queue = 1024

    private let name: String
    private let state: Mutex<AdmissionQueue<AdmissionWaiter>>

    init(_ name: String, concurrency: Int) {
        self.name = name
        state = Mutex(AdmissionQueue(AdmissionSettings(concurrency: concurrency, queue: Self.queue)))
    }

    /// One place in the lane. Given back once, from any thread.
    final class Pass: Sendable {
        private let lane: ToolLane
        private let isBack = Atomic<Bool>(false)

        fileprivate init(_ lane: ToolLane) { self.lane = lane }

        func giveBack() {
            guard isBack.exchange(true, ordering: .acquiringAndReleasing) == false else { return }
            lane.leave()
        }
    }

    /// Wait for a place. From a task of the scope's executor.
    ///
    /// - Throws: `deadline`, `cancelled`, or `exhausted` when too many wait.
    func enter(_ scope: CallScope) async throws(CallError) -> Pass {
        let waiter = AdmissionWaiter()
        let entry = state.withLock { queue -> AdmissionEntry in
            if queue.enterIfFree() { return .admitted }
            return queue.enter(now: MonotonicTime.now().nanoseconds, deadline: scope.deadline, waiter: waiter)
        }
        switch entry {
        case .admitted: return Pass(self)
        case .shed(.deadline, _): throw late
        case .shed(.full, let retryAfter):
            throw CallError(
                .exhausted, "\(Self.queue) calls wait for the tools of \(name) already", retry: true,
                retryAfter: retryAfter)
        case .queued(let ticket):
            let timer =
                scope.deadline > 0
                ? scope.executor.at(scope.deadline) { [self] in if withdraw(ticket) { waiter.resume(.shed) } } : nil
            let outcome = await waiter.wait { [self] in withdraw(ticket) }
            timer?.cancel()
            switch outcome {
            case .admitted:
                guard Task.isCancelled else { return Pass(self) }
                leave()
                throw CallError(.cancelled, "the call was cancelled")
            case .shed: throw late
            case .cancelled: throw CallError(.cancelled, "the call was cancelled")
            }
        }
    }

    private var late: CallError {
        CallError(.deadline, "the tools of \(name) were busy with other calls until the deadline", retry: true)
    }

    private func withdraw(_ ticket: AdmissionTicket) -> Bool { state.withLock { $0.withdraw(ticket) != nil } }

    private func leave() {
        let woken = state.withLock {
            // How long others took says nothing of how long one has to wait: only the deadline itself sheds.
            $0.leave(now: MonotonicTime.now().nanoseconds, serviceTime: nil)
        }
        woken.admitted?.resume(.admitted)
        for waiter in woken.shed { waiter.resume(.shed) }
    }
}
