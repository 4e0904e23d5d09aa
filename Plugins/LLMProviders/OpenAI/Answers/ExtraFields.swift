import JackfieldPlugin

/// Members of an answer that the vocabulary does not know, kept as they were written. In a stream the last one counts.
struct ExtraFields {
    /// More than this is not kept: an upstream must not fill memory with what nobody reads.
    private static let memberBound = 32
    private static let byteBound = 64 << 10

    private var members: [(key: [UInt8], value: [UInt8])] = []
    private var size = 0

    mutating func set(_ key: JSONSlice, _ value: JSONSlice) {
        if value.isNull { return }
        if let at = members.firstIndex(where: { $0.key.elementsEqual(key.bytes) }) {
            // The same in every chunk, as a rule.
            if members[at].value.elementsEqual(value.bytes) { return }
            let grown = size - members[at].value.count + value.bytes.count
            guard grown <= ExtraFields.byteBound else { return }
            size = grown
            members[at].value = Array(value.bytes)
        } else {
            let grown = size + key.bytes.count + value.bytes.count
            guard members.count < ExtraFields.memberBound, grown <= ExtraFields.byteBound else { return }
            size = grown
            members.append((Array(key.bytes), Array(value.bytes)))
        }
    }

    /// A JSON object, or nil if there is nothing to say.
    var json: String? {
        guard !members.isEmpty else { return nil }
        var text: [UInt8] = [UInt8(ascii: "{")]
        for (key, value) in members {
            if text.count > 1 { text.append(UInt8(ascii: ",")) }
            text += key
            text.append(UInt8(ascii: ":"))
            text += value
        }
        text.append(UInt8(ascii: "}"))
        return String(decoding: text, as: UTF8.self)
    }
}
