import JackfieldJSON
import JackfieldPlugin
import JackfieldVocabulary

/// An image as Converse takes it (ImageBlock): bytes, or an object in S3, and one of four formats.
struct ImageBlock: Sendable {
    private enum Source: Sendable {
        case bytes([UInt8])
        case s3(String)
    }

    private static let formats = ["png", "jpeg", "gif", "webp"]

    private let format: String
    private let source: Source

    /// - Throws: `unsupported` for another format.
    init(_ bytes: [UInt8], mediaType: String) throws(CallError) {
        let type = mediaType.lowercased()
        let name = type == "image/jpg" ? "jpeg" : String(type.dropFirst("image/".count))
        guard type.hasPrefix("image/"), ImageBlock.formats.contains(name) else {
            throw CallError(
                .unsupported,
                "Bedrock takes images as image/png, image/jpeg, image/gif and image/webp, not as \(mediaType)")
        }
        format = name
        source = .bytes(bytes)
    }

    /// - Throws: `unsupported` for everything that does not lie in S3: Bedrock fetches nothing from the web.
    init(url: String) throws(CallError) {
        guard url.hasPrefix("s3://") else {
            throw CallError(
                .unsupported,
                "Bedrock fetches no images from the web; send the image itself as a data URL, or an s3:// URI")
        }
        let ending = url.split(separator: ".").last.map { $0.lowercased() } ?? ""
        let name = ending == "jpg" ? "jpeg" : ending
        guard ImageBlock.formats.contains(name) else {
            throw CallError(.unsupported, "an image in S3 must end in .png, .jpeg, .jpg, .gif or .webp")
        }
        format = name
        source = .s3(url)
    }

    func write(_ writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("image")
        writer.beginObject()
        writer.key("format")
        writer.string(format)
        writer.key("source")
        switch source {
        case .bytes(let bytes):
            writer.beginObject()
            writer.key("bytes")
            writer.string(String(decoding: Base64.encode(bytes), as: UTF8.self))
            writer.endObject()
        case .s3(let uri): writer.write(["s3Location": ["uri": .string(uri)]])
        }
        writer.endObject()
        writer.endObject()
    }
}
