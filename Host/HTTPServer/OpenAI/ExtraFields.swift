import JackfieldJSON

/// Fields that the vocabulary does not know, on their way through as a JSON object. Written as they come: an object that
/// compares each new key with those before would let a request with a million fields cost a million squared.
struct ExtraFields {
    private var writer: JSONWriter?

    var isEmpty: Bool { writer == nil }

    /// - Parameter key: one that was not added before; the parser has made sure of that.
    mutating func append(_ key: String, _ value: JSON) {
        if writer == nil {
            writer = JSONWriter(capacity: 128)
            writer?.beginObject()
        }
        writer?.key(key)
        writer?.write(value)
    }

    /// The object, or nil if there is nothing to say.
    consuming func text() -> String? {
        guard var writer else { return nil }
        writer.endObject()
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}
