import HTTPServer
import JackfieldJSON
import JackfieldVocabulary
import NIOCore
import Testing

@Suite("An error is told to the client")
struct ErrorMappingTests {
    private static let secret = "/etc/jackfield/key: sk-abc at 10.0.0.7"

    /// Status, type, code, and whether the host's sentence is shown.
    static let host: [CallError.Code: (Int, String, String?, Bool)] = [
        .invalidArgument: (400, "invalid_request_error", nil, true),
        .unauthenticated: (401, "invalid_request_error", "invalid_api_key", true),
        .forbidden: (403, "permission_error", "forbidden", true),
        .notFound: (404, "invalid_request_error", "model_not_found", true),
        .conflict: (409, "conflict_error", "conflict", false),
        .rateLimited: (429, "rate_limit_error", "rate_limit_exceeded", true),
        .exhausted: (429, "insufficient_quota", "insufficient_quota", true),
        .unavailable: (503, "server_error", "unavailable", false),
        .refused: (400, "content_policy", "content_filter", true),
        .deadline: (504, "timeout_error", "deadline", false),
        .cancelled: (499, "request_cancelled", "cancelled", false),
        .internal: (500, "server_error", "internal", false),
        .unsupported: (400, "invalid_request_error", "unsupported", true),
    ]
    static let upstream: [CallError.Code: (Int, String, String?, Bool)] = [
        .invalidArgument: (400, "invalid_request_error", nil, true),
        .unauthenticated: (502, "upstream_error", "upstream_unauthenticated", false),
        .forbidden: (502, "upstream_error", "upstream_forbidden", false),
        .notFound: (502, "upstream_error", "upstream_not_found", false),
        .conflict: (409, "conflict_error", "conflict", false),
        .rateLimited: (429, "rate_limit_error", "rate_limit_exceeded", false),
        .exhausted: (429, "insufficient_quota", "insufficient_quota", false),
        .unavailable: (503, "upstream_error", "upstream_unavailable", false),
        .refused: (400, "content_policy", "content_filter", false),
        .deadline: (504, "timeout_error", "deadline", false),
        .cancelled: (499, "request_cancelled", "cancelled", false),
        .internal: (500, "server_error", "internal", false),
        .unsupported: (501, "upstream_error", "upstream_unsupported", false),
    ]

    @Test("by one table, with the sentences of others kept back", arguments: CallError.Code.allCases)
    func table(code: CallError.Code) throws {
        for (origin, rows) in [
            (ErrorOrigin.host, Self.host), (.upstream("up/m"), Self.upstream), (.plugin("agent"), Self.upstream),
        ] {
            let (status, type, label, isShown) = try #require(rows[code])
            let error = CallError(code, Self.secret)
            let dialect = DialectError(error, origin: origin, requestID: "r-1")
            #expect(dialect.status == status && dialect.type == type && dialect.code == label, "\(origin)")
            let shown = isShown && origin != .plugin("agent")
            #expect((dialect.message == Self.secret) == shown, "\(origin): \(dialect.message)")
            if !shown { #expect(!text(dialect.body).contains("sk-abc") && dialect.message.hasSuffix(".")) }
            let problem = ProblemDetails(error, origin: origin, requestID: "r-1")
            #expect(problem.status == status && problem.detail == dialect.message && !problem.title.isEmpty)
            if status == 500 { #expect(dialect.message.contains("r-1"), "the id leads to the log") }
            if case .upstream(let name) = origin, status == 503 { #expect(dialect.message.contains(name)) }
        }
    }

    @Test("with the time after which to try again, rounded up, where there is one")
    func retry() {
        let limited = CallError(.rateLimited, "slow", retry: true, retryAfter: 6_000_000_001)
        let error = DialectError(limited, origin: .upstream("up"), requestID: "r")
        #expect(error.headers.map { "\($0.name): \($0.value)" } == ["retry-after: 7", "x-should-retry: true"])
        #expect(ProblemDetails(limited, origin: .host, requestID: "r").headers.count == 2)
        let used = DialectError(CallError(.exhausted, ""), origin: .host, requestID: "r")
        #expect(used.headers.map { "\($0.name): \($0.value)" } == ["x-should-retry: false"])
        #expect(DialectError(CallError(.invalidArgument, "x"), origin: .host, requestID: "r").headers.isEmpty)
    }

    @Test("in OpenAI's envelope")
    func envelope() {
        #expect(
            text(DialectError.modelNotFound("no\"such").body)
                == #"{"error":{"message":"There is no model \"no\"such\"; GET /v1/models lists those that there are.","type":"invalid_request_error","param":"model","code":"model_not_found"}}"#
        )
    }

    @Test("as problem details")
    func problem() {
        let problem = ProblemDetails.invalid([
            ProblemDetails.FieldError(path: "input", message: "The field 'input' is missing."),
            ProblemDetails.FieldError(path: "agents[0]", message: "The field 'agents[0]' must not be empty."),
        ])
        #expect(
            text(problem.body(requestID: "r-1"))
                == #"{"type":"urn:jackfield:problem:invalid_argument","title":"The request is not valid","status":400,"#
                + #""detail":"The field 'input' is missing. The field 'agents[0]' must not be empty.","instance":"r-1","errors":["#
                + #"{"path":"input","message":"The field 'input' is missing."},{"path":"agents[0]","message":"The field 'agents[0]' must not be empty."}]}"#
        )
    }

    @Test("in the dialect of its path where the engine refuses it")
    func faults() throws {
        let fault = RequestFault(.bodyTooLarge, "The request body is larger than 16 bytes.")
        let openAI = FaultRendering.render(fault, path: "/v1/chat/completions", requestID: "r-1")
        #expect(openAI.contentType == "application/json")
        #expect(
            openAI.body.text
                == #"{"error":{"message":"The request body is larger than 16 bytes.","type":"invalid_request_error","param":null,"code":"body_too_large"}}"#
        )
        for path in ["/api/v1/orchestrate", "/v10", nil] {
            let problem = FaultRendering.render(fault, path: path, requestID: "r-1")
            #expect(problem.contentType == "application/problem+json")
            #expect(try JSON(parsing: problem.body.text)["status"]?.int == 413)
        }
    }
}
