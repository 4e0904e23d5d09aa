import JackfieldVocabulary
import NIOCore
import NIOHTTP1

/// Errors on their way to a client: one table of meanings (ErrorMapping), two dialects. What lies below /v1 speaks
/// OpenAI's, everything else RFC 9457.
enum ErrorAnswer {
    static func speaksOpenAI(_ path: String?) -> Bool { path == "/v1" || path?.hasPrefix("/v1/") == true }

    /// Whose failure it is, for the mapping.
    static func origin(_ error: CallError) -> ErrorOrigin {
        switch error.source {
        case .upstream(let name): .upstream(name)
        case .plugin(let id): .plugin(id)
        case nil: .host
        }
    }

    /// An error of /v1, unless the answer has begun.
    static func send(_ error: DialectError, _ response: ResponseWriter) {
        var headers = HTTPHeaders()
        for header in error.headers { headers.add(name: header.name, value: header.value) }
        response.send(
            HTTPResponseStatus(statusCode: error.status), contentType: "application/json", headers: headers,
            body: ByteBuffer(bytes: error.body))
    }

    static func send(_ error: CallError, _ request: ServerRequest, _ response: ResponseWriter) {
        if speaksOpenAI(request.path) {
            send(DialectError(error, origin: origin(error), requestID: request.requestID), response)
        } else {
            send(ProblemDetails(error, origin: origin(error), requestID: request.requestID), request, response)
        }
    }

    static func send(_ problem: ProblemDetails, _ request: ServerRequest, _ response: ResponseWriter) {
        var headers = HTTPHeaders()
        for header in problem.headers { headers.add(name: header.name, value: header.value) }
        response.send(
            HTTPResponseStatus(statusCode: problem.status), contentType: ProblemDetails.contentType, headers: headers,
            body: ByteBuffer(bytes: problem.body(requestID: request.requestID)))
    }

    static func notFound(_ request: ServerRequest, _ response: ResponseWriter) {
        if speaksOpenAI(request.path) {
            send(DialectError.unknownPath(request.method.rawValue, request.path), response)
        } else {
            send(ProblemDetails.unknownPath(request.method.rawValue, request.path), request, response)
        }
    }

    static func methodNotAllowed(_ request: ServerRequest, _ response: ResponseWriter, allowed: HTTPMethod) {
        var headers = HTTPHeaders()
        headers.add(name: "allow", value: allowed.rawValue)
        if speaksOpenAI(request.path) {
            let error = DialectError.methodNotAllowed(request.method.rawValue, allowed: allowed.rawValue)
            response.send(
                .methodNotAllowed, contentType: "application/json", headers: headers,
                body: ByteBuffer(bytes: error.body))
        } else {
            let problem = ProblemDetails.methodNotAllowed(request.method.rawValue, allowed: allowed.rawValue)
            response.send(
                .methodNotAllowed, contentType: ProblemDetails.contentType, headers: headers,
                body: ByteBuffer(bytes: problem.body(requestID: request.requestID)))
        }
    }
}
