import JackfieldJSON
import JackfieldPlugin
import JackfieldVocabulary

extension MessageAnswer {
    /// A content block: whole, or as a stream begins it.
    mutating func open(block: JSONSlice, index: UInt64) throws(JSONCursor.Malformed) {
        guard blocks.count < MessageAnswer.blockBound else {
            throw JSONCursor.Malformed(reason: "more blocks than any answer has", offset: 0)
        }
        begin()
        var members = BlockMembers()
        var cursor = JSONCursor(block)
        try cursor.beginObject()
        while let key = try cursor.nextKey() { members.take(key, try cursor.value()) }
        let kind: Block.Kind
        switch members.type {
        case "text"?:
            kind = .text
            if let text = members.text { events.append(text: text, .content) }
        case "thinking"?:
            kind = .thinking(number: thinking.begin(thinking: members.thinking, signature: members.signature))
            if let text = members.thinking { events.append(text: text, .reasoning) }
        case "redacted_thinking"?:
            kind = .other
            thinking.add(redacted: members.data)
        case "tool_use"?: kind = openCall(members)
        default: kind = .other
        }
        blocks.append(Block(index: index, kind: kind))
    }

    private mutating func openCall(_ members: BlockMembers) -> Block.Kind {
        let call = callCount
        callCount += 1
        // The client names the call by its id when it answers, so there must be one.
        let id = members.id?.nonEmptyString ?? "toolu_" + String(UInt64.random(in: .min ... .max), radix: 36)
        events.append(.toolCall(index: call, id: id, name: members.name?.nonEmptyString ?? "", arguments: ""))
        var input = Array("{}".utf8)
        if let given = members.input {
            if given.isString {
                input = []
                given.append(to: &input)
            } else if !given.isNull {
                input = Array(given.bytes)
            }
        }
        return .toolUse(call: call, input: input, hasPieces: false)
    }

    /// A call that came without pieces of arguments has those that its start said: none as a rule, which is an empty
    /// object and not an empty text.
    mutating func close(block position: Int) {
        guard blocks[position].isOpen else { return }
        blocks[position].isOpen = false
        if case .toolUse(let call, let input, false) = blocks[position].kind {
            events.append(arguments: input.isEmpty ? Array("{}".utf8) : input, call: call)
        }
    }

    /// Where the block is that a stream calls by this number; the last one is meant nearly always.
    func position(of index: UInt64) -> Int? { blocks.lastIndex { $0.index == index } }

    /// A `content_block_delta`.
    mutating func append(delta: JSONSlice, to position: Int) throws(JSONCursor.Malformed) {
        var members = BlockMembers()
        var cursor = JSONCursor(delta)
        try cursor.beginObject()
        while let key = try cursor.nextKey() { members.take(key, try cursor.value()) }
        // What is here decides, not the name of the delta: text in a thinking block is still thinking.
        switch blocks[position].kind {
        case .text:
            if let text = members.text { events.append(text: text, .content) }
        case .thinking(let number):
            if let text = members.thinking {
                events.append(text: text, .reasoning)
                thinking.append(text, to: number)
            }
            if let signature = members.signature { thinking.sign(signature, number) }
        case .toolUse(let call, let input, let hasPieces):
            guard let piece = members.partialJSON, events.append(arguments: piece, call: call), !hasPieces else {
                return
            }
            blocks[position].kind = .toolUse(call: call, input: input, hasPieces: true)
        case .other: return
        }
    }
}

/// The members of a block or a delta, in whatever order they came.
struct BlockMembers {
    var type: JSONSlice?
    var text: JSONSlice?
    var thinking: JSONSlice?
    var signature: JSONSlice?
    var data: JSONSlice?
    var id: JSONSlice?
    var name: JSONSlice?
    var input: JSONSlice?
    var partialJSON: JSONSlice?

    mutating func take(_ key: JSONSlice, _ value: JSONSlice) {
        switch key {
        case "type": type = value
        case "text": text = value
        case "partial_json": partialJSON = value
        case "thinking": thinking = value
        case "signature": signature = value
        case "data": data = value
        case "id": id = value
        case "name": name = value
        case "input": input = value
        default: break
        }
    }
}
