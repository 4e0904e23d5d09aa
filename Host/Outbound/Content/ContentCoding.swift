/// The content codings that the host undoes (RFC 9110, 8.4.1), so that a plugin never meets a body that grows in its hands.
enum ContentCoding: Sendable {
    /// RFC 1952, and its old name `x-gzip`.
    case gzip
    /// A zlib stream (RFC 1950); or, as some servers send it, a bare deflate stream (RFC 1951).
    case deflate

    /// Takes the coding out of a response head, together with what no longer holds once it is undone.
    ///
    /// - Returns: nil where the body is not encoded.
    /// - Throws: `coding` for one that the host does not undo, and for several on top of each other: no honest upstream
    ///   compresses twice, and each layer multiplies what a small body can become.
    static func remove(from head: inout OutboundResponseHead) throws(ResponseFault) -> ContentCoding? {
        var found: ContentCoding?
        for header in head.headers where header.name == "content-encoding" {
            for element in header.value.split(separator: ",") {
                let name = element.drop { $0 == " " || $0 == "\t" }.prefix { $0 != " " && $0 != "\t" }
                if name.isEmpty || String(name).equalsIgnoringCase("identity") { continue }
                guard found == nil else {
                    throw .coding("it is compressed more than once, which the host does not undo")
                }
                found = try Self.named(String(name))
            }
        }
        guard found != nil else { return nil }
        head.headers.removeAll { $0.name == "content-encoding" || $0.name == "content-length" }
        return found
    }

    private static func named(_ name: String) throws(ResponseFault) -> ContentCoding {
        if name.equalsIgnoringCase("gzip") || name.equalsIgnoringCase("x-gzip") { return .gzip }
        if name.equalsIgnoringCase("deflate") { return .deflate }
        throw .coding("its content coding is none that the host undoes; ask for gzip, deflate or identity")
    }
}
