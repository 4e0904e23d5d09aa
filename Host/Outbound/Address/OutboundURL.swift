/// An absolute http or https URL, parsed once and strictly (RFC 3986), so that what was checked is what is sent.
///
/// Refused rather than mended: user information, control characters, spaces, backslashes and anything outside ASCII,
/// percent escapes in the host, ports outside 1 to 65535. A fragment is dropped. Nothing is decoded or normalised.
package struct OutboundURL: Sendable, Hashable, CustomStringConvertible {
    package let endpoint: OutboundEndpoint
    /// Path and query as they go into the request line; starts with `/`.
    package let target: String

    /// - Throws: `invalidRequest` with a sentence that says which part is wrong.
    package init(_ text: String) throws(OutboundError) {
        var text = text
        let parsed = text.withUTF8 { bytes in Self.parse(bytes) }
        switch parsed {
        case .success(let parts):
            self.endpoint = parts.endpoint
            self.target = parts.target
        case .failure(let fault):
            throw OutboundError(.invalidRequest, "url: \(fault.sentence)", safeToRetry: true)
        }
    }

    /// The target without its query.
    package var path: Substring {
        self.target.utf8.firstIndex(of: UInt8(ascii: "?")).map { self.target[..<$0] } ?? self.target[...]
    }

    /// Without the query, which may hold secrets; fit for sentences and logs.
    package var description: String { "\(self.endpoint)\(self.path)" }

    struct Fault: Error {
        let sentence: String
    }

    private static func parse(
        _ bytes: UnsafeBufferPointer<UInt8>
    ) -> Result<(endpoint: OutboundEndpoint, target: String), Fault> {
        let end = bytes.firstIndex(of: UInt8(ascii: "#")) ?? bytes.count
        if let bad = bytes.firstIndex(where: { $0 <= 0x20 || $0 >= 0x7F || $0 == UInt8(ascii: "\\") }) {
            let what = "the byte at offset \(bad) is a space, a control character, a backslash or not ASCII"
            return .failure(Fault(sentence: "\(what); write it percent-encoded, and a host name in punycode"))
        }
        let scheme: OutboundScheme
        let authorityStart: Int
        if Self.matches(bytes, "https://") {
            (scheme, authorityStart) = (.https, 8)
        } else if Self.matches(bytes, "http://") {
            (scheme, authorityStart) = (.http, 7)
        } else {
            return .failure(Fault(sentence: "it must be absolute and start with https:// or http://"))
        }
        guard authorityStart <= end else { return .failure(Fault(sentence: "the host is missing")) }
        let rest = bytes[authorityStart..<end]
        let authorityEnd = rest.firstIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") } ?? end
        let authority = UnsafeBufferPointer(rebasing: bytes[authorityStart..<authorityEnd])
        switch Self.parseAuthority(authority, scheme: scheme) {
        case .failure(let fault): return .failure(fault)
        case .success(let endpoint):
            let tail = String(decoding: bytes[authorityEnd..<end], as: UTF8.self)
            let rooted = authorityEnd < end && bytes[authorityEnd] == UInt8(ascii: "/")
            return .success((endpoint, rooted ? tail : "/" + tail))
        }
    }

    /// Whether `bytes` start with `prefix` (lower case), ignoring the case of letters.
    private static func matches(_ bytes: UnsafeBufferPointer<UInt8>, _ prefix: StaticString) -> Bool {
        guard bytes.count >= prefix.utf8CodeUnitCount else { return false }
        for index in 0..<prefix.utf8CodeUnitCount where bytes[index].lowercasedASCII != prefix.utf8Start[index] {
            return false
        }
        return true
    }

    /// `host[:port]`, the host a registered name, an IPv4 address or an IPv6 address in brackets.
    static func parseAuthority(
        _ bytes: UnsafeBufferPointer<UInt8>, scheme: OutboundScheme
    ) -> Result<OutboundEndpoint, Fault> {
        if bytes.contains(UInt8(ascii: "@")) {
            return .failure(Fault(sentence: "a user name or password has no place in it; send an Authorization header"))
        }
        let hostEnd: Int
        let host: UnsafeBufferPointer<UInt8>
        if bytes.first == UInt8(ascii: "[") {
            guard let close = bytes.firstIndex(of: UInt8(ascii: "]")) else {
                return .failure(Fault(sentence: "the IPv6 address lacks its closing bracket"))
            }
            host = UnsafeBufferPointer(rebasing: bytes[1..<close])
            hostEnd = close + 1
            guard host.contains(UInt8(ascii: ":")), host.allSatisfy(\.isIPv6Character) else {
                return .failure(Fault(sentence: "what stands in the brackets is not an IPv6 address"))
            }
        } else {
            hostEnd = bytes.firstIndex(of: UInt8(ascii: ":")) ?? bytes.count
            host = UnsafeBufferPointer(rebasing: bytes[0..<hostEnd])
            guard !host.isEmpty else { return .failure(Fault(sentence: "the host is missing")) }
            guard host.count <= 253, host.allSatisfy(\.isHostCharacter) else {
                return .failure(
                    Fault(sentence: "a host name has at most 253 of the characters a-z, 0-9, '-', '.' and '_'"))
            }
        }
        let name = String(decoding: host.lazy.map(\.lowercasedASCII), as: UTF8.self)
        var port: UInt16? = scheme.defaultPort
        if hostEnd < bytes.count {
            guard bytes[hostEnd] == UInt8(ascii: ":") else {
                return .failure(Fault(sentence: "only ':' and a port may follow the host"))
            }
            // Digits only: UInt16's own parser would take a sign as well.
            let digits = bytes[(hostEnd + 1)...]
            if !digits.isEmpty {
                let plain = digits.allSatisfy { (0x30...0x39).contains($0) }
                port = plain ? UInt16(String(decoding: digits, as: UTF8.self)) : nil
            }
        }
        guard let port, port > 0 else {
            return .failure(Fault(sentence: "the port must be a number from 1 to 65535"))
        }
        return .success(OutboundEndpoint(scheme: scheme, host: name, port: port))
    }
}

extension UInt8 {
    var lowercasedASCII: UInt8 { (0x41...0x5A).contains(self) ? self | 0x20 : self }

    fileprivate var isHostCharacter: Bool {
        switch self {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"): true
        default: false
        }
    }

    fileprivate var isIPv6Character: Bool {
        switch self {
        case 0x30...0x3A, 0x41...0x46, 0x61...0x66, UInt8(ascii: "."): true
        default: false
        }
    }
}
