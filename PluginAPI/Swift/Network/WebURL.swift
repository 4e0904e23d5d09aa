/// An absolute http or https URL, parsed once and strictly (RFC 3986), so that what was checked is what is sent.
///
/// Refused rather than mended: user information, control characters, spaces, backslashes and anything outside ASCII,
/// percent escapes in the host, ports outside 1 to 65535, numbers as host in any form but the plain one. A fragment is
/// dropped. Nothing is decoded or normalised, but for the case of the host and the text of an IPv6 address.
public struct WebURL: Sendable, Hashable, CustomStringConvertible {
    public let origin: WebOrigin
    /// Path and query as they go into the request line; starts with `/`.
    public let target: String

    public var scheme: WebScheme { origin.scheme }
    /// In lower case; an IPv6 address in its canonical form and without brackets.
    public var host: String { origin.host }
    public var port: UInt16 { origin.port }

    /// - Throws: a sentence that says which part is wrong.
    public init(_ text: String) throws(WebURLError) {
        var text = text
        self = try text.withUTF8 { bytes in Result { () throws(WebURLError) in try Self(parsing: bytes) } }.get()
    }

    /// The target without its query.
    public var path: Substring {
        target.utf8.firstIndex(of: UInt8(ascii: "?")).map { target[..<$0] } ?? target[...]
    }

    /// Whether the URL has a query, also an empty one.
    public var hasQuery: Bool { path.endIndex != target.endIndex }

    /// The address that the host is; nil if it is a name.
    public var address: IPAddress? { IPAddress(host) }

    /// Without the query, which may hold secrets; fit for sentences and logs.
    public var description: String { "\(origin)\(path)" }

    private init(parsing bytes: UnsafeBufferPointer<UInt8>) throws(WebURLError) {
        let end = bytes.firstIndex(of: UInt8(ascii: "#")) ?? bytes.count
        if let bad = bytes.firstIndex(where: { $0 <= 0x20 || $0 >= 0x7F || $0 == UInt8(ascii: "\\") }) {
            let what = "the byte at offset \(bad) is a space, a control character, a backslash or not ASCII"
            throw WebURLError(.bytes, "\(what); write it percent-encoded, and a host name in punycode")
        }
        let scheme: WebScheme
        let start: Int
        if Self.begins(bytes, "https://") {
            (scheme, start) = (.https, 8)
        } else if Self.begins(bytes, "http://") {
            (scheme, start) = (.http, 7)
        } else {
            throw WebURLError(.scheme, "it must be absolute and start with https:// or http://")
        }
        guard start <= end else { throw WebURLError(.host, "the host is missing") }
        let authorityEnd =
            bytes[start..<end].firstIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") } ?? end
        origin = try WebAuthority.parse(bytes[start..<authorityEnd], scheme: scheme)
        let tail = String(decoding: bytes[authorityEnd..<end], as: UTF8.self)
        target = authorityEnd < end && bytes[authorityEnd] == UInt8(ascii: "/") ? tail : "/" + tail
    }

    /// Whether `bytes` start with `prefix` (lower case), ignoring the case of letters.
    private static func begins(_ bytes: UnsafeBufferPointer<UInt8>, _ prefix: StaticString) -> Bool {
        guard bytes.count >= prefix.utf8CodeUnitCount else { return false }
        for index in 0..<prefix.utf8CodeUnitCount where bytes[index].lowercasedASCII != prefix.utf8Start[index] {
            return false
        }
        return true
    }
}
