/// Where in a text something stands that may be a URL.
struct URLPlace {
    /// In lower case; "https" where there is none.
    var scheme: String
    /// From the scheme to the end of the URL, without what only ends the sentence.
    var range: Range<Int>
    /// What makes it a URL: the scheme, the colon, and the slashes.
    var mark: Range<Int>
    /// What stands between the slashes and the next; empty if it is opaque.
    var authority: Range<Int>
    /// Without a host: `javascript:…`.
    var isOpaque = false
    /// A link that takes its scheme from the page around it: `//host/…`.
    var isRelative = false
    /// The authority went on beyond what anybody takes for one.
    var isTooLong = false
}

/// All places of a text where a URL may stand, in order of their colons.
struct URLPlaces: Sequence, IteratorProtocol {
    /// No reader takes more for a host and what belongs to it.
    static let maxAuthority = 320
    /// No scheme is longer.
    private static let maxScheme = 32

    private let bytes: [UInt8]
    private var at = 0
    /// The rest of the URL that was looked at last: one that begins within it ends there too.
    private var scanned = 0..<0
    /// The last opening parenthesis in it.
    private var lastOpening = -1

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func next() -> URLPlace? {
        while at < bytes.count {
            let index = at
            at += 1
            if bytes[index] == UInt8(ascii: ":") {
                if let place = place(colon: index) { return place }
            } else if Self.isSlash(bytes[index]), let place = relative(index) {
                return place
            }
        }
        return nil
    }

    private mutating func place(colon: Int) -> URLPlace? {
        var start = colon
        while start > 0, colon - start < Self.maxScheme, Self.schemeBytes[bytes[start - 1]] { start -= 1 }
        while start < colon, !Self.letters[bytes[start]] { start += 1 }
        guard start < colon else { return nil }
        var name = String(decoding: bytes[start..<colon].lazy.map { Self.lowered($0) }, as: UTF8.self)
        // What is written without a break before it: `seehttps://…`, `git+https://…`.
        if !URLSchemes.fetching.contains(name) {
            for web in ["https", "http"] where name.hasSuffix(web) {
                start = colon - web.utf8.count
                name = web
                break
            }
        }
        let slashes = slashes(from: colon + 1)
        let isWeb = URLSchemes.web.contains(name)
        // Browsers take one slash for two, and none as well; to be sure, the latter in a link alone.
        if slashes >= 2 || isWeb && (slashes == 1 || isLink(start)) {
            return hierarchical(name, start: start, from: colon + 1 + (isWeb ? slashes : 2))
        }
        guard URLSchemes.running.contains(name), isLink(start), colon + 1 < bytes.count, bytes[colon + 1] > 0x20 else {
            return nil
        }
        let end = end(after: colon + 1, notBefore: colon + 1, start: start)
        guard end > colon + 1 else { return nil }
        return URLPlace(
            scheme: name, range: start..<end, mark: start..<colon + 1, authority: end..<end, isOpaque: true)
    }

    /// `//host` right after what begins the target of a link.
    private mutating func relative(_ start: Int) -> URLPlace? {
        guard start + 1 < bytes.count, Self.isSlash(bytes[start + 1]), start > 1, isTarget(start) else { return nil }
        var place = hierarchical("https", start: start, from: start + slashes(from: start))
        place.isRelative = true
        return place
    }

    private mutating func hierarchical(_ name: String, start: Int, from: Int) -> URLPlace {
        var last = from
        while last < bytes.count, last - from <= Self.maxAuthority, bytes[last] != UInt8(ascii: "/"),
            !isEnd(last, inHost: true)
        {
            last += 1
        }
        let isTooLong = last - from > Self.maxAuthority
        let end = end(after: last, notBefore: from, start: start)
        return URLPlace(
            scheme: name, range: start..<end, mark: start..<from, authority: from..<Swift.min(last, end),
            isTooLong: isTooLong)
    }

    private func slashes(from: Int) -> Int {
        var at = from
        while at < bytes.count, at - from < 16, Self.isSlash(bytes[at]) { at += 1 }
        return at - from
    }

    /// What stands there is, as it seems, the target of a link or a value.
    private func isLink(_ start: Int) -> Bool { start > 0 && Self.openers[bytes[start - 1]] }

    /// More surely so: `="`, `='`, `](` or `](<`.
    private func isTarget(_ start: Int) -> Bool {
        let before = bytes[start - 1]
        let second = bytes[start - 2]
        switch before {
        case UInt8(ascii: "\""), UInt8(ascii: "'"): return second == UInt8(ascii: "=")
        case UInt8(ascii: "("): return second == UInt8(ascii: "]")
        case UInt8(ascii: "<"): return second == UInt8(ascii: "(") && start > 2 && bytes[start - 3] == UInt8(ascii: "]")
        default: return false
        }
    }

    /// Where a URL ends that has come to `after`: before what cannot be in one, and before marks that end a sentence.
    private mutating func end(after: Int, notBefore floor: Int, start: Int) -> Int {
        if !scanned.contains(after) {
            var at = after
            lastOpening = -1
            while at < bytes.count, !isEnd(at, inHost: false) {
                if bytes[at] == UInt8(ascii: "(") { lastOpening = at }
                at += 1
            }
            scanned = after..<at
        }
        var end = scanned.upperBound
        // The bracket that closes an IPv6 address stays.
        let isLiteral = floor < end && bytes[floor] == UInt8(ascii: "[")
        let close = isLiteral ? bytes[floor..<end].prefix(64).firstIndex(of: UInt8(ascii: "]")) ?? floor : floor
        while end > floor {
            let byte = bytes[end - 1]
            let isUnopened =
                byte == UInt8(ascii: ")") && lastOpening < start
                || byte == UInt8(ascii: "]") && (!isLiteral || end - 1 > close)
            guard Self.trailing[byte] || isUnopened else { break }
            end -= 1
        }
        return end
    }

    /// Whether no URL goes on at `index`. In a host, an ideographic full stop is a dot.
    private func isEnd(_ index: Int, inHost: Bool) -> Bool {
        let byte = bytes[index]
        if byte < 0x80 { return byte <= 0x20 || byte == 0x7F || Self.ends[byte] || inHost && Self.hostEnds[byte] }
        guard index + 2 < bytes.count else { return false }
        // CJK punctuation, full width marks, the ellipsis, and quotation marks that curl.
        switch (byte, bytes[index + 1], bytes[index + 2]) {
        case (0xE3, 0x80, 0x82): return !inHost
        case (0xE3, 0x80, 0x80...0x9F): return true
        case (0xEF, 0xBC, 0x81), (0xEF, 0xBC, 0x88...0x89), (0xEF, 0xBC, 0x8C), (0xEF, 0xBC, 0x9A...0x9F): return true
        case (0xE2, 0x80, 0x98...0x9F), (0xE2, 0x80, 0xA6): return true
        default: return false
        }
    }

    private static func isSlash(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "/") || byte == UInt8(ascii: "\\") }
    private static func lowered(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }

    private static let letters = ByteSet("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
    private static let schemeBytes = ByteSet(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-._")
    private static let ends = ByteSet("\"'<>`{}|^")
    private static let hostEnds = ByteSet("()*~")
    private static let openers = ByteSet("\"'(<=")
    private static let trailing = ByteSet(".,;:!?*_~")
}
