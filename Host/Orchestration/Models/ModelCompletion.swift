import CJackfield
import Caching
import EventLoops
package import JackfieldVocabulary
import Loading
import Telemetry

/// A completion that has begun: of an upstream that answers now, or out of the cache. For one reader, on the loop of the
/// request.
package final class ModelCompletion: @unchecked Sendable {
    /// INSTANCE/MODEL
    package let upstream: String
    /// How often upstreams were asked for it; 0 out of the cache.
    package let attempts: Int
    package let cache: CacheOutcome

    /// Out of the cache: no model was asked for it.
    package var isKept: Bool { if case .hit = cache { true } else { false } }

    private enum Source {
        case live(BegunAttempt)
        case kept(CachedResponse, next: Int)
    }
    private var source: Source
    private var first: CallMailbox.Event?
    private let idle: IdleWatch?
    /// What is to be done when it ends, however that comes.
    private var ending: CompletionEnding?
    private var isComplete = false

    init(_ attempt: BegunAttempt, attempts: Int, cache: CacheOutcome, idle: IdleWatch, ending: CompletionEnding) {
        upstream = attempt.upstream.name
        self.attempts = attempts
        self.cache = cache
        source = .live(attempt)
        first = attempt.first
        self.idle = idle
        self.ending = ending
        idle.start(attempt.call)
        if attempt.first == nil { complete(attempt) }
    }

    init(kept response: CachedResponse, cache: CacheOutcome) {
        upstream = response.upstream ?? "cache"
        attempts = 0
        self.cache = cache
        source = .kept(response, next: 0)
        idle = nil
    }

    deinit {
        cancel()
    }

    /// The next event as it came; nil at the end.
    package func next() async throws(CallError) -> CallMailbox.Event? {
        if let event = poll() { return event }
        guard case .live(let attempt) = source, !isComplete else { return nil }
        do throws(CallError) {
            idle?.beginWaiting()
            defer { idle?.endWaiting() }
            guard let event = try await attempt.call.next() else {
                complete(attempt)
                return nil
            }
            ending?.see(event)
            return event
        } catch {
            var error = error
            error.source = .upstream(upstream)
            finish(error)
            throw error
        }
    }

    /// An event that is already there, or nil.
    package func poll() -> CallMailbox.Event? {
        switch source {
        case .kept(let response, let next):
            guard next < response.events.count else { return nil }
            source = .kept(response, next: next + 1)
            return response.events[next]
        case .live(let attempt):
            if isComplete { return nil }
            let event = first ?? attempt.call.poll()
            first = nil
            if let event { ending?.see(event) }
            return event
        }
    }

    /// How the completion came to be, once `next` returned nil.
    package func result() throws(CallError) -> LLM.CompletionResult {
        let payload: [UInt8]
        switch source {
        case .kept(let response, _): payload = response.result
        case .live(let attempt):
            guard let end = attempt.call.mailbox.end else {
                throw CallError(.internal, "the completion has not ended")
            }
            payload = try end.get()
        }
        var result = payload.withUnsafeBytes { LLM.CompletionResult(PayloadReader(checked: $0)) }
        result.upstream = upstream
        return result
    }

    /// Give up the rest.
    package func cancel() {
        guard ending != nil, case .live(let attempt) = source else { return }
        let error = CallError(.cancelled, "the completion is no longer wanted")
        attempt.call.abort(error)
        finish(error)
    }

    private func complete(_ attempt: BegunAttempt) {
        isComplete = true
        guard var ending = ending.take() else { return }
        idle?.stop()
        ending.completed(attempt, result: (try? attempt.call.mailbox.end?.get()) ?? [])
        attempt.end(nil)
    }

    private func finish(_ error: CallError) {
        guard var ending = ending.take(), case .live(let attempt) = source else { return }
        idle?.stop()
        ending.failed(attempt)
        attempt.end(error)
    }
}

extension LLM.Event {
    /// Decode an event of a mailbox; nil for one that this version does not know.
    package init?(_ event: CallMailbox.Event) {
        guard let decoded = event.payload.withUnsafeBytes({ LLM.Event(event: event.event, PayloadReader(checked: $0)) })
        else { return nil }
        self = decoded
    }
}
