import JackfieldJSON

/// Fields that the vocabulary does not know, on their way through as a JSON object. Written as they come: an object that
/// compares each new key with those before would let a request with a million fields cost a million squared.
struct ExtraFields {
    private var writer: JSONWriter?

    var isEmpty: Bool { writer == nil }

    /// - Parameter key: one that was not added before; the parser has made sure of that.
    mutating func append(_ key: String, _ value: JSON) {
        begin(key)
        writer?.write(value)
    }

    /// - Parameter text: what another one of these returned.
    mutating func append(_ key: String, object text: String) {
        begin(key)
        writer?.raw(text)
    }

    private mutating func begin(_ key: String) {
        if writer == nil {
            writer = JSONWriter(capacity: 128)
            writer?.beginObject()
        }
        writer?.key(key)
    }

    /// The object, or nil if there is nothing to say.
    consuming func text() -> String? {
        guard var writer else { return nil }
        writer.endObject()
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}

extension JSONObject {
    /// The members that are not known, as text; nil if there is nothing to say. Null is the same as absence.
    func extra(known: (String) -> Bool) -> String? {
        var extra = ExtraFields()
        for member in members where !member.value.isNull && !known(member.key) {
            extra.append(member.key, member.value)
        }
        return extra.text()
    }

    /// The same of an object that has another one inside, as a tool has its `function`: what is not known there is
    /// found under the inner object's name.
    func extra(
        inside name: String, _ object: JSONObject, known: (String) -> Bool, inner: (String) -> Bool
    ) -> String? {
        var extra = ExtraFields()
        for member in members where member.key != name && !member.value.isNull && !known(member.key) {
            extra.append(member.key, member.value)
        }
        if let inside = object.extra(known: inner) { extra.append(name, object: inside) }
        return extra.text()
    }
}
