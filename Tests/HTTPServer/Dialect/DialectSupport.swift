import HTTPServer
import JackfieldJSON
import JackfieldVocabulary
import NIOCore
import Testing

extension ChatCompletionRequest {
    static func decode(_ text: String) throws(DialectError) -> ChatCompletionRequest {
        try decode(ByteBuffer(string: text))
    }

    /// A request of one message, with these members beside the model and the messages.
    static func decode(with members: String) throws(DialectError) -> ChatCompletionRequest {
        try decode(#"{"model":"m","messages":[{"role":"user","content":"hi"}],\#(members)}"#)
    }

    /// A request whose messages are these.
    static func decode(messages: String) throws(DialectError) -> ChatCompletionRequest {
        try decode(#"{"model":"m","messages":[\#(messages)]}"#)
    }
}

/// What a decoder says about a body that it must refuse.
func refusal<Decoded>(_ decode: () throws(DialectError) -> Decoded) -> DialectError? {
    do throws(DialectError) {
        _ = try decode()
        return nil
    } catch {
        return error
    }
}

func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

extension ByteBuffer {
    var text: String { String(buffer: self) }

    /// The data of each event of a stream.
    var events: [String] {
        var events: [String] = []
        var data = ""
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("data: ") {
                data = String(line.dropFirst(6))
            } else if line.isEmpty, !data.isEmpty {
                events.append(data)
                data = ""
            } else if !line.isEmpty, !line.hasPrefix("event: ") {
                Issue.record("a line that is neither data nor empty: \(line)")
            }
        }
        return events
    }
}

extension ChatCompletionStream {
    static let id = "chatcmpl-0123456789abcdef0123456789abcdef"

    /// A stream of one fixed id and time.
    static func fixed(includeUsage: Bool = false) -> ChatCompletionStream {
        ChatCompletionStream(id: id, created: 1_700_000_000, model: "default", includeUsage: includeUsage)
    }

    mutating func events(_ events: LLM.Event...) -> [String] {
        var buffer = ByteBuffer()
        for event in events { append(event, to: &buffer) }
        return buffer.events
    }
}
