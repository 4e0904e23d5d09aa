import Logging

/// What is logged of one request when its answer has ended.
package struct RequestRecord: Sendable {
    package var correlation: CorrelationID
    package var method: String
    /// The route's pattern or, where there is none, the path without its query: queries may hold secrets.
    package var route: String
    /// HTTP status; 0 where the client went away before there was one.
    package var status: Int
    /// Nanoseconds from the request's first byte to the answer's last.
    package var duration: Int64
    /// Bytes of the bodies.
    package var bytesIn: Int
    package var bytesOut: Int
    /// Who asked: a key's or a user's id, never the key itself.
    package var caller: String?
    package var model: String?
    package var upstream: String?
    package var inputTokens: Int?
    package var outputTokens: Int?
    /// Nanoseconds until the first token went out.
    package var firstToken: Int64?
    /// The short form of the error, where the request failed.
    package var errorCode: String?

    package init(
        correlation: CorrelationID, method: String, route: String, status: Int, duration: Int64, bytesIn: Int = 0,
        bytesOut: Int = 0, caller: String? = nil, model: String? = nil, upstream: String? = nil,
        inputTokens: Int? = nil,
        outputTokens: Int? = nil, firstToken: Int64? = nil, errorCode: String? = nil
    ) {
        self.correlation = correlation
        self.method = method
        self.route = route
        self.status = status
        self.duration = duration
        self.bytesIn = bytesIn
        self.bytesOut = bytesOut
        self.caller = caller
        self.model = model
        self.upstream = upstream
        self.inputTokens = inputTokens
        self.outputTokens = outputTokens
        self.firstToken = firstToken
        self.errorCode = errorCode
    }
}

/// One line a request, straight into the sink's bytes: the same form as every other line, without swift-log's
/// dictionaries, which cost more than the line. Any thread; never waits for the target.
package struct AccessLog: Sendable {
    private static let logger = "jackfield.request"
    private let sink: LogSink
    private let onlyFailures: Bool

    /// - Parameter onlyFailures: log only answers of status 500 and above.
    package init(_ sink: LogSink, onlyFailures: Bool = false) {
        self.sink = sink
        self.onlyFailures = onlyFailures
    }

    /// Level `info`, or `error` where the status is 500 or above.
    package func write(_ record: RequestRecord) {
        guard !onlyFailures || record.status >= 500 else { return }
        let level = record.status >= 500 ? Logger.Level.error : .info
        let format = sink.format
        let time = WallTime.now()
        sink.add { line in
            line.begin(format, time, level, logger: Self.logger, "request", record.correlation)
            line.field("method", .text(record.method), format)
            line.field("route", .text(record.route), format)
            line.field("status", .int(record.status), format)
            line.field("duration_ms", .milliseconds(record.duration), format)
            line.field("bytes_in", .int(record.bytesIn), format)
            line.field("bytes_out", .int(record.bytesOut), format)
            if let caller = record.caller { line.field("caller", .text(caller), format) }
            if let model = record.model { line.field("model", .text(model), format) }
            if let upstream = record.upstream { line.field("upstream", .text(upstream), format) }
            if let tokens = record.inputTokens { line.field("tokens_in", .int(tokens), format) }
            if let tokens = record.outputTokens { line.field("tokens_out", .int(tokens), format) }
            if let time = record.firstToken { line.field("first_token_ms", .milliseconds(time), format) }
            if let code = record.errorCode { line.field("error", .text(code), format) }
            line.end(format)
        }
    }
}
