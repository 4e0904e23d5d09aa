/// One granted origin: `https://api.example.com`, `http://127.0.0.1:8081`, or with a path prefix
/// `https://api.example.com/v1`.
///
/// The scheme counts: plain http is granted only where an origin says `http://` literally. A path prefix covers whole
/// segments: `/v1` covers `/v1` and `/v1/chat`, not `/v10`.
package struct OutboundOrigin: Sendable, Hashable, CustomStringConvertible {
    package let endpoint: OutboundEndpoint
    /// Empty, or starts with `/` and does not end with one.
    package let pathPrefix: String

    /// - Throws: `invalidRequest`, when `text` is no URL of the strict form of `OutboundURL`, has a query, or has
    ///   a dot segment in its path.
    package init(_ text: String) throws(OutboundError) {
        let url = try OutboundURL(text)
        guard url.path.utf8.count == url.target.utf8.count else {
            throw OutboundError(
                .invalidRequest, "origin \(url): a grant has no query; end it after the path", safeToRetry: true)
        }
        guard !Self.climbs(url.path) else {
            throw OutboundError(
                .invalidRequest, "origin \(url): a grant's path may not hold '.' or '..' segments", safeToRetry: true)
        }
        self.endpoint = url.endpoint
        var prefix = url.path
        while prefix.utf8.last == UInt8(ascii: "/") { prefix.removeLast() }
        self.pathPrefix = String(prefix)
    }

    package func covers(_ url: OutboundURL) -> Bool {
        guard url.endpoint == self.endpoint else { return false }
        if self.pathPrefix.isEmpty { return true }
        let path = url.path
        guard path.utf8.starts(with: self.pathPrefix.utf8) else { return false }
        let next = path.utf8.dropFirst(self.pathPrefix.utf8.count).first
        return (next == nil || next == UInt8(ascii: "/")) && !Self.climbs(path)
    }

    package var description: String { "\(self.endpoint)\(self.pathPrefix)" }

    /// Whether a server could read `path` as leaving its prefix: a segment `.` or `..`, also where dots and separators
    /// are percent-encoded, once or several times.
    private static func climbs(_ path: Substring) -> Bool {
        var bytes = Array(path.utf8)
        while let decoded = Self.decodingDotsAndSeparators(bytes) { bytes = decoded }
        return bytes.split(separator: UInt8(ascii: "/")).contains { segment in
            // Parameters (`..;x`) are cut off by some servers before they resolve the segment.
            let name = segment.prefix { $0 != UInt8(ascii: ";") }
            return (name.count == 1 || name.count == 2) && name.allSatisfy { $0 == UInt8(ascii: ".") }
        }
    }

    /// `%2e`, `%2f`, `%5c`, `%3b` and `%25` decoded (a backslash as the slash that some servers take it for); nil when
    /// none is there. Each pass shortens the input, so that repeating it ends.
    private static func decodingDotsAndSeparators(_ bytes: [UInt8]) -> [UInt8]? {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
                let byte = Self.interesting[[bytes[index + 1], bytes[index + 2].lowercasedASCII]]
            {
                result.append(byte)
                index += 3
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return result.count == bytes.count ? nil : result
    }

    private static let interesting: [[UInt8]: UInt8] = [
        Array("2e".utf8): UInt8(ascii: "."), Array("2f".utf8): UInt8(ascii: "/"), Array("5c".utf8): UInt8(ascii: "/"),
        Array("3b".utf8): UInt8(ascii: ";"), Array("25".utf8): UInt8(ascii: "%"),
    ]
}
