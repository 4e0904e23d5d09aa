import JackfieldJSON
package import NIOCore
package import Orchestration

/// The body of `POST /api/v1/orchestrate` and `POST /api/v1/agents/{id}/invoke`.
package struct OrchestrateRequest: Sendable {
    package var request: OrchestrationRequest
    /// The client wants server-sent events.
    package var stream: Bool

    /// Longer ids of sessions are refused.
    package static let sessionBound = 128
    /// More agents in one question are refused.
    package static let agentBound = 64

    /// - Parameter agent: the agent that the path names; then the body may not choose others.
    /// - Throws: all that is wrong with the body, at once.
    package static func decode(_ body: ByteBuffer, agent: String? = nil) throws(ProblemDetails) -> OrchestrateRequest {
        let result: Result<OrchestrateRequest, ProblemDetails> = body.withUnsafeReadableBytes { bytes in
            do throws(ProblemDetails) {
                return .success(try decode(bytes: bytes, agent: agent))
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    package static func decode(
        bytes: UnsafeRawBufferPointer, agent: String? = nil
    ) throws(ProblemDetails) -> OrchestrateRequest {
        let json: JSON
        do throws(JSONError) {
            json = try JSON(parsing: bytes)
        } catch {
            let sentence =
                bytes.isEmpty
                ? "The body is empty; it must be a JSON object with the field 'input'."
                : "The body is not JSON: \(error.reason), at byte \(error.offset) of \(bytes.count)."
            throw .invalid([ProblemDetails.FieldError(path: "", message: sentence)])
        }
        guard case .object(let object) = json else {
            let sentence = "The body must be a JSON object with the field 'input', and is \(json.kindName)."
            throw .invalid([ProblemDetails.FieldError(path: "", message: sentence)])
        }
        var reader = Reader(fixedAgent: agent)
        reader.read(object)
        guard reader.errors.isEmpty else { throw .invalid(reader.errors) }
        return OrchestrateRequest(request: reader.request, stream: reader.stream)
    }
}

extension OrchestrateRequest {
    private struct Reader {
        let fixedAgent: String?
        var request = OrchestrationRequest(input: "")
        var stream = false
        var errors: [ProblemDetails.FieldError] = []
        private var hasInput = false
        private var unknown = 0

        init(fixedAgent: String?) {
            self.fixedAgent = fixedAgent
            request.agents = fixedAgent.map { [$0] }
        }

        mutating func read(_ object: JSONObject) {
            for member in object.members {
                let value = member.value
                switch member.key {
                case "input":
                    hasInput = true
                    request.input = nonEmptyString("input", value) ?? ""
                case "session", "agents", "model", "context", "stream":
                    if !value.isNull { readOptional(member.key, value) }
                default:
                    unknown += 1
                    // A body of nothing but unknown fields does not get a sentence for each.
                    if unknown <= 8 { refuse(member.key.bounded, "is not known; there are \(known)") }
                }
            }
            if !hasInput { refuse("input", "is missing; it holds the question, a string") }
        }

        private var known: String {
            "input, session, \(fixedAgent == nil ? "agents, " : "")model, context and stream"
        }

        private mutating func readOptional(_ key: String, _ value: JSON) {
            switch key {
            case "session":
                request.session = nonEmptyString(key, value)
                if let length = request.session?.utf8.count, length > OrchestrateRequest.sessionBound {
                    refuse(key, "may be at most \(OrchestrateRequest.sessionBound) bytes long, and has \(length)")
                }
            case "agents": readAgents(value)
            case "model": request.model = nonEmptyString(key, value)
            case "context":
                if value.object == nil {
                    refuse(key, "must be an object, and is \(value.kindName)")
                } else {
                    request.context = value.text
                }
            default:
                if let flag = value.bool {
                    stream = flag
                } else {
                    refuse(key, "must be true or false, and is \(value.kindName)")
                }
            }
        }

        private mutating func readAgents(_ value: JSON) {
            guard fixedAgent == nil else {
                return refuse("agents", "has no place here, where the path names the agent")
            }
            guard let entries = value.array else {
                return refuse("agents", "must be an array of agent ids, and is \(value.kindName)")
            }
            if entries.isEmpty {
                return refuse("agents", "must name at least one agent; leave it out to have fitting ones chosen")
            }
            guard entries.count <= OrchestrateRequest.agentBound else {
                return refuse(
                    "agents", "may name at most \(OrchestrateRequest.agentBound) agents, and names \(entries.count)")
            }
            var agents: [String] = []
            for (index, entry) in entries.enumerated() {
                guard let agent = nonEmptyString("agents[\(index)]", entry) else { continue }
                if agents.contains(agent) {
                    refuse("agents[\(index)]", "names \(agent.bounded) once more")
                } else {
                    agents.append(agent)
                }
            }
            request.agents = agents
        }

        private mutating func nonEmptyString(_ path: String, _ value: JSON) -> String? {
            guard let text = value.string else {
                refuse(path, "must be a string, and is \(value.kindName)")
                return nil
            }
            if text.utf8.allSatisfy({ $0 == 0x20 || (0x09...0x0d).contains($0) }) {
                refuse(path, "must not be empty")
                return nil
            }
            return text
        }

        private mutating func refuse(_ path: String, _ sentence: String) {
            errors.append(ProblemDetails.FieldError(path: path, message: "The field '\(path)' \(sentence)."))
        }
    }
}
