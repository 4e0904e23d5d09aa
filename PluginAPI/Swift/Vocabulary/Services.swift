import CJackfield

/// `jackfield_http_request` (http.h).
public struct HTTPRequest: Payload {
    public var method: String
    public var url: String
    public var headers: [(name: String, value: String)]
    public var body: [UInt8]?

    public init(method: String, url: String, headers: [(name: String, value: String)] = [], body: [UInt8]? = nil) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
    }

    public init(_ reader: PayloadReader) {
        let head = reader.head(jackfield_http_request())
        self.init(
            method: reader.text(head.method), url: reader.text(head.url), headers: reader.pairs(head.headers),
            body: reader.optional(head.body))
    }

    public func payload() -> [UInt8] {
        var writer = PayloadWriter(jackfield_http_request.self, reserving: 256 + (body?.count ?? 0))
        var head = jackfield_http_request()
        head.method = writer.text(method)
        head.url = writer.text(url)
        head.headers = writer.pairs(headers)
        head.body = writer.data(body)
        return writer.finish(head)
    }
}

/// `jackfield_http_head` (http.h). Header names are in lower case.
///
/// One that came as a payload stays as it is until somebody asks for a header: most are never looked at.
public struct HTTPHead: Payload {
    private enum Headers: Sendable {
        case values([(name: String, value: String)])
        case payload([UInt8])
    }

    public let status: Int
    private let stored: Headers

    public init(status: Int, headers: [(name: String, value: String)]) {
        self.status = status
        stored = .values(headers)
    }

    public init(_ reader: PayloadReader) {
        status = Int(reader.head(jackfield_http_head()).status)
        stored = .payload(Array(reader.bytes))
    }

    /// Take over a payload that was checked, without copying it.
    public init(checked payload: [UInt8]) {
        status = payload.withUnsafeBytes { Int(PayloadReader(checked: $0).head(jackfield_http_head()).status) }
        stored = .payload(payload)
    }

    public var headers: [(name: String, value: String)] {
        switch stored {
        case .values(let headers): headers
        case .payload(let payload):
            payload.withUnsafeBytes { bytes in
                let reader = PayloadReader(checked: bytes)
                return reader.pairs(reader.head(jackfield_http_head()).headers)
            }
        }
    }

    public func payload() -> [UInt8] {
        if case .payload(let payload) = stored { return payload }
        var writer = PayloadWriter(jackfield_http_head.self, reserving: 384)
        var head = jackfield_http_head()
        head.status = UInt32(status)
        head.headers = writer.pairs(headers)
        return writer.finish(head)
    }

    /// The first value of a header, named in lower case.
    public func header(_ name: String) -> String? {
        switch stored {
        case .values(let headers): headers.first { $0.name == name }?.value
        case .payload(let payload):
            payload.withUnsafeBytes { bytes in
                let reader = PayloadReader(checked: bytes)
                return reader.first(named: name, in: reader.head(jackfield_http_head()).headers)
            }
        }
    }
}

/// `jackfield_http_body` (http.h).
public struct HTTPBody: Payload, Hashable {
    public var data: [UInt8]

    public init(_ data: [UInt8]) { self.data = data }

    public init(_ reader: PayloadReader) { data = reader.data(reader.head(jackfield_http_body()).data) }

    public func payload() -> [UInt8] {
        data.withUnsafeBytes { HTTPBody.payload(of: $0) }
    }

    /// The payload of bytes that lie somewhere else, without copying them twice.
    public static func payload(of data: UnsafeRawBufferPointer) -> [UInt8] {
        var writer = PayloadWriter(jackfield_http_body.self, reserving: data.count)
        var head = jackfield_http_body()
        head.data = writer.data(data)
        return writer.finish(head)
    }
}

/// `jackfield_log_write` (log.h).
public struct LogLine: Payload {
    public enum Level: UInt32, Sendable, Hashable {
        case trace
        case debug
        case info
        case notice
        case warning
        case error
    }

    public var level: Level
    public var message: String
    public var fields: [(name: String, value: String)]

    public init(level: Level, message: String, fields: [(name: String, value: String)] = []) {
        self.level = level
        self.message = message
        self.fields = fields
    }

    public init(_ reader: PayloadReader) {
        let head = reader.head(jackfield_log_write())
        level = Level(rawValue: head.level) ?? .error
        message = reader.text(head.message)
        fields = reader.pairs(head.fields)
    }

    public func payload() -> [UInt8] {
        var writer = PayloadWriter(jackfield_log_write.self)
        var head = jackfield_log_write()
        head.level = level.rawValue
        head.message = writer.text(message)
        head.fields = writer.pairs(fields)
        return writer.finish(head)
    }
}

/// `jackfield_metrics_record` (metrics.h).
public struct MetricRecord: Payload, Hashable {
    public var name: String
    public var kind: Exporter.Kind
    public var unit: String
    public var value: Double
    public var labels: [Exporter.Label]

    public init(name: String, kind: Exporter.Kind, unit: String, value: Double, labels: [Exporter.Label] = []) {
        self.name = name
        self.kind = kind
        self.unit = unit
        self.value = value
        self.labels = labels
    }

    public init(_ reader: PayloadReader) {
        let head = reader.head(jackfield_metrics_record())
        self.init(
            name: reader.text(head.name), kind: Exporter.Kind(rawValue: head.kind) ?? .gauge,
            unit: reader.text(head.unit), value: head.value, labels: reader.labels(head.labels))
    }

    public func payload() -> [UInt8] {
        var writer = PayloadWriter(jackfield_metrics_record.self)
        var head = jackfield_metrics_record()
        head.kind = kind.rawValue
        head.value = value
        head.name = writer.text(name)
        head.unit = writer.text(unit)
        head.labels = writer.labels(labels)
        return writer.finish(head)
    }
}

/// `jackfield_timer_after` (timer.h).
public struct TimerRequest: Payload, Hashable {
    /// Nanoseconds.
    public var delay: Int64

    public init(delay: Int64) { self.delay = delay }
    public init(_ reader: PayloadReader) { delay = reader.head(jackfield_timer_after()).delay }

    public func payload() -> [UInt8] {
        let writer = PayloadWriter(jackfield_timer_after.self, reserving: 0)
        var head = jackfield_timer_after()
        head.delay = delay
        return writer.finish(head)
    }
}

/// `jackfield_secrets_get` (secrets.h).
public struct SecretRequest: Payload, Hashable {
    public var name: String

    public init(name: String) { self.name = name }
    public init(_ reader: PayloadReader) { name = reader.text(reader.head(jackfield_secrets_get()).name) }

    public func payload() -> [UInt8] {
        var writer = PayloadWriter(jackfield_secrets_get.self)
        var head = jackfield_secrets_get()
        head.name = writer.text(name)
        return writer.finish(head)
    }
}

/// `jackfield_secrets_value` (secrets.h). Never write it to a log.
public struct SecretValue: Payload, CustomStringConvertible {
    public var value: String

    public init(value: String) { self.value = value }
    public init(_ reader: PayloadReader) { value = reader.text(reader.head(jackfield_secrets_value()).value) }

    public func payload() -> [UInt8] {
        var writer = PayloadWriter(jackfield_secrets_value.self)
        var head = jackfield_secrets_value()
        head.value = writer.text(value)
        return writer.finish(head)
    }

    public var description: String { "«redacted»" }
}
