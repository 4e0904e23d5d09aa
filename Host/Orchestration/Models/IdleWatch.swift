import NIOCore
import EventLoops
import JackfieldVocabulary
import Loading
import Telemetry

/// Ends a call whose reader has waited for its next event for too long. Confined to the loop of the request.
///
/// One timer that looks now and then, instead of one for each event: a stream has thousands of them. Time in which the
/// reader itself is slow does not count.
final class IdleWatch: @unchecked Sendable {
    private let executor: LoopExecutor
    /// Nanoseconds.
    private let limit: Int64
    private var waitingSince: Int64?
    private var timer: LoopTimer?

    init(_ executor: LoopExecutor, limit: Int64) {
        self.executor = executor
        self.limit = limit
    }

    func start(_ call: HostCall) { arm(call, at: MonotonicTime.now().nanoseconds + limit) }

    func beginWaiting() { waitingSince = MonotonicTime.now().nanoseconds }
    func endWaiting() { waitingSince = nil }

    /// From any thread: a completion may be let go of elsewhere. The call has ended by then, so a timer that comes before
    /// the loop hears of it finds nothing to do.
    func stop() {
        guard executor.loop.inEventLoop else { return executor.loop.execute { self.disarm() } }
        disarm()
    }

    private func disarm() {
        waitingSince = nil
        timer?.cancel()
        timer = nil
    }

    private func arm(_ call: HostCall, at time: Int64) {
        timer = executor.at(time) { [weak self, weak call] in
            guard let self, let call else { return }
            timer = nil
            let now = MonotonicTime.now().nanoseconds
            if let since = waitingSince, now - since >= limit {
                call.abort(CallError(.deadline, "its answer stopped coming", retry: false))
            } else {
                arm(call, at: (waitingSince ?? now) + limit)
            }
        }
    }
}
