import JackfieldJSON

@testable import Bedrock

/// Messages of a stream, made by hand.
enum Frames {
    static func message(_ headers: [(String, String)], _ payload: String) -> [UInt8] {
        func big(_ number: UInt32) -> [UInt8] { [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) } }
        var fields: [UInt8] = []
        for (name, value) in headers {
            fields += [UInt8(name.utf8.count)] + Array(name.utf8)
            fields += [7, UInt8(value.utf8.count >> 8), UInt8(value.utf8.count & 255)] + Array(value.utf8)
        }
        var message = big(UInt32(16 + fields.count + payload.utf8.count)) + big(UInt32(fields.count))
        message += big(CRC32.checksum(message)) + fields + Array(payload.utf8)
        return message + big(CRC32.checksum(message))
    }

    static func event(_ type: String, _ payload: String) -> [UInt8] {
        message([(":event-type", type), (":content-type", "application/json"), (":message-type", "event")], payload)
    }

    static func exception(_ type: String, _ payload: String) -> [UInt8] {
        message([(":exception-type", type), (":message-type", "exception")], payload)
    }

    static func text(_ text: String, _ index: Int = 0) -> [UInt8] {
        event(
            "contentBlockDelta",
            JSON.object(["contentBlockIndex": JSON(index), "delta": ["text": .string(text)], "p": "abc"]).text)
    }

    static func stop(_ reason: String = "end_turn") -> [UInt8] {
        event("messageStop", #"{"p":"ab","stopReason":"\#(reason)"}"#)
    }

    static let start = event("messageStart", #"{"role":"assistant","p":"a"}"#)
    static let metadata = event(
        "metadata", #"{"metrics":{"latencyMs":9},"usage":{"inputTokens":3,"outputTokens":2,"totalTokens":5}}"#)
}
