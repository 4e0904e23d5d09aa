import CJackfield

/// A Swift value that travels as a flat payload.
public protocol Payload: Sendable {
    /// Read from a payload that was checked.
    init(_ reader: PayloadReader)
    /// The payload, ready to be sent.
    func payload() -> [UInt8]
}

/// The result of a method that has nothing to say (`jackfield_empty`, and requests without fields).
public struct Empty: Payload, Hashable {
    public init() {}
    public init(_ reader: PayloadReader) {}
    public func payload() -> [UInt8] { PayloadWriter(jackfield_empty.self, reserving: 0).finish(jackfield_empty()) }
}

/// Who asks, and how the request is known (`jackfield_context`). Travels with every call.
public struct CallContext: Payload, Hashable {
    /// The correlation id: it stands in every log line about the request.
    public var requestID: String
    /// W3C Trace Context `traceparent`.
    public var traceParent: String?
    public var tenant: String?
    public var user: String?
    public var session: String?

    public init(
        requestID: String, traceParent: String? = nil, tenant: String? = nil, user: String? = nil,
        session: String? = nil
    ) {
        self.requestID = requestID
        self.traceParent = traceParent
        self.tenant = tenant
        self.user = user
        self.session = session
    }

    public init(_ reader: PayloadReader) {
        let head = reader.head(jackfield_context())
        requestID = reader.text(head.request_id)
        traceParent = reader.optional(head.trace_parent)
        tenant = reader.optional(head.tenant)
        user = reader.optional(head.user)
        session = reader.optional(head.session)
    }

    public func payload() -> [UInt8] {
        var writer = PayloadWriter(jackfield_context.self)
        var head = jackfield_context()
        head.request_id = writer.text(requestID)
        head.trace_parent = writer.text(traceParent)
        head.tenant = writer.text(tenant)
        head.user = writer.text(user)
        head.session = writer.text(session)
        return writer.finish(head)
    }
}
