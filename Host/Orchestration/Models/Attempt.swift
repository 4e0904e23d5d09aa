import Manifest
import Registry
import CJackfield
import EventLoops
import JackfieldVocabulary
import Loading
import Telemetry

/// A call to an upstream whose first event is there.
struct BegunAttempt: Sendable {
    let upstream: Upstream
    let pass: Upstream.Pass
    let call: HostCall
    /// Nil if the answer ended without an event.
    let first: CallMailbox.Event?

    /// Nobody wants the rest.
    func abandon() {
        let error = CallError(.cancelled, "another upstream was faster")
        call.abort(error)
        upstream.end(pass, error)
    }
}

extension Upstream {
    /// Start a call and wait for its first event.
    ///
    /// - Parameter until: when it must be there, in nanoseconds of CLOCK_MONOTONIC.
    /// - Throws: why it is not; the pass is given back then.
    func begin(
        method: Int32, request: [UInt8], scope: CallScope, until: Int64
    ) async throws(CallError) -> BegunAttempt {
        let pass = try await enter(by: until, on: scope.executor)
        do throws(CallError) {
            guard let call = plugin.ready?.start(method: method, request: request, scope: scope) else {
                throw CallError(.unavailable, "the plugin \(route.instance) is not running")
            }
            let timer = scope.executor.at(until) {
                call.abort(CallError(.deadline, "it did not begin to answer in time", retry: true))
            }
            defer { timer.cancel() }
            let first = try await call.next()
            answered(pass)
            return BegunAttempt(upstream: self, pass: pass, call: call, first: first)
        } catch {
            end(pass, error)
            throw error
        }
    }
}
