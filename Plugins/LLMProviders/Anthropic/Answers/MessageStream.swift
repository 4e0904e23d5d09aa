import JackfieldPlugin
import JackfieldVocabulary

/// A stream on its way from the upstream to the one who asked.
struct MessageStream {
    let response: HTTPResponse
    let call: Call<LLM.Event>
    /// Bytes that the stream may have.
    let limit: Int

    /// Pass everything on. If that fails, or is no longer wanted, the upstream is left.
    ///
    /// - Throws: `UpstreamError`, or a `CallError` of the host's. It says that trying again may help only if nothing
    ///   was given out: a second attempt would give its beginning twice.
    func run(promptBytes: @autoclosure () -> Int) async throws -> LLM.CompletionResult {
        var decoder = MessageStreamDecoder(limit: limit)
        var hasEmitted = false
        do {
            while !decoder.isDone, let piece = try await next(decoder, hasEmitted) {
                let events = decoder.decode(piece)
                try await deliver(events, decoder.failure, &hasEmitted)
            }
            let events = decoder.finish(promptBytes: promptBytes())
            try await deliver(events, decoder.failure, &hasEmitted)
        } catch {
            response.cancel()
            throw error
        }
        // After the last event the rest of the body is left to the host, which ends the exchange in an orderly way.
        return decoder.result
    }

    private func deliver(_ events: [LLM.Event], _ failure: UpstreamError?, _ hasEmitted: inout Bool) async throws {
        for event in events {
            hasEmitted = true
            try await call.emit(event)
        }
        guard var failure else { return }
        if hasEmitted { failure.retry = false }
        throw failure
    }

    /// The next piece; an error of the network is told as what it does to the answer.
    private func next(_ decoder: MessageStreamDecoder, _ hasEmitted: Bool) async throws -> [UInt8]? {
        do {
            return try await response.next()
        } catch {
            guard error.code == .unavailable || error.code == .internal else { throw error }
            if decoder.isComplete { return nil }
            var broken = decoder.broken
            broken.detail = error.message
            broken.retry = !hasEmitted
            throw broken
        }
    }
}
