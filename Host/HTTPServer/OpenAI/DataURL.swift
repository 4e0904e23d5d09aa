/// An image that stands in its own URL: `data:image/png;base64,…` (RFC 2397).
struct DataURL: Sendable, Hashable {
    let mediaType: String
    let bytes: [UInt8]

    struct Malformed: Error {
        /// What the URL is or should be, to follow the name of a field.
        let sentence: String
    }

    /// - Parameter url: begins with `data:`.
    init(_ url: String) throws(Malformed) {
        let utf8 = url.utf8
        guard let comma = utf8.firstIndex(of: UInt8(ascii: ",")) else {
            throw Malformed(sentence: "is a data URL without a comma; right is data:image/png;base64,…")
        }
        let head = utf8[utf8.index(utf8.startIndex, offsetBy: 5)..<comma].split(
            separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
        let mediaType = head.first.map { String($0)?.lowercased() ?? "" } ?? ""
        guard mediaType.hasPrefix("image/"), mediaType.utf8.count > 6 else {
            throw Malformed(sentence: "must be a data URL of an image, such as data:image/png;base64,…")
        }
        guard head.count > 1, String(head[head.count - 1])?.lowercased() == "base64" else {
            throw Malformed(sentence: "must be a data URL in Base64; right is data:\(mediaType.bounded);base64,…")
        }
        let text = utf8[utf8.index(after: comma)...]
        let decoded = text.withContiguousStorageIfAvailable { Base64Text.decode($0) } ?? Base64Text.decode(Array(text))
        guard let decoded else {
            throw Malformed(sentence: "is a data URL whose data is not Base64 (RFC 4648, section 4)")
        }
        guard !decoded.isEmpty else { throw Malformed(sentence: "is a data URL without data") }
        self.mediaType = mediaType
        bytes = decoded
    }
}
