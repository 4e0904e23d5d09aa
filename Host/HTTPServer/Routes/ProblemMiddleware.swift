import Hummingbird
import JackfieldVocabulary
import Logging
import NIOCore

/// Turns what a management route throws into problem details, by the same table as everywhere else.
struct ProblemMiddleware: RouterMiddleware {
    typealias Context = ManagementContext

    let logger: Logger

    @concurrent func handle(
        _ request: Request, context: ManagementContext,
        next: @concurrent (Request, ManagementContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as CallError {
            let reason = context.server.reason(for: error)
            logger.warning(
                "request failed",
                metadata: [
                    "request_id": "\(context.id)", "code": "\(reason.code.label)", "reason": "\(reason.message)",
                ])
            return answer(ProblemDetails(reason, origin: ErrorAnswer.origin(reason), requestID: context.id), context)
        } catch let error as HTTPError where error.status == .notFound {
            return answer(ProblemDetails.unknownPath(request.method.rawValue, context.server.path), context)
        } catch let error as HTTPError where error.status == .methodNotAllowed {
            return answer(ProblemDetails.methodNotAllowed(request.method.rawValue, allowed: "GET"), context)
        }
    }

    private func answer(_ problem: ProblemDetails, _ context: ManagementContext) -> Response {
        Response(
            status: .init(code: problem.status), headers: [.contentType: ProblemDetails.contentType],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: problem.body(requestID: context.id))))
    }
}
