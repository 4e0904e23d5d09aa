import JackfieldPlugin

/// Members of an object in an answer that are passed on as they were written: those of a message or a delta that the
/// vocabulary does not know (`annotations`, `audio`, `thinking_blocks`, `reasoning_details`), and those of a tool call.
struct MessageExtra {
    private var text: [UInt8] = []

    var isEmpty: Bool { text.isEmpty }

    /// Null is the same as absence.
    mutating func add(_ key: JSONSlice, _ value: JSONSlice) {
        if value.isNull { return }
        text.append(text.isEmpty ? UInt8(ascii: "{") : UInt8(ascii: ","))
        text.append(contentsOf: key.bytes)
        text.append(UInt8(ascii: ":"))
        text.append(contentsOf: value.bytes)
    }

    /// A JSON object, or nil if there is nothing to say.
    var json: String? { text.isEmpty ? nil : String(decoding: text, as: UTF8.self) + "}" }

    /// The members of one tool call, as the member `tool_calls` of the message says them: a list of objects that
    /// `index` assigns to the calls.
    func json(ofCall index: Int) -> String? {
        if text.isEmpty { return nil }
        return #"{"tool_calls":[{"index":\#(index),"# + String(decoding: text.dropFirst(), as: UTF8.self) + "}]}"
    }
}
