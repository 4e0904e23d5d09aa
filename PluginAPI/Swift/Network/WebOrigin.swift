/// The two schemes of the web.
public enum WebScheme: String, Sendable, Hashable {
    case http
    case https

    public var defaultPort: UInt16 { self == .http ? 80 : 443 }
}

/// Scheme, host and port: an origin as in RFC 6454.
public struct WebOrigin: Sendable, Hashable, CustomStringConvertible {
    public let scheme: WebScheme
    /// In lower case; an IPv6 address in its canonical form (RFC 5952) and without brackets.
    public let host: String
    public let port: UInt16

    /// The parts are taken as they are; `WebURL` checks what comes as text.
    public init(scheme: WebScheme, host: String, port: UInt16) {
        self.scheme = scheme
        self.host = host
        self.port = port
    }

    /// The value of the `Host` field (RFC 9112, section 3.2): the port only where it is not the scheme's own.
    public var authority: String {
        let name = host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]" : host
        return port == scheme.defaultPort ? name : "\(name):\(port)"
    }

    public var description: String { "\(scheme.rawValue)://\(authority)" }
}
