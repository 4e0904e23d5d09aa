package import JackfieldVocabulary
import Loading

/// A completion that an upstream has begun to answer. For one reader, on the loop of the request.
package final class ModelCompletion: @unchecked Sendable {
    /// INSTANCE/MODEL
    package let upstream: String
    private let call: HostCall
    private var first: CallMailbox.Event?

    init(upstream: String, call: HostCall, first: CallMailbox.Event?) {
        self.upstream = upstream
        self.call = call
        self.first = first
    }

    /// The next event as it came; nil at the end.
    package func next() async throws(CallError) -> CallMailbox.Event? {
        if let first {
            self.first = nil
            return first
        }
        do throws(CallError) {
            return try await call.next()
        } catch {
            var error = error
            error.source = .upstream(upstream)
            throw error
        }
    }

    /// An event that is already there, or nil.
    package func poll() -> CallMailbox.Event? {
        if let first {
            self.first = nil
            return first
        }
        return call.poll()
    }

    /// How the completion came to be, once `next` returned nil.
    package func result() throws(CallError) -> LLM.CompletionResult {
        guard let end = call.mailbox.end else { throw CallError(.internal, "the completion has not ended") }
        var result = try end.get().withUnsafeBytes { LLM.CompletionResult(PayloadReader(checked: $0)) }
        result.upstream = upstream
        return result
    }

    /// Give up the rest.
    package func cancel() {
        call.abort(CallError(.cancelled, "the completion is no longer wanted"))
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
