import JackfieldJSON
import JackfieldPlugin
package import JackfieldVocabulary

/// Writes a completion request for Bedrock's Converse and ConverseStream, whose bodies are the same (Bedrock API
/// Reference, "Converse").
package struct ConverseRequestEncoder: Sendable {
    let guardrail: BedrockConfig.Guardrail?
    let sendsReasoning: Bool
    private let sendsSampling: Bool

    package init(_ config: BedrockConfig) {
        guardrail = config.guardrail
        sendsReasoning = config.sendsReasoning
        sendsSampling = config.sendsSampling
    }

    /// - Throws: `unsupported` for what Converse has no place for; `invalidArgument` where a field that should hold
    ///   JSON does not.
    package func encode(_ request: LLM.CompletionRequest) throws(CallError) -> [UInt8] {
        try refuseWhatCannotBe(request)
        let tools = try ToolConfig(request)
        let fields = try ModelFields(request, tools, sendsSampling: sendsSampling)
        var conversation = ConversationWriter(capacity: 512 + request.textBytes * 9 / 8)
        for message in request.messages where !message.isSystem { try encode(message, &conversation) }
        var writer = conversation.finish()
        try encodeSystem(request, &writer)
        encodeInference(request, &writer)
        try tools.write(&writer)
        if let guardrail {
            writer.key("guardrailConfig")
            writer.write([
                "guardrailIdentifier": .string(guardrail.id), "guardrailVersion": .string(guardrail.version),
            ])
        }
        if let format = try OutputFormat(request.responseFormat) { format.write(&writer) }
        if !fields.model.isEmpty {
            writer.key("additionalModelRequestFields")
            writer.write(.object(fields.model))
        }
        for member in fields.converse.members {
            if member.key == "guardrailConfig", guardrail != nil { continue }
            if member.key == "outputConfig", request.responseFormat != nil { continue }
            writer.key(member.key)
            writer.write(member.value)
        }
        writer.endObject()
        return writer.bytes
    }

    private func refuseWhatCannotBe(_ request: LLM.CompletionRequest) throws(CallError) {
        if let choices = request.choices, choices > 1 {
            throw CallError(.unsupported, "Bedrock gives one choice for a request; n must be 1, not \(choices)")
        }
        if request.logprobs || request.topLogprobs ?? 0 > 0 {
            throw CallError(.unsupported, "Bedrock's Converse gives no log probabilities; leave out logprobs")
        }
    }

    private func encodeSystem(_ request: LLM.CompletionRequest, _ writer: inout JSONWriter) throws(CallError) {
        var isOpen = false
        func open(_ writer: inout JSONWriter) {
            guard !isOpen else { return }
            isOpen = true
            writer.key("system")
            writer.beginArray()
        }
        for message in request.messages where message.isSystem {
            for part in message.parts {
                switch part {
                case .text(let text, let extra):
                    guard !text.isBlank else { continue }
                    open(&writer)
                    writer.text(text)
                    try CachePoint(extra: extra, of: "a part of a message")?.write(&writer)
                case .data(let text, _):
                    open(&writer)
                    writer.text(text)
                case .imageURL, .image, .other:
                    throw CallError(.unsupported, "Bedrock takes only text in a message of the role \(message.role)")
                }
            }
            if let point = try CachePoint(extra: message.extra, of: "a message"), isOpen { point.write(&writer) }
        }
        if isOpen { writer.endArray() }
    }

    private func encodeInference(_ request: LLM.CompletionRequest, _ writer: inout JSONWriter) {
        let temperature = sendsSampling ? request.temperature : nil
        let topP = sendsSampling ? request.topP : nil
        guard request.maxTokens != nil || temperature != nil || topP != nil || !request.stop.isEmpty else { return }
        writer.key("inferenceConfig")
        writer.beginObject()
        if let bound = request.maxTokens {
            writer.key("maxTokens")
            writer.int(bound)
        }
        if let temperature {
            writer.key("temperature")
            writer.double(temperature)
        }
        if let topP {
            writer.key("topP")
            writer.double(topP)
        }
        if !request.stop.isEmpty {
            writer.key("stopSequences")
            writer.beginArray()
            for text in request.stop { writer.string(text) }
            writer.endArray()
        }
        writer.endObject()
    }
}

extension LLM.Message {
    /// Said by whom runs the model, not by whom talks to it: Converse has these apart.
    var isSystem: Bool { role == "system" || role == "developer" }
}

extension String {
    /// Blocks of text that hold nothing to read are refused by Bedrock.
    var isBlank: Bool { withoutSpaceAround.isEmpty }
}

extension JSONWriter {
    /// A block of text.
    mutating func text(_ text: String) {
        beginObject()
        key("text")
        string(text)
        endObject()
    }
}
