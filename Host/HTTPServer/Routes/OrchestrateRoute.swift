import JackfieldVocabulary
import Loading
import Logging
import NIOCore
import NIOHTTP1
import Orchestration

/// POST /api/v1/orchestrate and /api/v1/agents/{id}/invoke: one answer, or server-sent events named for what they carry.
struct OrchestrateRoute: Sendable {
    let orchestrator: Orchestrator
    let logger: Logger

    /// - Parameter agent: the agent of the path; nil: those that fit the question.
    func handle(_ request: ServerRequest, _ response: ResponseWriter, agent: String?) async {
        let decoded: OrchestrateRequest
        do throws(ProblemDetails) {
            decoded = try OrchestrateRequest.decode(request.body, agent: agent)
        } catch {
            return ErrorAnswer.send(error, request, response)
        }
        let scope = CallScope(request, session: decoded.request.session)
        let question = decoded.request
        let events = EventStream(response, requestID: request.requestID)
        do throws(CallError) {
            if decoded.stream {
                let answer = try await orchestrator.answer(question, scope: scope) { event async throws(CallError) in
                    try await events.send(event)
                }
                events.finish(answer, session: question.session)
            } else {
                let answer = try await orchestrator.answer(question, scope: scope) { _ async throws(CallError) in }
                let body = APIShapes.encode(answer: answer, session: question.session, requestID: request.requestID)
                response.send(.ok, contentType: "application/json; charset=utf-8", body: ByteBuffer(bytes: body))
            }
        } catch {
            let reason = request.reason(for: error)
            if reason.code != .cancelled {
                logger.warning(
                    "orchestration failed",
                    metadata: [
                        "request_id": "\(request.requestID)", "code": "\(reason.code.label)",
                        "reason": "\(reason.message)",
                    ])
            }
            guard response.hasBegun else { return ErrorAnswer.send(reason, request, response) }
            events.fail(ProblemDetails(reason, origin: ErrorAnswer.origin(reason), requestID: request.requestID))
        }
    }

    /// Writes events in the order in which the agents, which share the loop, send them.
    private final class EventStream: @unchecked Sendable {
        // Confined to the request's loop.
        private let response: ResponseWriter
        private var buffer = ByteBuffer()

        private let requestID: String

        init(_ response: ResponseWriter, requestID: String) {
            self.response = response
            self.requestID = requestID
        }

        func send(_ event: OrchestrationEvent) async throws(CallError) {
            APIEventStream.append(event, requestID: requestID, to: &buffer)
            write()
            do throws(ResponseError) {
                try await response.flush()
            } catch {
                throw CallError(.cancelled, "\(error)")
            }
        }

        func finish(_ answer: OrchestrationAnswer, session: String?) {
            APIEventStream.append(answer: answer, session: session, requestID: requestID, to: &buffer)
            write()
            response.end()
        }

        func fail(_ problem: ProblemDetails) {
            APIEventStream.append(problem, requestID: requestID, to: &buffer)
            write()
            response.end()
        }

        private func write() {
            if !response.hasBegun {
                response.begin(.ok, contentType: "text/event-stream", headers: ["cache-control": "no-cache"])
            }
            response.write(buffer)
            buffer.clear()
        }
    }
}
