import JackfieldJSON
import JackfieldVocabulary
package import Orchestration

/// Writes the answers of `/api` about questions and agents.
///
/// Fields that have nothing to say are null and lists are empty, so that an answer always has the same members.
package enum APIShapes {
    /// The whole answer of `POST /api/v1/orchestrate`, and the data of the last event of its stream.
    package static func encode(answer: OrchestrationAnswer, session: String?, requestID: String) -> [UInt8] {
        var writer = JSONWriter(capacity: 512 + answer.text.utf8.count * 9 / 8 + answer.findings.count * 256)
        writer.beginObject()
        writer.key("answer")
        writer.string(answer.text)
        writer.key("findings")
        writer.beginArray()
        for (agent, finding) in answer.findings { write(finding, agent: agent, &writer) }
        writer.endArray()
        writer.key("artifacts")
        writer.beginArray()
        for artifact in answer.artifacts {
            write(artifact: artifact.name, artifact.mediaType, artifact.data, agent: artifact.agent, &writer)
        }
        writer.endArray()
        writer.key("questions")
        writer.beginArray()
        for question in answer.questions {
            write(question: question.id, question.text, question.options, agent: question.agent, &writer)
        }
        writer.endArray()
        writer.key("agents")
        writer.beginArray()
        for run in answer.runs { write(run, requestID: requestID, &writer) }
        writer.endArray()
        writer.key("model")
        writer.beginObject()
        writer.key("upstream")
        writer.stringOrNull(answer.upstream)
        writer.key("consulted")
        writer.bool(answer.consulted)
        writer.endObject()
        writer.key("usage")
        writer.usage(answer.usage)
        writer.key("notes")
        writer.beginArray()
        for note in answer.notes { writer.string(note) }
        writer.endArray()
        writer.key("session")
        writer.stringOrNull(session)
        writer.key("request_id")
        writer.string(requestID)
        writer.endObject()
        return writer.bytes
    }
}

extension APIShapes {
    static func write(_ finding: Agent.Finding, agent: String, _ writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("id")
        writer.string(finding.id)
        writer.key("severity")
        writer.string(finding.severity.label)
        writer.key("title")
        writer.string(finding.title)
        writer.key("value")
        writer.numberOrNull(finding.value)
        writer.key("threshold")
        writer.numberOrNull(finding.threshold)
        writer.key("unit")
        writer.stringOrNull(finding.unit)
        writer.key("source")
        writer.stringOrNull(finding.source)
        writer.key("agent")
        writer.string(agent)
        // What an agent hands over as JSON need not be any.
        if let text = finding.detail, let detail = try? JSON(parsing: text), detail.object != nil {
            writer.key("detail")
            writer.write(detail)
        }
        writer.endObject()
    }

    /// Why an agent failed is told in the host's words; its own go to the log.
    static func write(_ run: AgentRun, requestID: String, _ writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("id")
        writer.string(run.id)
        writer.key("why")
        writer.string(run.why)
        writer.key("status")
        writer.string(run.status.rawValue)
        writer.key("duration_ms")
        writer.double(Double(run.duration / 1000) / 1000)
        if let error = run.error {
            writer.key("error")
            writer.beginObject()
            writer.key("code")
            writer.string(error.code.label)
            writer.key("message")
            writer.string(ErrorMapping(error, origin: .plugin(run.id), requestID: requestID).message)
            writer.endObject()
        }
        writer.endObject()
    }

    /// Data that is text is readable text; anything else is Base64.
    static func write(
        artifact name: String, _ mediaType: String, _ data: [UInt8], agent: String, _ writer: inout JSONWriter
    ) {
        writer.beginObject()
        writer.key("name")
        writer.string(name)
        writer.key("media_type")
        writer.string(mediaType)
        let isText = mediaType.hasPrefix("text/") || mediaType.hasPrefix("application/json")
        if isText, let text = String(validating: data, as: UTF8.self) {
            writer.key("text")
            writer.string(text)
        } else {
            writer.key("base64")
            data.withUnsafeBytes { bytes in writer.raw("\"" + Base64Text.encode(bytes) + "\"") }
        }
        writer.key("agent")
        writer.string(agent)
        writer.endObject()
    }

    static func write(
        question id: String, _ text: String, _ options: [String], agent: String, _ writer: inout JSONWriter
    ) {
        writer.beginObject()
        writer.key("id")
        writer.string(id)
        writer.key("text")
        writer.string(text)
        writer.key("options")
        writer.beginArray()
        for option in options { writer.string(option) }
        writer.endArray()
        writer.key("agent")
        writer.string(agent)
        writer.endObject()
    }
}

extension JSONWriter {
    fileprivate mutating func numberOrNull(_ value: Double?) {
        if let value { double(value) } else { null() }
    }
}
