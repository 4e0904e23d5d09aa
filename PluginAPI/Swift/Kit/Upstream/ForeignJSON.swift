public import JackfieldJSON
public import JackfieldVocabulary

// JSON texts that a client wrote and that go into a request to an upstream.

extension JSONWriter {
    /// JSON that somebody else wrote. It is checked: a piece that closes an object too early would speak for the rest
    /// of the request.
    ///
    /// - Parameters:
    ///   - what: how an error calls it: "tool_choice".
    ///   - begins: what it may be: `{` for an object, `"` for a string, `[` for a list.
    /// - Throws: `invalidArgument`.
    public mutating func raw(_ text: String, _ what: String, begins: [Character]) throws(CallError) {
        var copy = text
        let isGood = copy.withUTF8 { utf8 in
            var cursor = JSONCursor(utf8)
            let first = Character(Unicode.Scalar(cursor.peek()))
            return begins.contains(first) && (try? cursor.value()) != nil && (try? cursor.end()) != nil
        }
        guard isGood else {
            let kinds = begins.map { $0 == "{" ? "object" : $0 == "[" ? "list" : "string" }.joined(separator: " or ")
            throw CallError(.invalidArgument, "\(what) must be a JSON \(kinds)")
        }
        raw(text)
    }

    /// The members of an `extra` text, without those that the caller writes itself.
    ///
    /// - Throws: `invalidArgument` if it is no JSON object; `what` is how the sentence calls its owner: "a message".
    public mutating func members(
        ofExtra text: String?, of what: String, isWritten: (String) -> Bool
    ) throws(CallError) {
        guard let text else { return }
        for member in try JSONObject(extra: text, of: what).members where !isWritten(member.key) {
            key(member.key)
            write(member.value)
        }
    }
}

extension JSONObject {
    /// The fields that the vocabulary does not know, of a request, a message, a part, a tool or a call.
    ///
    /// - Throws: `invalidArgument` if the text is no JSON object; `what` is how the sentence calls its owner.
    public init(extra text: String, of what: String) throws(CallError) {
        guard case .object(let object)? = try? JSON(parsing: text) else {
            throw CallError(.invalidArgument, "the extra fields of \(what) must be a JSON object")
        }
        self = object
    }
}
