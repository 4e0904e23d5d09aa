import JackfieldJSON
import JackfieldPlugin
import JackfieldVocabulary

/// Where the picture of an image block comes from (Anthropic documentation, "Vision").
enum ImageSource {
    case url(String)
    case bytes([UInt8], mediaType: String)

    private static let mediaTypes: Set<String> = ["image/jpeg", "image/png", "image/gif", "image/webp"]

    /// - Throws: `unsupported` for a kind of picture that the API does not take.
    init(_ bytes: [UInt8], mediaType given: String) throws(CallError) {
        // Without parameters; "image/jpg" is no media type, and is common.
        let name = given.prefix { $0 != ";" }.lowercased().withoutSpaceAround
        let mediaType = name == "image/jpg" ? "image/jpeg" : name
        guard ImageSource.mediaTypes.contains(mediaType) else {
            throw CallError(
                .unsupported,
                "an image of a message is of the type \"\(name.prefix(64))\"; Anthropic's models take JPEG, PNG, GIF "
                    + "and WebP")
        }
        self = .bytes(bytes, mediaType: mediaType)
    }

    func write(_ writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("type")
        switch self {
        case .url(let url):
            writer.string("url")
            writer.key("url")
            writer.string(url)
        case .bytes(let bytes, let mediaType):
            writer.string("base64")
            writer.key("media_type")
            writer.string(mediaType)
            writer.key("data")
            // Nothing in this alphabet needs an escape, and images are long.
            var text = Base64.encode(bytes, after: [UInt8(ascii: "\"")])
            text.append(UInt8(ascii: "\""))
            writer.raw(String(decoding: text, as: UTF8.self))
        }
        writer.endObject()
    }
}
