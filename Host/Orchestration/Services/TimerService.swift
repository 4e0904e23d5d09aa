import EventLoops
import JackfieldVocabulary
package import Loading
import Telemetry

/// jackfield.timer/1: waiting that costs no thread.
package struct TimerService: HostService {
    package let id = "jackfield.timer"
    package let revision: UInt32 = 1

    package init() {}

    package func start(_ call: ServiceCall) {
        let delay = call.request(TimerRequest.self).delay
        guard delay >= 0 else {
            return call.fail(CallError(.invalidArgument, "a timer of \(delay) ns: it takes 0 and up"))
        }
        let executor = call.scope.executor
        call.serve { _ in
            try await executor.sleep(until: (MonotonicTime.now() + .nanoseconds(delay)).nanoseconds)
            return Empty().payload()
        }
    }
}
