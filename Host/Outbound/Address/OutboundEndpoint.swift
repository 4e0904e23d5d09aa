/// The two schemes that this client speaks.
package enum OutboundScheme: String, Sendable, Hashable {
    case http
    case https

    package var defaultPort: UInt16 { self == .http ? 80 : 443 }
}

/// Where a connection leads: scheme, host and port, that is, the origin of RFC 6454. Connections are pooled by it.
package struct OutboundEndpoint: Sendable, Hashable, CustomStringConvertible {
    package let scheme: OutboundScheme
    /// In lower case; an IPv6 address is without its brackets.
    package let host: String
    package let port: UInt16

    package init(scheme: OutboundScheme, host: String, port: UInt16) {
        self.scheme = scheme
        self.host = host
        self.port = port
    }

    /// The value of the `Host` field (RFC 9112, 3.2): the port only where it is not the scheme's own.
    package var authority: String {
        let name = self.host.utf8.contains(UInt8(ascii: ":")) ? "[\(self.host)]" : self.host
        return self.port == self.scheme.defaultPort ? name : "\(name):\(self.port)"
    }

    package var description: String { "\(self.scheme.rawValue)://\(self.authority)" }
}
