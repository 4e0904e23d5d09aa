import JackfieldPlugin
import JackfieldVocabulary

extension ChatAnswer {
    /// The value of `tool_calls`: whole calls, or pieces of calls.
    mutating func readCalls(_ calls: JSONSlice, _ choice: Int) throws(JSONCursor.Malformed) {
        var cursor = JSONCursor(calls)
        try cursor.beginArray()
        while try cursor.nextElement() { try readCall(&cursor, choice) }
    }

    private mutating func readCall(_ cursor: inout JSONCursor, _ choice: Int) throws(JSONCursor.Malformed) {
        var given: UInt32?
        var id: String?
        var name: String?
        var arguments: JSONSlice?
        var others = MessageExtra()
        try cursor.beginObject()
        while let key = try cursor.nextKey() {
            switch key {
            case "index": given = try cursor.value().unsigned.flatMap { UInt32(exactly: $0) }
            case "id": id = try cursor.value().nonEmptyString
            case "function":
                guard cursor.peek() == UInt8(ascii: "{") else {
                    _ = try cursor.value()
                    continue
                }
                try cursor.beginObject()
                while let key = try cursor.nextKey() {
                    let value = try cursor.value()
                    switch key {
                    case "name": name = value.nonEmptyString
                    case "arguments": arguments = value
                    default: break
                    }
                }
            case "type": _ = try cursor.value()
            default: others.add(key, try cursor.value())
            }
        }
        let piece = try place(given, id: id, name: name, choice)
        open(call: UInt32(piece.index), id: piece.id, name: piece.name, choice: choices[choice].number)
        if let arguments { append(arguments: arguments) }
        if let json = others.json(ofCall: piece.index) { append(.extra(json, choice: choices[choice].number)) }
    }

    /// Which call a piece belongs to, and what of its id and name has not been said before.
    ///
    /// The index decides, with two exceptions that are met in the field: it may be absent, and it may be 0 for calls
    /// that are different. A name together with another id then begins a new call. An id alone does not: there are
    /// servers that make up a new one for every piece.
    private mutating func place(
        _ given: UInt32?, id: String?, name: String?, _ choice: Int
    ) throws(JSONCursor.Malformed) -> (index: Int, id: String?, name: String?) {
        let found = call(given, id: id, name: name, choices[choice])
        if let at = found {
            choices[choice].lastCall = at
            if name == nil || choices[choice].calls[at].hasName { return (at, nil, nil) }
            choices[choice].calls[at].hasName = true
            return (at, nil, name)
        }
        let number = choices[choice].calls.count
        guard number < ChatAnswer.listBound else {
            throw JSONCursor.Malformed(reason: "more tool calls than anybody makes", offset: 0)
        }
        // The client names the call by its id when it answers, so there must be one.
        let made = id ?? "call_" + String(UInt64.random(in: .min ... .max), radix: 36)
        choices[choice].calls.append(Call(given: given, id: made, hasName: name != nil))
        choices[choice].lastCall = number
        return (number, made, name)
    }

    /// The call that was begun before and that a piece goes on with. Apart from `place`, so that no second owner of the
    /// list makes every change of it a copy.
    private func call(_ given: UInt32?, id: String?, name: String?, _ choice: Choice) -> Int? {
        let calls = choice.calls
        guard let at = given == nil ? choice.lastCall : calls.lastIndex(where: { $0.given == given }) else {
            return nil
        }
        if name != nil, calls[at].hasName {
            let isOther = id.map { $0 != calls[at].id } ?? (given == nil)
            return isOther ? nil : at
        }
        if given == nil, name == nil, let id, id != calls[at].id { return nil }
        return at
    }
}
