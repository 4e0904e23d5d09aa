package import JackfieldPlugin
package import JackfieldVocabulary

/// A provider that plays a script: for tests and demonstrations without a server, and to see how a host takes faults.
package struct ScriptedProvider: LLMProvider {
    package static let definition = PluginDefinition.llm(
        id: "llm/scripted", version: "0.1.0", services: [.required(.timer), .optional(.log)]
    ) { setup in ScriptedProvider(try ScriptedConfig(setup.config)) }

    private let state: ScriptState

    package init(_ config: ScriptedConfig) { state = ScriptState(config.script) }

    package func models(_ call: Call<NoEvent>) async throws -> [LLM.Model] {
        state.script.models.map { LLM.Model(id: $0, owner: "script", isNotAModel: true) }
    }

    package func complete(
        _ request: LLM.CompletionRequest, _ call: Call<LLM.Event>
    ) async throws -> LLM.CompletionResult {
        let scene = try state.scene(for: request)
        call.log(.debug, "a rule of the script answers", [("rule", scene.rule), ("model", request.model)])
        for step in scene.steps {
            switch step {
            case .wait(let milliseconds): try await call.sleep(for: .milliseconds(milliseconds))
            case .emit(let event): try await call.emit(event)
            case .fail(let error): throw error
            // Waiting ends with an error as soon as nobody wants the answer any more.
            case .hang: while true { try await call.sleep(for: .seconds(3600)) }
            }
        }
        return LLM.CompletionResult(model: request.model, isNotAModel: true)
    }

    package func embed(_ request: LLM.EmbeddingRequest, _ call: Call<NoEvent>) async throws -> LLM.EmbeddingResult {
        try ScriptedProvider.embed(request, state)
    }

    /// - Throws: `notFound` for a model that the script does not name, `invalidArgument` for too many dimensions.
    package static func embed(
        _ request: LLM.EmbeddingRequest, _ state: ScriptState
    ) throws(CallError) -> LLM.EmbeddingResult {
        try state.check(model: request.model)
        let dimensions = request.dimensions.map { Int($0) } ?? state.script.dimensions
        guard Script.dimensionRange.contains(dimensions) else {
            throw CallError(
                .invalidArgument,
                "\(dimensions) dimensions were asked for; a vector here has 1 to \(Script.dimensionRange.upperBound)"
            )
        }
        let bytes = request.input.reduce(0) { $0 + $1.utf8.count }
        return LLM.EmbeddingResult(
            vectors: request.input.map { TextVector.vector(of: $0, dimensions: dimensions) },
            promptTokens: TokenEstimate.usage(promptBytes: bytes, completionBytes: 0).promptTokens, model: request.model
        )
    }
}
