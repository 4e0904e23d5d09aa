import Manifest
import Registry
import CJackfield
import EventLoops
import JackfieldVocabulary
import Loading
import Telemetry

/// How often upstreams were asked for one request, and which have failed. Confined to its loop.
final class AttemptCount: @unchecked Sendable {
    var value = 0
    /// INSTANCE/MODEL
    var last: String?
    /// Those that were asked and failed: a hedge does not go there.
    var failed: Set<String> = []
    /// Those that failed beside the one that the walk asked, and were not told of yet.
    var beside: [FailedAttempt] = []
}

/// An attempt of two that ran at one time.
struct FailedAttempt {
    let upstream: Upstream
    let error: CallError
    /// Nanoseconds.
    let duration: Int64
}

/// A call to an upstream whose first event is there.
struct BegunAttempt: Sendable {
    let upstream: Upstream
    let pass: Upstream.Pass
    let scope: CallScope
    let call: HostCall
    /// Nil if the answer ended without an event.
    let first: CallMailbox.Event?

    /// Nobody wants the rest.
    func abandon() {
        let error = CallError(.cancelled, "another upstream was faster")
        call.abort(error)
        upstream.end(pass, error)
    }

    /// The answer ended.
    ///
    /// - Parameter error: nil if it was complete.
    func end(_ error: CallError?) {
        // A long answer that the request's deadline cuts off says nothing of the upstream.
        let isPast = scope.deadline > 0 && MonotonicTime.now().nanoseconds >= scope.deadline
        upstream.end(pass, error, isJudged: !(error?.code == .deadline && isPast))
    }
}

/// Whether an attempt was overtaken by a hedge. Confined to the loop of the request.
final class Overtaken: @unchecked Sendable {
    var value = false
}

extension Upstream {
    /// Start a call and wait for its first event.
    ///
    /// - Parameter overtaken: whether its being cancelled means that it was slow.
    /// - Throws: why it is not; the pass is given back then.
    func begin(
        method: Int32, request: [UInt8], scope: CallScope, patience: Patience, counting attempts: AttemptCount,
        overtaken: Overtaken? = nil
    ) async throws(CallError) -> BegunAttempt {
        var pass = try await enter(by: patience.until, on: scope.executor)
        attempts.value += 1
        attempts.last = name
        do throws(CallError) {
            guard let call = plugin.ready?.start(method: method, request: request, scope: scope) else {
                throw CallError(.unavailable, "the plugin \(route.instance) is not running")
            }
            let timer = scope.executor.at(patience.until) {
                call.abort(CallError(.deadline, "it did not begin to answer in time", retry: true))
            }
            defer { timer.cancel() }
            let first = try await call.next()
            answered(&pass)
            return BegunAttempt(upstream: self, pass: pass, scope: scope, call: call, first: first)
        } catch {
            if error.code == .cancelled, overtaken?.value == true {
                end(pass, CallError(.deadline, "another upstream was faster"))
            } else {
                end(pass, error, isJudged: error.code != .deadline || patience.isFull)
            }
            throw error
        }
    }
}
