/// A text taken apart as lenient readers take apart a URL: what could be its scheme, and everything that one of them
/// could take for its host.
///
/// Readers differ (Orange Tsai, "A new era of SSRF", 2017; WHATWG URL against RFC 3986) in whether a backslash, `?` or
/// `#` ends the host, which `@` counts, whether escapes are undone before or after, and in what they leave out.
struct URLReading {
    /// In lower case; nil if there is none.
    let scheme: String?
    let hasUserInfo: Bool
    /// The most plausible first; may hold doubles.
    let hosts: [String]

    init(_ text: String) {
        // Browsers take out tabs and line ends, and blanks and control codes at both ends.
        var bytes = text.utf8.filter { $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }[...]
        bytes = bytes.drop { $0 <= 0x20 }
        while let last = bytes.last, last <= 0x20 { bytes.removeLast() }
        let colon = Self.schemeEnd(bytes)
        scheme = colon.map { String(decoding: bytes[..<$0].lazy.map(\.lowercasedASCII), as: UTF8.self) }
        var rest = colon.map { bytes[($0 + 1)...] } ?? bytes
        // Two slashes and no more before a host, but for the web, where readers take any number.
        if let scheme, scheme != "https", scheme != "http", rest.starts(with: "///".utf8) { rest = [] }
        let (wide, narrow) = Self.authorities(rest)
        hasUserInfo = narrow.contains(UInt8(ascii: "@"))
        var hosts = Self.hosts(narrow)
        if narrow.count < wide.count { hosts += Self.hosts(wide) }
        // `localhost:x` has no scheme to those who expect a host.
        if colon != nil, rest.first.map({ !Self.isSlash($0) }) ?? false {
            hosts += Self.hosts(Self.authorities(bytes).wide)
        }
        // Others let a control code end the host.
        if text.utf8.contains(where: { $0 < 0x20 }) {
            let raw = Array(text.utf8.drop { $0 <= 0x20 })[...]
            let rest = Self.schemeEnd(raw).map { raw[($0 + 1)...] } ?? raw
            let ended = Self.authorities(rest).wide.prefix { $0 >= 0x20 }
            hosts += Self.hosts(ended)
        }
        self.hosts = hosts
    }

    /// The host ends at a slash for all; for some at a backslash, `?` or `#` too.
    private static func authorities(
        _ bytes: ArraySlice<UInt8>
    ) -> (wide: ArraySlice<UInt8>, narrow: ArraySlice<UInt8>) {
        let wide = bytes.drop(while: isSlash).prefix { $0 != UInt8(ascii: "/") }
        return (wide, wide.prefix { !isSlash($0) && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") })
    }

    var isWeb: Bool { scheme == "https" || scheme == "http" }

    /// Whether a host stands there as an address in the plain form.
    func isPlain(_ host: String) -> Bool { IPAddress(host).map { $0.description == host || !$0.isIPv4 } ?? false }

    /// The index of the colon after a scheme (RFC 3986, section 3.1).
    private static func schemeEnd(_ bytes: ArraySlice<UInt8>) -> Int? {
        guard let end = bytes.firstIndex(of: UInt8(ascii: ":")), let first = bytes.first else { return nil }
        guard (0x61...0x7A).contains(first | 0x20) else { return nil }
        let isName = bytes[..<end].allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."): true
            default: false
            }
        }
        // `localhost:80` has no scheme, though it looks like one; `http:127.0.0.1` has.
        let isPort = bytes[(end + 1)...].first.map { (0x30...0x39).contains($0) } ?? false
        let isWeb = bytes[..<end].prefix(4).map(\.lowercasedASCII).elementsEqual("http".utf8)
        return isName && (!isPort || isWeb) ? end : nil
    }

    private static func isSlash(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "/") || byte == UInt8(ascii: "\\") }

    /// What stands behind the last `@`, then what stands before it; each also with its escapes undone, when it may fall
    /// into several.
    private static func hosts(_ authority: ArraySlice<UInt8>) -> [String] {
        let pieces = authority.split(separator: UInt8(ascii: "@")).reversed()
        var found: [String] = []
        for piece in pieces {
            let text = String(decoding: piece, as: UTF8.self)
            found += names(text[...])
            let folded = CharacterMapping.folded(PercentEncoding.decoded(text))
            guard folded != text else { continue }
            for part in folded.split(whereSeparator: isDelimiter) { found += names(part) }
            // A control code at which C ends a string is gone from the folded text, so look at the escaped one as well.
            for part in PercentEncoding.decoded(text).split(whereSeparator: isDelimiter) { found += names(part) }
        }
        return found
    }

    /// A host with its port taken off, in brackets or not.
    private static func names(_ text: Substring) -> [String] {
        let colons = text.utf8.reduce(0) { $1 == UInt8(ascii: ":") ? $0 + 1 : $0 }
        var found: [String] = []
        if text.utf8.first == UInt8(ascii: "["), let close = text.firstIndex(of: "]") {
            found.append(String(text[text.index(after: text.startIndex)..<close]))
        } else if colons > 1 {
            // An IPv6 address without brackets, with or without a port behind it; or two ports.
            found.append(String(text))
            if let last = text.lastIndex(of: ":") { found.append(String(text[..<last])) }
            found.append(String(text.prefix { $0 != ":" }))
        } else {
            found.append(String(text.prefix { $0 != ":" }))
        }
        // A host that other text follows at once: what is no name to anybody ends it.
        for host in found {
            let plain = host.prefix { $0.isASCII && !isDelimiter($0) }
            if plain.utf8.count < host.utf8.count { found.append(String(plain)) }
        }
        return found.filter { !$0.isEmpty }
    }

    private static func isDelimiter(_ character: Character) -> Bool {
        if let byte = character.asciiValue, byte <= 0x20 || byte == 0x7F { return true }
        switch character {
        case "/", "\\", "?", "#", "@", "&", ",", ";", "(", ")", "<", ">", "\"", "'", "!", "*", "$", "{", "}", "|", "^",
            "`":
            return true
        default: return false
        }
    }
}
