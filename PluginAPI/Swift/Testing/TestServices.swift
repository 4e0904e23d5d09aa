public import JackfieldPlugin
public import JackfieldVocabulary

/// What a test host offers, and what it answers. What a test does not say is answered as by a host that grants nothing.
public struct TestServices: Sendable {
    /// Services that this host does not have. A plugin that requires one cannot be made.
    public var withheld: Set<Service>
    /// What the network answers.
    public var network: @Sendable (HTTPRequest) -> NetworkReply
    /// Secrets that are granted.
    public var secrets: [String: String]
    /// What a model answers.
    public var model: @Sendable (LLM.CompletionRequest) -> ModelReply
    /// Tools that are granted, as they are listed.
    public var tools: [Tool.ServiceEntry]
    public var tool: @Sendable (Tool.ServiceInvocation) throws(CallError) -> Tool.Result
    /// Agents that are granted.
    public var agents: [Agent.Entry]
    /// What an agent answers, as one text.
    public var agent: @Sendable (Agent.ServiceInvocation) throws(CallError) -> String

    public init(
        withheld: Set<Service> = [], secrets: [String: String] = [:], tools: [Tool.ServiceEntry] = [],
        agents: [Agent.Entry] = [],
        network: @escaping @Sendable (HTTPRequest) -> NetworkReply = { request in
            .failing(CallError(.forbidden, "the test grants no request to \(request.url)"))
        },
        model: @escaping @Sendable (LLM.CompletionRequest) -> ModelReply = { request in
            .failing(CallError(.forbidden, "the test grants no model \(request.model)"))
        },
        tool: @escaping @Sendable (Tool.ServiceInvocation) throws(CallError) -> Tool.Result = {
            (call) throws(CallError) in throw CallError(.forbidden, "the test grants no tool \(call.name)")
        },
        agent: @escaping @Sendable (Agent.ServiceInvocation) throws(CallError) -> String = {
            (call) throws(CallError) in throw CallError(.forbidden, "the test grants no agent \(call.agent)")
        }
    ) {
        self.withheld = withheld
        self.secrets = secrets
        self.tools = tools
        self.agents = agents
        self.network = network
        self.model = model
        self.tool = tool
        self.agent = agent
    }
}

/// What the network answers to one request.
public struct NetworkReply: Sendable {
    /// 0: the request fails before there is an answer.
    var status: Int
    var headers: [(name: String, value: String)]
    var pieces: [[UInt8]]
    /// How it ends; nil: not at all.
    var end: Result<[UInt8], CallError>?

    /// An answer whose body comes in these pieces, and then ends in order or with an error of the network.
    ///
    /// - Parameter headers: names in lower case.
    public static func answer(
        _ pieces: [String] = [], status: Int = 200, headers: [(name: String, value: String)] = [],
        failing error: CallError? = nil
    ) -> NetworkReply {
        NetworkReply(
            status: status, headers: headers, pieces: pieces.map { Array($0.utf8) },
            end: error.map { .failure($0) } ?? .success(Empty().payload()))
    }

    /// An answer whose body is not at its end after these pieces, for as long as the test runs.
    public static func endless(
        _ pieces: [String] = [], status: Int = 200, headers: [(name: String, value: String)] = []
    ) -> NetworkReply {
        NetworkReply(status: status, headers: headers, pieces: pieces.map { Array($0.utf8) }, end: nil)
    }

    /// No answer at all.
    public static func failing(_ error: CallError) -> NetworkReply {
        NetworkReply(status: 0, headers: [], pieces: [], end: .failure(error))
    }
}

/// What a model answers.
public struct ModelReply: Sendable {
    var events: [LLM.Event]
    var end: Result<[UInt8], CallError>

    public static func answer(
        _ events: [LLM.Event], _ result: LLM.CompletionResult = LLM.CompletionResult()
    ) -> ModelReply { ModelReply(events: events, end: .success(result.payload())) }

    /// One text.
    public static func text(_ text: String) -> ModelReply { .answer([.text(text), .stop("stop")]) }

    public static func failing(_ error: CallError) -> ModelReply { ModelReply(events: [], end: .failure(error)) }
}
