/// How far the llm service goes when a plugin lets it call tools for the model (JACKFIELD_LLM_RUN_TOOLS).
package struct ToolLoopConfig: Sendable, Hashable {
    /// How often at most the model is asked again after tools have answered, 1...64.
    package var rounds = 8
    /// From the first question to the last answer, tools included.
    package var timeout = Duration.seconds(60)
    /// US dollars that the model's answers may cost together before it is not asked again. An answer without a price
    /// counts nothing.
    package var cost = 0.5

    package init() {}
}
