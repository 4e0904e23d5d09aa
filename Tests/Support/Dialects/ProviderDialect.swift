/// What an upstream of any dialect can be made to answer.
package struct DialectAnswer: Sendable {
    package struct Call: Sendable, Hashable {
        package var id: String
        package var name: String
        package var arguments: String

        package init(id: String, name: String, arguments: String) {
            self.id = id
            self.name = name
            self.arguments = arguments
        }
    }

    package enum Stop: String, Sendable, CaseIterable {
        case stop
        case length
        case toolCalls = "tool_calls"
        case contentFilter = "content_filter"
    }

    package struct Usage: Sendable, Hashable {
        package var prompt: Int
        package var completion: Int
        /// Of the prompt, read from the upstream's prompt cache.
        package var cached = 0

        package init(prompt: Int, completion: Int, cached: Int = 0) {
            self.prompt = prompt
            self.completion = completion
            self.cached = cached
        }
    }

    /// In a stream a piece each; otherwise joined.
    package var text: [String]
    /// What the model thought, ahead of the text.
    package var reasoning: String?
    package var calls: [Call] = []
    package var stop = Stop.stop
    /// Nil: the upstream does not say.
    package var usage: Usage? = Usage(prompt: 11, completion: 7)
    /// Put members that nobody knows into every object, and events that nobody knows into the stream.
    package var hasUnknownFields = false

    package init(_ text: String...) { self.text = text }
}

/// The classes of errors that providers report, each in its dialect's own words and status.
package enum DialectFault: Sendable, Hashable, CaseIterable {
    case badKey, forbidden, noSuchModel, invalidRequest, tooLong, rateLimited, quota, contentFiltered, overloaded
    case serverError, unavailable
}

/// A request as the upstream of a dialect understood it: what a test compares, whatever the dialect.
package struct DialectRequest: Sendable {
    package struct Message: Sendable, Hashable {
        package var role: String
        package var text: String

        package init(role: String, text: String) {
            self.role = role
            self.text = text
        }
    }

    package var model = ""
    package var isStream = false
    /// System texts, joined with a blank line.
    package var system = ""
    /// User and assistant messages that hold text.
    package var messages: [Message] = []
    /// The bytes of the images, in order.
    package var images: [[UInt8]] = []
    /// Names of the tools that are offered.
    package var tools: [String] = []
    /// Calls that the assistant made before.
    package var calls: [DialectAnswer.Call] = []
    /// What tools answered: the id of the call, and the text.
    package var results: [Message] = []
    package var maxTokens: Int?
    package var temperature: Double?

    package init() {}
}

/// One provider's dialect, spoken by a `ProgrammableUpstream`: the cells of the provider matrix are written against this.
/// Shapes are those of the provider's own documentation.
package protocol ProviderDialect: Sendable {
    /// KIND/NAME of the plugin that speaks it: "llm/anthropic".
    var plugin: String { get }
    /// Members of the instance's `config`, as YAML flow: `base_url: "…", api_key: "…"`.
    func config(for upstream: ProgrammableUpstream) -> String
    /// Answer whatever is asked (a completion, whole or streamed as the request wants it; embeddings; the model list).
    func answer(_ answer: DialectAnswer) -> UpstreamScript
    /// Refuse, before anything of an answer.
    /// - Parameter retryAfter: seconds, said in the way of this dialect.
    func fault(_ fault: DialectFault, retryAfter: Int?) -> UpstreamScript
    /// Stream these pieces, then report the fault in the stream, as far as the dialect can.
    func fault(_ fault: DialectFault, after pieces: [String]) -> UpstreamScript
    /// Stream these pieces, then nothing, until the client leaves.
    func stall(after pieces: [String]) -> UpstreamScript
    /// Stream these pieces, then close without the end of the stream.
    func cut(after pieces: [String]) -> UpstreamScript
    func read(_ request: UpstreamRequest) throws -> DialectRequest
}
