import JackfieldJSON
import JackfieldPlugin
import JackfieldVocabulary

extension MessageAnswer: ServerSentEventReader {
    mutating func receive(_ event: ServerSentEvent) {
        guard !isDone, failure == nil else { return }
        let isError = event.name == "error"
        read(event.data) { answer, json throws(JSONCursor.Malformed) in
            try answer.readEvent(json, isError: isError)
        }
    }

    /// One event of a stream (Anthropic documentation, "Streaming Messages"). New kinds may come at any time, and are
    /// passed over.
    private mutating func readEvent(
        _ json: UnsafeBufferPointer<UInt8>, isError: Bool
    ) throws(JSONCursor.Malformed) {
        var type: JSONSlice?
        var index: UInt64 = 0
        var delta: JSONSlice?
        var block: JSONSlice?
        var message: JSONSlice?
        var usage: JSONSlice?
        var hasError = isError
        var cursor = JSONCursor(json)
        try cursor.beginObject()
        while let key = try cursor.nextKey() {
            let value = try cursor.value()
            switch key {
            case "type": type = value
            case "index": index = value.unsigned ?? 0
            case "delta": delta = value.isNull ? nil : value
            case "content_block": block = value
            case "message": message = value
            case "usage": usage = value
            case "error": hasError = hasError || !value.isNull
            default: break
            }
        }
        try cursor.end()
        if hasError {
            failure = UpstreamError(inAnswer: JSONSlice(bytes: json, hasEscapes: false).tree ?? .null)
            return
        }
        switch type {
        case "content_block_delta"?:
            if let delta, let position = position(of: index) { try append(delta: delta, to: position) }
        case "content_block_start"?:
            if let block { try open(block: block, index: index) }
        case "content_block_stop"?:
            if let position = position(of: index) { close(block: position) }
        case "message_start"?:
            begin()
            if let message, !message.isNull { try readMessage(message) }
        case "message_delta"?:
            if let delta { try readEnd(delta: delta) }
            if let usage { try self.usage.read(usage) }
        case "message_stop"?: isDone = true
        default: return
        }
    }

    private mutating func readEnd(delta: JSONSlice) throws(JSONCursor.Malformed) {
        var cursor = JSONCursor(delta)
        try cursor.beginObject()
        while let key = try cursor.nextKey() { readEnd(key, try cursor.value()) }
    }
}
