/// Why an exchange with an upstream did not complete.
///
/// A value of this type is final: the client has already done the only retry that it does by itself (a pooled connection
/// that the peer had closed meanwhile).
package struct OutboundError: Error, Equatable, CustomStringConvertible {
    /// The closed list of reasons. The raw value is the fixed short form for metric labels.
    package enum Code: String, Sendable, CaseIterable {
        /// The caller cancelled the exchange.
        case cancelled
        /// The exchange's deadline passed.
        case deadline
        /// The request breaks a rule of HTTP or of this client; sending it again unchanged cannot succeed.
        case invalidRequest = "invalid_request"
        /// A grant or the address check does not admit the destination.
        case forbidden
        /// The host name has no address.
        case unresolved
        /// The upstream's machine answered, but nothing listens on the port.
        case refusedConnection = "refused_connection"
        /// There is no route to the upstream, or the system could not make the connection.
        case unreachable
        /// The upstream did not accept the connection within `OutboundSettings.connectTimeout`.
        case connectTimeout = "connect_timeout"
        /// No trusted, encrypted connection could be made, or it broke.
        case tls
        /// The connection ended before the response was complete.
        case reset
        /// What the upstream sent is not HTTP/1.1.
        case protocolViolation = "protocol_violation"
        /// The response's head passed a limit of `OutboundSettings`, or its body one of `OutboundLimits`.
        case tooLarge = "too_large"
        /// Too many exchanges wait for a connection to this endpoint, or the process has no descriptor left.
        case overloaded
        /// The client is shutting down.
        case shutdown
    }

    package let code: Code
    /// What was wrong and where; holds no query string, header or body, because those may be secret.
    package let sentence: String
    /// Whether it is certain that no byte of the request reached the upstream, so that sending it again, there or
    /// elsewhere, cannot make anything happen twice.
    package let safeToRetry: Bool
    /// Set where the host said no: a grant, the address check or a limit. It wants to be audited.
    package let refusal: OutboundRefusal?

    package init(_ code: Code, _ sentence: String, safeToRetry: Bool, refusal: OutboundRefusal? = nil) {
        self.code = code
        self.sentence = sentence
        self.safeToRetry = safeToRetry
        self.refusal = refusal
    }

    package var description: String { "\(self.code.rawValue): \(self.sentence)" }
}
