/// `host[:port]`, the host a name, an IPv4 address or an IPv6 address in brackets (RFC 3986, section 3.2).
enum WebAuthority {
    static func parse(
        _ bytes: Slice<UnsafeBufferPointer<UInt8>>, scheme: WebScheme
    ) throws(WebURLError) -> WebOrigin {
        if bytes.contains(UInt8(ascii: "@")) {
            throw WebURLError(
                .userInfo, "a user name or password has no place in it; send an Authorization header")
        }
        let (host, end) = bytes.first == UInt8(ascii: "[") ? try literal(bytes) : try name(bytes)
        return WebOrigin(scheme: scheme, host: host, port: try port(bytes[end...]) ?? scheme.defaultPort)
    }

    private static func literal(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) throws(WebURLError) -> (String, Int) {
        guard let close = bytes.firstIndex(of: UInt8(ascii: "]")) else {
            throw WebURLError(.host, "the IPv6 address lacks its closing bracket")
        }
        let text = String(decoding: bytes[(bytes.startIndex + 1)..<close], as: UTF8.self)
        guard let address = IPAddress(text), !address.isIPv4 else {
            throw WebURLError(.host, "what stands in the brackets is not an IPv6 address")
        }
        return (address.description, close + 1)
    }

    private static func name(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) throws(WebURLError) -> (String, Int) {
        let end = bytes.firstIndex(of: UInt8(ascii: ":")) ?? bytes.endIndex
        let host = bytes[..<end]
        guard !host.isEmpty else { throw WebURLError(.host, "the host is missing") }
        guard host.count <= 253, host.allSatisfy(isHostCharacter) else {
            throw WebURLError(.host, "a host name has at most 253 of the characters a-z, 0-9, '-', '.' and '_'")
        }
        guard !hasEmptyLabel(host) else {
            throw WebURLError(.host, "a host name has no empty label; only one dot may end it")
        }
        let name = String(decoding: host.lazy.map(\.lowercasedASCII), as: UTF8.self)
        if NumericHost.endsInNumber(name), IPAddress(name) == nil {
            throw WebURLError(
                .host, "a host that ends in a number must be an IPv4 address: four decimal parts without leading zeros")
        }
        return (name, end)
    }

    /// What follows the host: nothing, or a colon and a port that may be empty (RFC 3986, section 3.2.3).
    private static func port(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) throws(WebURLError) -> UInt16? {
        guard let first = bytes.first else { return nil }
        guard first == UInt8(ascii: ":") else {
            throw WebURLError(.host, "only ':' and a port may follow the host")
        }
        // Digits only: UInt16's own parser would take a sign as well.
        let digits = bytes.dropFirst()
        if digits.isEmpty { return nil }
        guard digits.allSatisfy({ (0x30...0x39).contains($0) }),
            let port = UInt16(String(decoding: digits, as: UTF8.self)), port > 0
        else { throw WebURLError(.port, "the port must be a number from 1 to 65535") }
        return port
    }

    /// A dot at the start, or two in a row. One at the end says that the name is whole.
    private static func hasEmptyLabel(_ host: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        var last = UInt8(ascii: ".")
        for byte in host {
            if byte == UInt8(ascii: "."), last == byte { return true }
            last = byte
        }
        return false
    }

    private static func isHostCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"): true
        default: false
        }
    }
}
