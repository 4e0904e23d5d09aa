import HTTPTypes
package import Hummingbird
package import Logging
import NIOCore
import NIOHTTP1

/// Serves requests by a Hummingbird router, behind the engine's own listener and gate.
package struct ManagementResponder: RequestHandler {
    /// Told of an error that no middleware turned into a response; the engine then answers 500.
    package typealias ErrorReporter = @Sendable (any Error, ServerRequest) -> Void

    private let respond: @Sendable (Request, ManagementContext) async throws -> Response
    private let logger: Logger
    private let reportError: ErrorReporter

    /// - Parameter responder: `router.buildResponder()`.
    package init<Responder: HTTPResponder>(_ responder: Responder, logger: Logger, reportError: @escaping ErrorReporter)
    where Responder.Context == ManagementContext {
        respond = { request, context in try await responder.respond(to: request, context: context) }
        self.logger = logger
        self.reportError = reportError
    }

    package func handle(_ request: ServerRequest, _ response: ResponseWriter) async {
        let context = ManagementContext(source: ManagementContextSource(logger: logger, server: request))
        do {
            let answer = try await respond(Request(request), context)
            response.route = Self.route(context)
            try await write(answer, to: response, isHead: request.method == .HEAD)
        } catch is ResponseError {
            // The client is gone, or the engine cancelled the request: it knows.
        } catch {
            response.route = Self.route(context)
            if request.cancellationReason == nil { reportError(error, request) }
        }
    }

    /// The route's pattern; "other" where there is none, so that unknown paths are one label.
    private static func route(_ context: ManagementContext) -> String {
        guard let pattern = context.coreContext.endpointPath.value, pattern != "NotFound" else { return "other" }
        return pattern
    }

    private func write(_ answer: Response, to response: ResponseWriter, isHead: Bool) async throws {
        var headers = HTTPHeaders()
        headers.reserveCapacity(answer.headers.count)
        for field in answer.headers { headers.add(name: field.name.rawName, value: field.value) }
        let status = HTTPResponseStatus(statusCode: answer.status.code, reasonPhrase: answer.status.reasonPhrase)
        // A route for HEAD may know the length of a body that it does not make.
        let stated = isHead ? answer.headers[.contentLength].flatMap { Int($0) } : nil
        let length = stated ?? answer.body.contentLength
        response.begin(status, headers: headers, contentLength: length)
        try await answer.body.write(ManagementBodyWriter(response: response, isStream: length == nil))
        response.end()
    }
}

/// Passes a Hummingbird body on, at the client's pace.
private struct ManagementBodyWriter: ResponseBodyWriter {
    let response: ResponseWriter
    /// A stream's pieces are sent as they come; a body of known length travels with its head.
    let isStream: Bool

    func write(_ buffer: ByteBuffer) async throws {
        response.write(buffer)
        if isStream || response.bufferedBytes > 32 * 1024 { try await response.flush() }
    }

    consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
}

extension Request {
    fileprivate init(_ request: ServerRequest) throws {
        var fields = HTTPFields()
        fields.reserveCapacity(request.headers.count)
        var authority: String?
        for (name, value) in request.headers {
            if name.isField("host") {
                authority = value
            } else if let name = HTTPField.Name(name) {
                fields.append(HTTPField(name: name, value: value))
            }
        }
        guard let method = HTTPRequest.Method(request.method.rawValue) else {
            throw HTTPError(.notImplemented, message: "The method is not a token.")
        }
        let head = HTTPRequest(
            method: method, scheme: "http", authority: authority, path: request.target, headerFields: fields)
        self.init(head: head, body: RequestBody(buffer: request.body))
    }
}
