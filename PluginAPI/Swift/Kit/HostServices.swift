import CJackfield
public import JackfieldVocabulary

// What a handler may ask of the host, on behalf of the call that it serves: the host knows from the call who asks, and
// ends these calls with it.

extension Call {
    /// Send a request to the network; returns when the head of the answer is there.
    ///
    /// - Throws: `forbidden` if the manifest does not grant the origin; `unavailable` if it cannot be reached.
    public func send(_ request: HTTPRequest) async throws(CallError) -> HTTPResponse {
        let call = try start(.http, JACKFIELD_HTTP_REQUEST, request.payload())
        while let (event, payload) = try await call.next() {
            if event == JACKFIELD_HTTP_EVENT_HEAD {
                return HTTPResponse(head: HTTPHead(checked: payload), call: call)
            }
        }
        throw CallError(.internal, "the host finished a request without an answer")
    }

    /// Ask a model by a name from the manifest.
    public func complete(_ request: LLM.CompletionRequest) throws(CallError) -> Completion {
        Completion(call: try start(.llm, JACKFIELD_LLM_COMPLETE, request.payload()))
    }

    /// Wait without holding a thread.
    public func sleep(for duration: Duration) async throws(CallError) {
        let (seconds, attoseconds) = duration.components
        let delay = seconds * 1_000_000_000 + attoseconds / 1_000_000_000
        _ = try await start(.timer, JACKFIELD_TIMER_AFTER, TimerRequest(delay: delay).payload()).result()
    }

    /// A secret that the manifest grants.
    public func secret(_ name: String) async throws(CallError) -> SecretValue {
        let bytes = try await start(.secrets, JACKFIELD_SECRETS_GET, SecretRequest(name: name).payload()).result()
        return bytes.withUnsafeBytes { SecretValue(PayloadReader(checked: $0)) }
    }

    /// The agents that the manifest grants.
    public func agents() async throws(CallError) -> [Agent.Entry] {
        let bytes = try await start(.agents, JACKFIELD_AGENTS_LIST, Empty().payload()).result()
        return bytes.withUnsafeBytes { Agent.EntryList(PayloadReader(checked: $0)) }.agents
    }

    public func invoke(_ invocation: Agent.ServiceInvocation) throws(CallError) -> AgentInvocation {
        AgentInvocation(call: try start(.agents, JACKFIELD_AGENTS_INVOKE, invocation.payload()))
    }

    /// The tools that the manifest grants.
    public func tools() async throws(CallError) -> [Tool.ServiceEntry] {
        let bytes = try await start(.tools, JACKFIELD_TOOLS_LIST, Empty().payload()).result()
        return bytes.withUnsafeBytes { Tool.ServiceList(PayloadReader(checked: $0)) }.tools
    }

    /// Call a tool, and wait for what it says.
    ///
    /// - Throws: `forbidden` if the manifest does not grant it; `invalidArgument` if the arguments are not what it wants.
    public func use(_ invocation: Tool.ServiceInvocation) async throws(CallError) -> Tool.Result {
        let bytes = try await start(.tools, JACKFIELD_TOOLS_CALL, invocation.payload()).result()
        return bytes.withUnsafeBytes { Tool.Result(PayloadReader(checked: $0)) }
    }

    /// Write a line to the host's log. Static text in `message`; what varies in `fields`. Without the service: nothing.
    public func log(_ level: LogLine.Level, _ message: String, _ fields: [(name: String, value: String)] = []) {
        _ = try? start(.log, JACKFIELD_LOG_WRITE, LogLine(level: level, message: message, fields: fields).payload())
    }

    /// Add to a metric of the plugin's own. Without the service: nothing.
    public func record(_ metric: MetricRecord) {
        _ = try? start(.metrics, JACKFIELD_METRICS_RECORD, metric.payload())
    }

    func start(_ service: Service, _ method: Int32, _ request: [UInt8]) throws(CallError) -> OutgoingCall {
        try OutgoingCall.start(service, method: method, request: request, parent: core.handle, instance: core.instance)
    }
}

/// An answer from the network whose body is still coming. For one reader.
public struct HTTPResponse: Sendable {
    public let head: HTTPHead
    let call: OutgoingCall

    /// The next piece of the body as it came from the network; nil at its end.
    public func next() async throws(CallError) -> [UInt8]? {
        while let (event, payload) = try await call.next() {
            if event == JACKFIELD_HTTP_EVENT_BODY {
                return payload.withUnsafeBytes { HTTPBody(PayloadReader(checked: $0)).data }
            }
        }
        return nil
    }

    /// The whole body.
    ///
    /// - Throws: `exhausted` if it is longer than `limit` bytes.
    public func body(limit: Int) async throws(CallError) -> [UInt8] {
        var body: [UInt8] = []
        while let piece = try await next() {
            if body.isEmpty { body = piece } else { body += piece }
            if body.count > limit {
                call.cancel()
                throw CallError(.exhausted, "the upstream's answer is longer than \(limit) bytes")
            }
        }
        return body
    }

    /// Give up the rest.
    public func cancel() { call.cancel() }
}

/// A completion that is being made. For one reader.
public struct Completion: Sendable {
    let call: OutgoingCall

    /// The next event; nil at the end.
    public func next() async throws(CallError) -> LLM.Event? {
        while let (event, payload) = try await call.next() {
            if let event = payload.withUnsafeBytes({ LLM.Event(event: event, PayloadReader(checked: $0)) }) {
                return event
            }
        }
        return nil
    }

    /// How the completion came to be; leaves the events that are still to come.
    public func result() async throws(CallError) -> LLM.CompletionResult {
        try await call.result().withUnsafeBytes { LLM.CompletionResult(PayloadReader(checked: $0)) }
    }

    public func cancel() { call.cancel() }
}

/// Another agent at work. For one reader.
public struct AgentInvocation: Sendable {
    let call: OutgoingCall

    public func next() async throws(CallError) -> Agent.Event? {
        while let (event, payload) = try await call.next() {
            if let event = payload.withUnsafeBytes({ Agent.Event(event: event, PayloadReader(checked: $0)) }) {
                return event
            }
        }
        return nil
    }

    public func result() async throws(CallError) -> Agent.Result {
        try await call.result().withUnsafeBytes { Agent.Result(PayloadReader(checked: $0)) }
    }

    public func cancel() { call.cancel() }
}
