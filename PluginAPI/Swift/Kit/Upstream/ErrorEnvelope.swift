public import JackfieldJSON

/// What the body of an error says, of whatever shape: `{"error":{"message","type","code"}}` as OpenAI,
/// Anthropic and most others write it, `{"error":"…"}` (Ollama), `{"message":"…"}` (Amazon), FastAPI's `detail`,
/// Google's list and `status`, and bodies that are no JSON at all.
public struct ErrorEnvelope: Sendable, Equatable {
    /// What it says in words.
    public var message: String?
    /// The kind of error by the upstream's own name, or "".
    public var type = ""
    /// Its code, or "". A number is here as text.
    public var code = ""

    public init(body: [UInt8]) {
        let text = String(decoding: body.prefix(4 * UpstreamError.detailBound), as: UTF8.self).withoutSpaceAround
        let words = text.hasPrefix("<") ? "the answer is a page of HTML, not JSON" : text
        self.init(json: (try? JSON(parsing: body)) ?? .string(words))
    }

    public init(json: JSON) {
        let outer = json[0] ?? json
        var error = outer["error"] ?? outer
        if error.isNull { error = outer }
        if let text = error.string {
            message = text
        } else {
            message =
                error["message"]?.string ?? error["Message"]?.string
                ?? error["detail"].map { $0.string ?? $0.text }
        }
        type = error["type"]?.string ?? error["status"]?.string ?? ""
        code = error["code"].map { $0.string ?? ($0.int.map(String.init) ?? "") } ?? ""
    }
}
