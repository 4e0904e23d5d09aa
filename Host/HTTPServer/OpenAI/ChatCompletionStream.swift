import JackfieldJSON
package import JackfieldVocabulary
package import NIOCore

/// The state of one streamed completion: turns events into chunks (OpenAI API reference, "The chat completion chunk
/// object"), each a `data:` event of its own, appended to the caller's buffer.
///
/// Every chunk bears the same id, time and model; what does not change from one to the next is written once.
package struct ChatCompletionStream: Sendable {
    private struct Choice {
        var number: UInt32
        var hasRole = false
        var isStopped = false
        var calls: [UInt32] = []
    }

    private let id: String
    private let includeUsage: Bool
    /// Up to and with `"choices":[`
    private let head: [UInt8]
    /// Up to and with `"delta":{"content":"` for the first choice, on which nearly every token travels.
    private let contentHead: [UInt8]
    private let contentTail: [UInt8]
    private let end: StaticString
    private var choices: [Choice] = []
    private var firstHasRole = false
    /// What the upstream counted so far; sent at the end if the client asked for it.
    package private(set) var usage: LLM.Usage?

    /// - Parameters:
    ///   - id: `ChatCompletionID.make()`.
    ///   - created: seconds since 1970.
    ///   - model: the name that the client is told.
    ///   - includeUsage: `ChatCompletionRequest.includeUsage`.
    package init(id: String, created: Int64, model: String, includeUsage: Bool) {
        self.id = id
        self.includeUsage = includeUsage
        var writer = JSONWriter(capacity: 192 + model.utf8.count)
        writer.beginObject()
        writer.key("id")
        writer.string(id)
        writer.key("object")
        writer.string("chat.completion.chunk")
        writer.key("created")
        writer.int(created)
        writer.key("model")
        writer.string(model)
        writer.key("choices")
        writer.beginArray()
        head = Array("data: ".utf8) + writer.bytes
        contentHead = head + Array(#"{"index":0,"delta":{"content":""#.utf8)
        end = includeUsage ? "}],\"usage\":null}\n\n" : "}]}\n\n"
        contentTail = Array(#""},"logprobs":null,"finish_reason":null"#.utf8) + end.array
    }

    /// Append what the event means to the client, if anything.
    package mutating func append(_ event: LLM.Event, to buffer: inout ByteBuffer) {
        switch event {
        case .text(let text, kind: .content, choice: 0) where firstHasRole:
            buffer.writeBytes(contentHead)
            buffer.writeEscaped(text)
            buffer.writeBytes(contentTail)
        case .text(let text, let kind, let number):
            begin(number, &buffer)
            switch kind {
            case .content: buffer.writeStaticString("\"content\":\"")
            case .reasoning: buffer.writeStaticString("\"reasoning_content\":\"")
            case .refusal: buffer.writeStaticString("\"refusal\":\"")
            }
            buffer.writeEscaped(text)
            buffer.writeStaticString("\"}")
            finishChunk(&buffer)
        case .toolCall(let index, let id, let name, let arguments, let number):
            append(call: index, id, name, arguments, number, &buffer)
        case .stop(let reason, let number): append(stop: reason, number, &buffer)
        case .usage(let usage): self.usage = usage
        case .logprobs(let json, let number): append(logprobs: json, number, &buffer)
        case .extra(let json, let number): append(extra: MessageExtra(json), number, &buffer)
        // OpenAI's dialect has no word for it, and clients run their own tools.
        case .toolRun: break
        }
    }

    /// Append the end: a stop for every choice that got none, the usage if the client asked for it, and `[DONE]`.
    ///
    /// - Parameter result: of which `extra` is merged into the chunk with the usage.
    package mutating func finish(_ result: LLM.CompletionResult, to buffer: inout ByteBuffer) {
        if choices.isEmpty { _ = choice(0) }
        for choice in choices where !choice.isStopped {
            append(stop: choice.calls.isEmpty ? "stop" : "tool_calls", choice.number, &buffer)
        }
        if includeUsage, let usage {
            buffer.writeBytes(head)
            var writer = JSONWriter(capacity: 192)
            // Continues the object that `head` has begun.
            writer.beginObject()
            writer.key("usage")
            writer.usage(usage)
            writer.extra(result.extra)
            writer.endObject()
            buffer.writeStaticString("],")
            buffer.writeBytes(writer.bytes.dropFirst())
            buffer.writeStaticString("\n\n")
        }
        buffer.writeStaticString("data: [DONE]\n\n")
    }
}

extension ChatCompletionStream {
    private mutating func choice(_ number: UInt32) -> Int {
        if let at = choices.firstIndex(where: { $0.number == number }) { return at }
        choices.append(Choice(number: number))
        return choices.count - 1
    }

    /// A chunk up to and with the brace of its delta, and the role where it is the first of its choice.
    @discardableResult
    private mutating func begin(_ number: UInt32, _ buffer: inout ByteBuffer, isEmpty: Bool = false) -> Int {
        let at = choice(number)
        buffer.writeBytes(head)
        buffer.writeStaticString("{\"index\":")
        buffer.writeString(String(number))
        buffer.writeStaticString(",\"delta\":{")
        if !choices[at].hasRole {
            choices[at].hasRole = true
            if number == 0 { firstHasRole = true }
            buffer.writeStaticString(isEmpty ? "\"role\":\"assistant\"" : "\"role\":\"assistant\",")
        }
        return at
    }

    private func finishChunk(_ buffer: inout ByteBuffer) {
        buffer.writeStaticString(",\"logprobs\":null,\"finish_reason\":null")
        buffer.writeStaticString(end)
    }

    private mutating func append(
        call index: UInt32, _ id: String?, _ name: String?, _ arguments: String, _ number: UInt32,
        _ buffer: inout ByteBuffer
    ) {
        let isFirst = !choices[choice(number)].hasRole
        let at = begin(number, &buffer)
        if isFirst { buffer.writeStaticString("\"content\":null,") }
        buffer.writeStaticString("\"tool_calls\":[{\"index\":")
        buffer.writeString(String(index))
        if !choices[at].calls.contains(index) {
            choices[at].calls.append(index)
            buffer.writeStaticString(",\"id\":\"")
            buffer.writeEscaped(id ?? ChatCompletionEncoder.toolCallID(self.id, number, index))
            buffer.writeStaticString("\",\"type\":\"function\",\"function\":{\"name\":\"")
            buffer.writeEscaped(name ?? "")
            buffer.writeStaticString("\",\"arguments\":\"")
        } else {
            buffer.writeStaticString(",\"function\":{\"arguments\":\"")
        }
        buffer.writeEscaped(arguments)
        buffer.writeStaticString("\"}}]}")
        finishChunk(&buffer)
    }

    private mutating func append(stop reason: String, _ number: UInt32, _ buffer: inout ByteBuffer) {
        guard !choices[choice(number)].isStopped else { return }
        let at = begin(number, &buffer, isEmpty: true)
        choices[at].isStopped = true
        buffer.writeStaticString("},\"logprobs\":null,\"finish_reason\":\"")
        buffer.writeEscaped(reason)
        buffer.writeStaticString("\"")
        buffer.writeStaticString(end)
    }

    /// Log probabilities come as JSON of the provider's; what is not an object is left out.
    private mutating func append(logprobs text: String, _ number: UInt32, _ buffer: inout ByteBuffer) {
        guard let json = try? JSON(parsing: text), json.object != nil else { return }
        begin(number, &buffer, isEmpty: true)
        buffer.writeStaticString("},\"logprobs\":")
        buffer.writeBytes(json.bytes)
        buffer.writeStaticString(",\"finish_reason\":null")
        buffer.writeStaticString(end)
    }
}

extension ChatCompletionStream {
    /// Members of the message go into a delta of their own, as they came: a client joins what it knows.
    private mutating func append(extra: MessageExtra, _ number: UInt32, _ buffer: inout ByteBuffer) {
        if extra.isEmpty { return }
        begin(number, &buffer)
        var writer = JSONWriter(capacity: 256)
        writer.beginObject()
        writer.members(extra.members)
        if !extra.calls.isEmpty {
            writer.key("tool_calls")
            writer.beginArray()
            for call in extra.calls {
                writer.beginObject()
                writer.key("index")
                writer.int(call.index)
                writer.members(call.members)
                writer.endObject()
            }
            writer.endArray()
        }
        writer.endObject()
        // `begin` has written the opening brace.
        buffer.writeBytes(writer.bytes.dropFirst())
        finishChunk(&buffer)
    }
}

extension StaticString {
    fileprivate var array: [UInt8] { Array(UnsafeBufferPointer(start: utf8Start, count: utf8CodeUnitCount)) }
}
