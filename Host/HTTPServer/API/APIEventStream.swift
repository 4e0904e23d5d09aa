import JackfieldJSON
import JackfieldVocabulary
package import NIOCore
package import Orchestration

/// Writes the streams of `/api`: server-sent events (WHATWG HTML, 9.2) named for what they carry, each with one line of
/// JSON. The last one is `answer` or `error`.
package enum APIEventStream {
    /// One event.
    ///
    /// - Parameters:
    ///   - name: without a line break.
    ///   - data: compact JSON, which has no line break either.
    package static func append(_ name: StaticString, _ data: [UInt8], to buffer: inout ByteBuffer) {
        buffer.writeStaticString("event: ")
        buffer.writeStaticString(name)
        buffer.writeStaticString("\ndata: ")
        buffer.writeBytes(data)
        buffer.writeStaticString("\n\n")
    }

    /// What the orchestrator says while it works: `agent_started`, `text`, `finding`, `artifact`, `question`, `progress`
    /// or `agent_finished`.
    package static func append(_ event: OrchestrationEvent, requestID: String, to buffer: inout ByteBuffer) {
        var writer = JSONWriter(capacity: 192)
        switch event {
        case .text(let agent, let text):
            // The one that comes for every token.
            buffer.writeStaticString("event: text\ndata: {\"text\":\"")
            buffer.writeEscaped(text)
            buffer.writeStaticString("\",\"agent\":\"")
            buffer.writeEscaped(agent)
            buffer.writeStaticString("\"}\n\n")
        case .agentStarted(let id, let why):
            writer.beginObject()
            writer.key("id")
            writer.string(id)
            writer.key("why")
            writer.string(why)
            writer.endObject()
            append("agent_started", writer.bytes, to: &buffer)
        case .finding(let agent, let finding):
            APIShapes.write(finding, agent: agent, &writer)
            append("finding", writer.bytes, to: &buffer)
        case .artifact(let agent, let name, let mediaType, let data):
            APIShapes.write(artifact: name, mediaType, data, agent: agent, &writer)
            append("artifact", writer.bytes, to: &buffer)
        case .question(let agent, let id, let text, let options):
            APIShapes.write(question: id, text, options, agent: agent, &writer)
            append("question", writer.bytes, to: &buffer)
        case .progress(let agent, let fraction, let message):
            writer.beginObject()
            writer.key("fraction")
            if let fraction { writer.double(fraction) } else { writer.null() }
            writer.key("message")
            writer.string(message)
            writer.key("agent")
            writer.string(agent)
            writer.endObject()
            append("progress", writer.bytes, to: &buffer)
        case .agentFinished(let run):
            APIShapes.write(run, requestID: requestID, &writer)
            append("agent_finished", writer.bytes, to: &buffer)
        }
    }

    /// The last event of a stream that went well.
    package static func append(
        answer: OrchestrationAnswer, session: String?, requestID: String, to buffer: inout ByteBuffer
    ) {
        append("answer", APIShapes.encode(answer: answer, session: session, requestID: requestID), to: &buffer)
    }

    /// The last event of a stream that broke off.
    package static func append(_ problem: ProblemDetails, requestID: String, to buffer: inout ByteBuffer) {
        append("error", problem.body(requestID: requestID), to: &buffer)
    }
}
