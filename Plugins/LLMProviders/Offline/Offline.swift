package import JackfieldPlugin
package import JackfieldVocabulary

/// The provider for a machine without a key and without a network. It words the findings that an agent sends along, by
/// rules, and never passes that off as the work of a language model.
package struct OfflineProvider: LLMProvider {
    package static let definition = PluginDefinition.llm(id: "llm/offline", version: "0.1.0") { _ in OfflineProvider() }

    /// The one name that a route can use: "offline/notes".
    package static let model = "notes"

    package init() {}

    package func models(_ call: Call<NoEvent>) async throws -> [LLM.Model] {
        [LLM.Model(id: OfflineProvider.model, owner: "jackfield", isNotAModel: true)]
    }

    package func complete(
        _ request: LLM.CompletionRequest, _ call: Call<LLM.Event>
    ) async throws -> LLM.CompletionResult {
        for event in try OfflineProvider.answer(request) { try await call.emit(event) }
        return LLM.CompletionResult(model: OfflineProvider.model, isNotAModel: true)
    }

    package func embed(_ request: LLM.EmbeddingRequest, _ call: Call<NoEvent>) async throws -> LLM.EmbeddingResult {
        throw CallError(
            .unsupported,
            "the offline provider has no embeddings: they need a model; route this name to another provider")
    }

    /// The events of an answer: sentence by sentence for a stream, in one piece otherwise. No model read or wrote
    /// anything, so the usage is zero, and exactly so.
    ///
    /// - Throws: `notFound` for a model that is not here, `unsupported` if the answer would have to be JSON.
    package static func answer(_ request: LLM.CompletionRequest) throws(CallError) -> [LLM.Event] {
        guard request.model == model else {
            throw CallError(
                .notFound, "the offline provider has no model \"\(request.model)\"; its only name is \"\(model)\"")
        }
        if let format = ResponseFormat.wanted(request.responseFormat) {
            throw CallError(
                .unsupported,
                "the offline provider cannot answer in the response format \"\(format)\": that needs a language model")
        }
        let question = request.messages.last { $0.role == "user" }
        let findings = question.map { FindingsDocument(of: $0) } ?? FindingsDocument()
        var sentences =
            findings.isEmpty
            ? OfflineAnswer.withoutFindings
            : FindingsAnswer(findings, question: question?.text ?? "").sentences + [OfflineAnswer.noModelWasAsked]
        if !request.tools.isEmpty { sentences.append(OfflineAnswer.ignoredTools(request.tools.count)) }
        let pieces = sentences.enumerated().map { $0.offset == 0 ? $0.element : " " + $0.element }
        let texts = request.stream ? pieces : [pieces.joined()]
        return texts.map { .text($0) } + [.stop("stop"), .usage(LLM.Usage())]
    }
}

/// What is said whatever was measured.
enum OfflineAnswer {
    static let howToConfigure =
        "To have one answer, add a plugin that uses llm/openai to the manifest (base_url, and api_key where the server "
        + "wants one), grant it that origin under grants.http, and put its model first in the route of the name that "
        + "you ask for."

    static let noModelWasAsked =
        "No language model was asked: these sentences were made from the measurements alone. " + howToConfigure

    static let withoutFindings = [
        "This is not the answer of a language model: none is configured for the name that you asked for, or none could be reached (the host's log says which).",
        "The offline provider, which answers instead, can only put an agent's findings into words, and your request "
            + "brought none.",
        "To get findings, ask an agent, for example with: jackfield ask \"Is this machine healthy?\"",
        howToConfigure,
    ]

    static func ignoredTools(_ count: Int) -> String {
        count == 1
            ? "The tool of your request was ignored: without a language model nothing decides to call it."
            : "The \(count) tools of your request were ignored: without a language model nothing decides to call them."
    }
}
