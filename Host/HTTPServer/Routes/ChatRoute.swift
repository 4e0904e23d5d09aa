import JackfieldVocabulary
import Loading
import Logging
import NIOCore
import NIOHTTP1
import Orchestration
import Telemetry

/// POST /v1/chat/completions: from the client's dialect through input validators, the model's route and output
/// validators, and back; whole or as a stream.
final class ChatRoute: Sendable {
    let router: ModelRouter
    let input: ValidatorChain
    let output: ValidatorChain
    let logger: Logger
    private let meters: ModelMeters

    init(router: ModelRouter, input: ValidatorChain, output: ValidatorChain, metrics: MetricsRegistry, logger: Logger) {
        self.router = router
        self.input = input
        self.output = output
        self.logger = logger
        meters = ModelMeters(metrics, router: router)
    }

    func handle(_ request: ServerRequest, _ response: ResponseWriter) async {
        var decoded: ChatCompletionRequest
        do throws(DialectError) {
            decoded = try ChatCompletionRequest.decode(request.body)
        } catch {
            return ErrorAnswer.send(error, response)
        }
        let scope = CallScope(request)
        let wishes = CacheWishes(request.headers)
        var answer = Answer(
            route: self, request: request, response: response, scope: scope, model: decoded.request.model,
            includeUsage: decoded.includeUsage)
        do throws(CallError) {
            guard router.has(decoded.request.model) else {
                return ErrorAnswer.send(DialectError.modelNotFound(decoded.request.model), response)
            }
            try await input.screen(&decoded.request, scope: scope)
            let upstream = try await router.complete(decoded.request, scope: scope, wishes: wishes)
            do throws(CallError) {
                if decoded.request.stream {
                    try await answer.stream(upstream)
                } else {
                    try await answer.whole(upstream)
                }
            } catch {
                upstream.cancel()
                throw error
            }
        } catch {
            answer.fail(request.reason(for: error))
        }
    }

    /// One answer on its way, and what is measured of it.
    private struct Answer {
        let route: ChatRoute
        let request: ServerRequest
        let response: ResponseWriter
        let scope: CallScope
        let model: String
        let includeUsage: Bool
        private let started = MonotonicTime.now()
        private let id = ChatCompletionID.make()
        /// Seconds since 1970.
        private let created = WallTime.now().nanoseconds / 1_000_000_000
        private var hasText = false

        init(
            route: ChatRoute, request: ServerRequest, response: ResponseWriter, scope: CallScope, model: String,
            includeUsage: Bool
        ) {
            self.route = route
            self.request = request
            self.response = response
            self.scope = scope
            self.model = model
            self.includeUsage = includeUsage
        }

        /// How the answer came to be, for its headers.
        private var provenance = HTTPHeaders()

        mutating func whole(_ upstream: ModelCompletion) async throws(CallError) {
            provenance = AnswerProvenance.headers(upstream)
            var answer = ChatCompletionAnswer()
            var screen = CompletionScreen(route.output, isWhole: true)
            var size = 0
            while let raw = try await upstream.next() {
                size += raw.payload.count
                guard size <= ChatRoute.largestAnswer else {
                    throw CallError(.exhausted, "the model's answer is longer than \(ChatRoute.largestAnswer) bytes")
                }
                guard let event = LLM.Event(raw) else { continue }
                try await screen.pass(event, scope: scope)
                for passed in screen.takeReady() { answer.add(passed) }
                measure(event, upstream)
            }
            try await screen.finish(scope: scope)
            for passed in screen.takeReady() { answer.add(passed) }
            let result = try upstream.result()
            finished(nil, upstream.upstream)
            response.send(
                .ok, contentType: "application/json", headers: provenance,
                body: ByteBuffer(
                    bytes: ChatCompletionEncoder.encode(answer, id: id, created: created, model: model, result: result))
            )
        }

        private var buffer = ByteBuffer()

        mutating func stream(_ upstream: ModelCompletion) async throws(CallError) {
            provenance = AnswerProvenance.headers(upstream)
            provenance.add(name: "cache-control", value: "no-cache")
            var screen = CompletionScreen(route.output, isWhole: false)
            var stream = ChatCompletionStream(id: id, created: created, model: model, includeUsage: includeUsage)
            while true {
                // What is there is written in one piece; only then wait.
                var next = upstream.poll()
                if next == nil {
                    try await flush()
                    next = try await upstream.next()
                }
                guard let raw = next else { break }
                guard let event = LLM.Event(raw) else { continue }
                try await screen.pass(event, scope: scope)
                for passed in screen.takeReady() { stream.append(passed, to: &buffer) }
                measure(event, upstream)
                if buffer.readableBytes > 16 * 1024 { try await flush() }
            }
            try await screen.finish(scope: scope)
            for passed in screen.takeReady() { stream.append(passed, to: &buffer) }
            stream.finish(try upstream.result(), to: &buffer)
            finished(nil, upstream.upstream)
            write()
            response.end()
        }

        /// The status goes out with the first bytes, so that what fails before them is answered as an error.
        private mutating func write() {
            guard buffer.readableBytes > 0 else { return }
            if !response.hasBegun {
                response.begin(.ok, contentType: "text/event-stream", headers: provenance)
            }
            response.write(buffer)
            buffer.clear()
        }

        private mutating func flush() async throws(CallError) {
            guard buffer.readableBytes > 0 else { return }
            write()
            do throws(ResponseError) {
                try await response.flush()
            } catch {
                throw CallError(.cancelled, "\(error)")
            }
        }

        mutating func fail(_ error: CallError) {
            if error.code != .cancelled {
                route.logger.warning(
                    "completion failed",
                    metadata: [
                        "request_id": "\(request.requestID)", "model": "\(model)", "code": "\(error.code.label)",
                        "upstream": "\(error.upstream ?? "-")", "reason": "\(error.message)",
                    ])
            }
            finished(error.code, error.upstream)
            guard response.hasBegun else { return ErrorAnswer.send(error, request, response) }
            // The client has a status and part of an answer: the rest is an error in the stream.
            DialectError(error, origin: ErrorAnswer.origin(error), requestID: request.requestID).appendEvent(
                to: &buffer)
            response.write(buffer)
            response.end()
        }

        private mutating func measure(_ event: LLM.Event, _ upstream: ModelCompletion) {
            switch event {
            case .text, .toolCall:
                if hasText { return }
                hasText = true
                route.meters.firstToken(model, nanoseconds: started.elapsed)
            case .usage(let usage):
                // What is kept was counted when it was made.
                if !upstream.isKept { route.meters.usage(usage, model) }
            default: break
            }
        }

        private func finished(_ code: CallError.Code?, _ upstream: String?) {
            route.meters.finished(model, upstream, code, nanoseconds: started.elapsed)
        }
    }

    /// Bytes of the events of an answer that is sent whole: it is kept until it is complete.
    private static let largestAnswer = 64 << 20
}
