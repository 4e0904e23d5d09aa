public import JackfieldVocabulary

/// Reads the stream of a completion in one dialect: pieces from the network in, events out.
public protocol CompletionStreamDecoder {
    /// Why the stream is given up; what was returned before is good.
    var failure: UpstreamError? { get }
    /// The upstream said that it is done: what follows is of no interest.
    var isDone: Bool { get }
    /// Nothing of the answer is missing, whatever becomes of the stream.
    var isComplete: Bool { get }
    /// The stream that stopped before its end.
    var broken: UpstreamError { get }

    /// Take a piece as the network brought it, cut anywhere. `failure` and `isDone` are looked at afterwards.
    mutating func decode(_ piece: [UInt8]) -> [LLM.Event]

    /// The stream has ended without an error of the network. `failure` is looked at afterwards.
    ///
    /// - Parameter promptBytes: bytes of text in the request, for an estimate where the upstream counts no tokens.
    mutating func finish(promptBytes: @autoclosure () -> Int) -> [LLM.Event]
}

extension Call where Event == LLM.Event {
    /// Pass an upstream's stream on, to its end. If that fails, or is no longer wanted, the upstream is left.
    ///
    /// - Throws: `UpstreamError`, or a `CallError` of the host's. It says that trying again may help only if nothing was
    ///   given out: a second attempt would give its beginning twice.
    public func relay(
        _ response: HTTPResponse, through decoder: inout some CompletionStreamDecoder,
        promptBytes: @autoclosure () -> Int
    ) async throws {
        var hasEmitted = false
        do {
            while !decoder.isDone, let piece = try await next(of: response, decoder, hasEmitted) {
                let events = decoder.decode(piece)
                try await deliver(events, decoder.failure, &hasEmitted)
            }
            let events = decoder.finish(promptBytes: promptBytes())
            try await deliver(events, decoder.failure, &hasEmitted)
        } catch {
            response.cancel()
            throw error
        }
        // After the upstream's own end the rest of the body is left to the host, which ends the exchange in an orderly way.
    }

    private func deliver(_ events: [LLM.Event], _ failure: UpstreamError?, _ hasEmitted: inout Bool) async throws {
        for event in events {
            hasEmitted = true
            try await emit(event)
        }
        guard var failure else { return }
        if hasEmitted { failure.retry = false }
        throw failure
    }

    /// The next piece; an error of the network is told as what it does to the answer.
    private func next(
        of response: HTTPResponse, _ decoder: some CompletionStreamDecoder, _ hasEmitted: Bool
    ) async throws -> [UInt8]? {
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

extension HTTPHead {
    /// Whether the body is a stream of this media type. The upstream decides: some do not know streams, some know nothing
    /// else, and what stands between may gather one. Without a media type it is what was asked for.
    public func isStream(of mediaType: String, asked: Bool) -> Bool {
        guard let type = header("content-type") else { return asked }
        if asked { return !type.hasPrefix("application/json") && !type.hasPrefix("text/html") }
        return type.hasPrefix(mediaType)
    }
}

extension UpstreamError {
    /// Do something for which errors of an upstream leave the plugin as the host's, without the secrets.
    public static func told<Answer>(
        hiding secrets: [Secret], _ work: () async throws -> Answer
    ) async throws -> Answer {
        do {
            return try await work()
        } catch let error as UpstreamError {
            throw error.callError(hiding: secrets)
        }
    }
}
