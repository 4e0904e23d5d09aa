import JackfieldJSON

/// Writes ConverseStream's answer: messages of `application/vnd.amazon.eventstream`, each in a chunk of its own.
struct BedrockStream {
    private let exchange: UpstreamExchange

    init(_ exchange: UpstreamExchange) { self.exchange = exchange }

    func run(_ answer: DialectAnswer) throws {
        try start()
        if answer.hasUnknownFields { try event("mysteryEvent", ["a": [1]]) }
        var index = 0
        if let reasoning = answer.reasoning {
            try delta(index, ["reasoningContent": ["text": .string(reasoning)]], answer.hasUnknownFields)
            try delta(index, ["reasoningContent": ["signature": "c2lnbmVk"]], answer.hasUnknownFields)
            try event("contentBlockStop", ["contentBlockIndex": JSON(index)])
            index += 1
        }
        if !answer.text.isEmpty {
            for piece in answer.text { try delta(index, ["text": .string(piece)], answer.hasUnknownFields) }
            try event("contentBlockStop", ["contentBlockIndex": JSON(index)])
            index += 1
        }
        for call in answer.calls {
            try event(
                "contentBlockStart",
                [
                    "contentBlockIndex": JSON(index),
                    "start": ["toolUse": ["toolUseId": .string(call.id), "name": .string(call.name)]],
                ])
            let middle = call.arguments.index(call.arguments.startIndex, offsetBy: call.arguments.count / 2)
            for part in [call.arguments[..<middle], call.arguments[middle...]] {
                try delta(index, ["toolUse": ["input": .string(String(part))]], answer.hasUnknownFields)
            }
            try event("contentBlockStop", ["contentBlockIndex": JSON(index)])
            index += 1
        }
        try event("messageStop", ["stopReason": .string(BedrockDialect.stopReason(answer.stop))])
        var metadata = JSONObject([("metrics", ["latencyMs": 12])])
        if let usage = answer.usage { metadata["usage"] = BedrockDialect.tokens(usage) }
        try event("metadata", .object(metadata))
        try exchange.end()
    }

    /// The beginning of an answer, up to the last of these pieces.
    func begin(_ pieces: [String]) throws {
        try start()
        for piece in pieces { try delta(0, ["text": .string(piece)], false) }
    }

    private func start() throws {
        try exchange.begin(
            headers: BedrockDialect.ids + [("content-type", "application/vnd.amazon.eventstream")])
        try event("messageStart", ["role": "assistant"])
    }

    private func delta(_ index: Int, _ delta: JSON, _ hasUnknown: Bool) throws {
        // Amazon pads every message, so that its length tells nothing.
        var payload = JSONObject([("contentBlockIndex", JSON(index)), ("delta", delta), ("p", "abcdefgh")])
        if hasUnknown { payload["mystery"] = ["a": [1]] }
        try event("contentBlockDelta", .object(payload))
    }

    private func event(_ type: String, _ payload: JSON) throws {
        try send(
            [(":event-type", type), (":content-type", "application/json"), (":message-type", "event")], payload)
    }

    func send(_ headers: [(String, String)], _ payload: JSON? = nil) throws {
        let message = BedrockStream.message(headers, payload?.bytes ?? [])
        let size = String(message.count, radix: 16)
        try exchange.socket.write(Array("\(size)\r\n".utf8) + message + Array("\r\n".utf8))
    }

    /// Prelude, headers, payload, and a checksum after the prelude and after everything.
    static func message(_ headers: [(String, String)], _ payload: [UInt8]) -> [UInt8] {
        func big(_ number: Int, _ bytes: Int) -> [UInt8] {
            (0..<bytes).reversed().map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
        }
        var fields: [UInt8] = []
        for (name, value) in headers {
            fields += [UInt8(name.utf8.count)] + Array(name.utf8) + [7] + big(value.utf8.count, 2) + Array(value.utf8)
        }
        var message = big(16 + fields.count + payload.count, 4) + big(fields.count, 4)
        message += big(checksum(message), 4) + fields + payload
        return message + big(checksum(message), 4)
    }

    /// CRC-32 bit by bit: slow, and without anything in common with the plugin's own.
    private static func checksum(_ bytes: [UInt8]) -> Int {
        var value: UInt32 = 0xffff_ffff
        for byte in bytes {
            value ^= UInt32(byte)
            for _ in 0..<8 { value = value & 1 == 1 ? value >> 1 ^ 0xedb8_8320 : value >> 1 }
        }
        return Int(~value)
    }
}
