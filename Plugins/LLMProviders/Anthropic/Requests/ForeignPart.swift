import JackfieldJSON
import JackfieldPlugin
import JackfieldVocabulary

/// A part of a message that the vocabulary has no place for: a file in OpenAI's dialect, or a block in Anthropic's own.
enum ForeignPart {
    /// - Throws: `invalidArgument` for what is no part at all, `unsupported` for a kind that Anthropic does not take.
    static func block(_ json: String) throws(CallError) -> ContentBlock? {
        guard case .object(let part)? = try? JSON(parsing: json), let type = part["type"]?.string else {
            throw CallError(.invalidArgument, "a part of a message must be a JSON object with a \"type\"")
        }
        switch type {
        case "refusal":
            guard let text = part["refusal"]?.string, !ContentBlock.isBlank(text) else { return nil }
            return ContentBlock(.text(text))
        case "file": return try file(part)
        case "document", "search_result", "container_upload": return ContentBlock(.verbatim(part))
        case "image" where part["source"] != nil: return ContentBlock(.verbatim(part))
        default:
            throw CallError(
                .unsupported,
                "a message holds a part of the type \"\(type.prefix(64))\"; Anthropic's models take text, images and "
                    + "documents")
        }
    }

    /// OpenAI's file part, as a document (Anthropic documentation, "PDF support", "Files API").
    private static func file(_ part: JSONObject) throws(CallError) -> ContentBlock {
        let wanted = "\"file\" must hold \"file_data\", a data URL in Base64, or \"file_id\""
        guard let file = part["file"]?.object else {
            throw CallError(.invalidArgument, "a file of a message is incomplete: \(wanted)")
        }
        if let id = file["file_id"]?.string {
            return document(["type": "file", "file_id": .string(id)], file, part)
        }
        guard let data = file["file_data"]?.string, data.hasPrefix("data:"), let comma = data.firstIndex(of: ",") else {
            throw CallError(.invalidArgument, "a file of a message cannot be read: \(wanted)")
        }
        let head = data[..<comma].dropFirst("data:".count).lowercased().split(separator: ";")
        let content = data[data.index(after: comma)...]
        guard head.last == "base64", let bytes = Base64.decode(content.utf8) else {
            throw CallError(.invalidArgument, "a file of a message cannot be read: \(wanted)")
        }
        let mediaType = head[0]
        switch mediaType {
        case "application/pdf":
            let text = String(decoding: Base64.encode(bytes), as: UTF8.self)
            return document(
                ["type": "base64", "media_type": "application/pdf", "data": .string(text)], file, part)
        case _ where mediaType.hasPrefix("text/"):
            let text = String(decoding: bytes, as: UTF8.self)
            return document(["type": "text", "media_type": "text/plain", "data": .string(text)], file, part)
        case _ where mediaType.hasPrefix("image/"):
            return ContentBlock(.image(try ImageSource(bytes, mediaType: String(mediaType))))
        default:
            throw CallError(
                .unsupported,
                "a file of a message is of the type \"\(mediaType.prefix(64))\"; Anthropic's models take PDF, text and "
                    + "images")
        }
    }

    private static func document(_ source: JSON, _ file: JSONObject, _ part: JSONObject) -> ContentBlock {
        var block: JSONObject = ["type": "document", "source": source]
        if let name = file["filename"]?.string, !name.isEmpty { block["title"] = .string(name) }
        block.set(part.members.lazy.filter { $0.key != "type" && $0.key != "file" })
        return ContentBlock(.verbatim(block))
    }
}
