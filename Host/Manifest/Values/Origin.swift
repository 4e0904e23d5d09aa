/// A scheme, a host and a port, and optionally a path that everything must lie below: `https://api.example.com/v1`.
///
/// The host is lower case; a port that the scheme implies is filled in (RFC 6454). The path prefix is empty or starts
/// with "/" and does not end with one.
package struct Origin: Sendable, Hashable, CustomStringConvertible {
    package let scheme: String
    package let host: String
    /// 1...65535.
    package let port: Int
    package let pathPrefix: String

    /// - Throws: `InvalidValue`, when the text is no http or https address, or bears user, query or fragment.
    package init(_ text: String) throws(InvalidValue) {
        guard let colon = text.firstRange(of: "://"), case let scheme = text[..<colon.lowerBound].lowercased(),
            scheme == "http" || scheme == "https"
        else { throw InvalidValue("\(text.quoted) is not an origin: write \"https://HOST\" or \"http://HOST:PORT\"") }
        let rest = text[colon.upperBound...]
        guard !rest.contains(where: { "?#@\\ ".contains($0) }) else {
            throw InvalidValue("\(text.quoted) may hold neither user, query, fragment nor space")
        }
        let slash = rest.firstIndex(of: "/") ?? rest.endIndex
        let authority = try HostAndPort(String(rest[..<slash]), defaultPort: scheme == "https" ? 443 : 80)
        var path = rest[slash...]
        while path.hasSuffix("/") { path = path.dropLast() }
        guard !path.split(separator: "/").contains(where: { $0 == "." || $0 == ".." }) else {
            throw InvalidValue("\(text.quoted) may not climb with \".\" or \"..\"")
        }
        guard !Self.isOddAddress(authority.host) else {
            throw InvalidValue(
                "\(text.quoted): a host that ends in a number is an IPv4 address, of four decimal parts without leading zeros"
            )
        }
        self.scheme = scheme
        self.host = authority.host.lowercased()
        self.port = authority.port
        self.pathPrefix = String(path)
        guard authority.port > 0 else { throw InvalidValue("\(text.quoted): the port must be from 1 to 65535") }
    }

    /// Whether resolvers would take a host for an address that it does not plainly spell: "127.1", "0x7f.1", "0177.0.0.1"
    /// (the URL standard's "ends in a number").
    private static func isOddAddress(_ host: String) -> Bool {
        var labels = host.split(separator: ".", omittingEmptySubsequences: false)
        if labels.last?.isEmpty == true { labels.removeLast() }
        guard let last = labels.last, last.utf8.allSatisfy(Characters.isDigit) || last.lowercased().hasPrefix("0x")
        else {
            return false
        }
        return host.hasSuffix(".") || labels.count != 4
            || !labels.allSatisfy { UInt8($0).map(String.init) == String($0) }
    }

    package var description: String {
        let implied = self.scheme == "https" ? 443 : 80
        let host = self.host.contains(":") ? "[\(self.host)]" : self.host
        return "\(self.scheme)://\(host)\(self.port == implied ? "" : ":\(self.port)")\(self.pathPrefix)"
    }
}

/// A web page's origin that may call the server from a browser: "*" or an origin without a path.
package enum CORSOrigin: Sendable, Hashable, CustomStringConvertible {
    case any
    case origin(Origin)

    package init(_ text: String) throws(InvalidValue) {
        if text == "*" {
            self = .any
        } else {
            let origin = try Origin(text)
            guard origin.pathPrefix.isEmpty else {
                throw InvalidValue("\(text.quoted) has a path: browsers send scheme, host and port only")
            }
            self = .origin(origin)
        }
    }

    package var description: String {
        switch self {
        case .any: "*"
        case .origin(let origin): origin.description
        }
    }
}

/// Where the server listens: `127.0.0.1:8080`, `[::1]:8080`, `0.0.0.0:8080`. Port 0 lets the system choose.
package struct ListenAddress: Sendable, Hashable, CustomStringConvertible {
    /// An address or a name, without brackets.
    package let host: String
    /// 0...65535.
    package let port: Int

    package init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// - Throws: `InvalidValue`, when the text is not HOST:PORT.
    package init(_ text: String) throws(InvalidValue) {
        let parts = try HostAndPort(text, defaultPort: nil)
        self.host = parts.host
        self.port = parts.port
    }

    /// Whether only this machine can reach it.
    package var isLoopback: Bool { self.host == "localhost" || self.host == "::1" || self.host.hasPrefix("127.") }

    package var description: String {
        self.host.contains(":") ? "[\(self.host)]:\(self.port)" : "\(self.host):\(self.port)"
    }
}

/// The authority part of an address (RFC 3986, 3.2) without user.
struct HostAndPort {
    let host: String
    let port: Int

    init(_ text: String, defaultPort: Int?) throws(InvalidValue) {
        let expected = defaultPort == nil ? "HOST:PORT, like \"127.0.0.1:8080\" or \"[::1]:8080\"" : "HOST or HOST:PORT"
        var host = text[...]
        var port = defaultPort
        let bracketed = text.hasPrefix("[")
        if let colon = text.lastIndex(of: ":"), !(bracketed && text.hasSuffix("]")) {
            let digits = text[text.index(after: colon)...]
            guard !digits.isEmpty, digits.utf8.allSatisfy(Characters.isDigit), let number = Int(digits), number <= 65535
            else {
                throw InvalidValue(
                    "\(text.quoted): \(String(digits).quoted) is not a port from 0 to 65535; write \(expected)")
            }
            port = number
            host = text[..<colon]
        }
        guard let port else { throw InvalidValue("\(text.quoted) names no port: write \(expected)") }
        if bracketed {
            guard host.hasSuffix("]"), host.utf8.dropFirst().dropLast().allSatisfy({ Self.isAddressByte($0) }) else {
                throw InvalidValue("\(text.quoted) is not an IPv6 address in brackets")
            }
            host = host.dropFirst().dropLast()
        } else {
            guard host.utf8.allSatisfy({ Characters.isWord($0) || $0 == 0x2D || $0 == 0x2E }) else {
                throw InvalidValue("\(text.quoted) is not a host: write \(expected)")
            }
        }
        guard 1...253 ~= host.utf8.count else { throw InvalidValue("\(text.quoted) names no host: write \(expected)") }
        self.host = String(host)
        self.port = port
    }

    private static func isAddressByte(_ byte: UInt8) -> Bool {
        Characters.isDigit(byte) || 0x61...0x66 ~= byte || 0x41...0x46 ~= byte || byte == 0x3A || byte == 0x2E
            || byte == 0x25
    }
}

extension Origin {
    /// For parts that are known to be right.
    init(scheme: String, host: String, port: Int) {
        self.scheme = scheme
        self.host = host
        self.port = port
        self.pathPrefix = ""
    }
}
