import JackfieldJSON
import JackfieldVocabulary

extension ChatCompletionReader {
    /// The content of a message: one text, or parts.
    static func parts(_ content: JSON, _ path: @autoclosure () -> FieldPath) throws(DialectError) -> [LLM.Part] {
        if case .string(let text) = content { return [.text(text)] }
        let path = path()
        guard case .array(let entries) = content else {
            throw .type(path, content, expected: "a string or an array of parts")
        }
        guard !entries.isEmpty else { throw .value(path, "must hold at least one part", code: "empty_array") }
        var parts: [LLM.Part] = []
        parts.reserveCapacity(entries.count)
        for (index, entry) in entries.enumerated() { parts.append(try part(entry, path[index])) }
        return parts
    }

    private static func part(_ value: JSON, _ path: FieldPath) throws(DialectError) -> LLM.Part {
        let part = try value.object(path)
        guard let type = part["type"] else { throw .missing(path["type"]) }
        switch try type.string(path["type"]) {
        case "text":
            // Text is always text, whatever else the part holds: the validators must see it.
            guard let text = part["text"] else { throw .missing(path["text"]) }
            return .text(try text.string(path["text"]), extra: part.extra { $0 == "type" || $0 == "text" })
        case "image_url": return try image(part, path["image_url"])
        case let other:
            // A kind that is not known here may be known to the upstream, but no text may pass the validators by.
            guard part["text"] == nil else {
                throw .value(path["type"], "is '\(other.bounded)'; text belongs in a part of the type 'text'")
            }
            return .other(value.text)
        }
    }

    private static func image(_ part: JSONObject, _ path: FieldPath) throws(DialectError) -> LLM.Part {
        guard let image = part["image_url"] else { throw .missing(path) }
        let members = try image.object(path)
        guard let given = members["url"] else { throw .missing(path["url"]) }
        let url = try given.string(path["url"])
        var detail: String?
        if let level = members["detail"], !level.isNull { detail = try level.string(path["detail"]) }
        let extra = part.extra(inside: "image_url", members) {
            $0 == "type"
        } inner: {
            $0 == "url" || $0 == "detail"
        }
        if url.hasScheme("https:") || url.hasScheme("http:") { return .imageURL(url, detail: detail, extra: extra) }
        guard url.hasScheme("data:") else {
            throw .value(
                path["url"], "must be an http, https or data URL, and begins '\(String(url.prefix(16)))'",
                code: "invalid_image_url")
        }
        do throws(DataURL.Malformed) {
            let image = try DataURL(url)
            return .image(image.bytes, mediaType: image.mediaType, detail: detail, extra: extra)
        } catch {
            throw .value(path["url"], error.sentence, code: "invalid_image_url")
        }
    }
}

extension String {
    /// Schemes are compared without case (RFC 3986, 3.1). `scheme` is in lower case.
    func hasScheme(_ scheme: StaticString) -> Bool {
        let expected = UnsafeBufferPointer(start: scheme.utf8Start, count: scheme.utf8CodeUnitCount)
        var index = utf8.startIndex
        for byte in expected {
            guard index < utf8.endIndex else { return false }
            let given = utf8[index]
            let lower = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(given) ? given | 0x20 : given
            guard lower == byte else { return false }
            index = utf8.index(after: index)
        }
        return true
    }
}
