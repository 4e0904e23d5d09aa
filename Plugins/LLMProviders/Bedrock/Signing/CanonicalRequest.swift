/// A request in the one form that both sides sign (IAM User Guide, "Create a signed AWS API request", step 1).
struct CanonicalRequest: Sendable {
    /// The six parts, one below the other.
    let text: String
    /// "host;x-amz-date"
    let signedHeaders: String

    /// - Parameters:
    ///   - target: path and query as they go into the request line.
    ///   - headers: those to sign, `host` among them.
    ///   - payloadHash: SHA-256 of the body, in hexadecimal.
    init(method: String, target: String, headers: [(name: String, value: String)], payloadHash: String) {
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let path = CanonicalRequest.path(parts.first ?? "/")
        let query = CanonicalRequest.query(parts.count == 2 ? parts[1] : "")
        let fields = CanonicalRequest.fields(headers)
        signedHeaders = fields.map(\.name).joined(separator: ";")
        let lines = fields.map { "\($0.name):\($0.value)\n" }.joined()
        text = "\(method)\n\(path)\n\(query)\n\(lines)\n\(signedHeaders)\n\(payloadHash)"
    }

    /// Without "." and ".." and doubled slashes, then encoded once more: every service but S3 wants the path of the
    /// request line, which is encoded already, encoded a second time.
    private static func path(_ path: Substring) -> String {
        var segments: [Substring] = []
        for segment in path.split(separator: "/") where segment != "." {
            if segment == ".." { _ = segments.popLast() } else { segments.append(segment) }
        }
        let isFolder = path.hasSuffix("/") || path.hasSuffix("/.") || path.hasSuffix("/..")
        let encoded = segments.map { PercentEncoding.encode($0.utf8) }.joined(separator: "/")
        return "/" + encoded + (isFolder && !segments.isEmpty ? "/" : "")
    }

    /// Sorted by name, then by value, both as they are encoded.
    private static func query(_ query: Substring) -> String {
        let pairs = query.split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (
                name: PercentEncoding.encode(PercentEncoding.decode(parts[0])),
                value: parts.count == 2 ? PercentEncoding.encode(PercentEncoding.decode(parts[1])) : ""
            )
        }
        return pairs.sorted { ($0.name, $0.value) < ($1.name, $1.value) }.map { "\($0.name)=\($0.value)" }
            .joined(separator: "&")
    }

    /// Names in lower case and sorted, the values of one name joined, runs of spaces made one.
    private static func fields(_ headers: [(name: String, value: String)]) -> [(name: String, value: String)] {
        var fields: [(name: String, value: String)] = []
        for header in headers {
            let name = header.name.lowercased()
            let value = header.value.split(whereSeparator: { $0 == " " || $0 == "\t" }).joined(separator: " ")
            if let at = fields.firstIndex(where: { $0.name == name }) {
                fields[at].value += "," + value
            } else {
                fields.append((name, value))
            }
        }
        return fields.sorted { $0.name < $1.name }
    }
}
