import JackfieldJSON
import JackfieldPlugin
import JackfieldVocabulary

/// Parts of a message that the vocabulary does not know: files in OpenAI's dialect become documents, blocks in
/// Converse's own dialect are passed on.
enum ForeignPart {
    private static let ownBlocks: Set<String> = [
        "document", "video", "audio", "guardContent", "cachePoint", "searchResult", "image",
    ]
    /// The formats of DocumentBlock, by media type.
    private static let documents = [
        "application/pdf": "pdf", "text/csv": "csv", "text/html": "html", "text/plain": "txt", "text/markdown": "md",
        "application/msword": "doc", "application/vnd.ms-excel": "xls",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    ]

    /// - Throws: `unsupported` for parts that Converse has no place for.
    static func block(_ text: String) throws(CallError) -> JSON {
        let part = try JSONObject(extra: text, of: "a part of a message")
        if part["type"] == nil, part.count == 1, let name = part.members.first?.key, ownBlocks.contains(name) {
            return .object(part)
        }
        if part["type"]?.string == "file", let file = part["file"] { return try document(file) }
        let type = part["type"]?.string?.prefix(40) ?? "unknown"
        throw CallError(.unsupported, "Bedrock has no place for a part of the type \"\(type)\" in a message")
    }

    private static func document(_ file: JSON) throws(CallError) -> JSON {
        guard let data = file["file_data"]?.string, data.hasPrefix("data:"), let comma = data.firstIndex(of: ",") else {
            throw CallError(.unsupported, "Bedrock takes files only by their bytes: file.file_data must be a data URL")
        }
        let head = data[..<comma].dropFirst("data:".count)
        let mediaType = head.prefix { $0 != ";" }.lowercased()
        guard head.hasSuffix(";base64"), let format = documents[mediaType] else {
            throw CallError(
                .unsupported,
                "Bedrock takes no files of the type \(mediaType.prefix(80)); PDF, text and Office are taken")
        }
        return [
            "document": [
                "format": .string(format), "name": .string(name(file["filename"]?.string)),
                "source": ["bytes": .string(String(data[data.index(after: comma)...]))],
            ]
        ]
    }

    /// Letters, digits, single spaces, hyphens and brackets are what a document's name may hold.
    private static func name(_ filename: String?) -> String {
        let name = (filename ?? "").utf8.map { byte -> UInt8 in
            switch byte {
            case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: byte
            default: "-()[]".utf8.contains(byte) ? byte : UInt8(ascii: "-")
            }
        }
        return name.isEmpty ? "document" : String(decoding: name.prefix(200), as: UTF8.self)
    }
}
