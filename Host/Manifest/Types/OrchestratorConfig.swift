/// How agents are chosen for a question.
package struct OrchestratorConfig: Sendable, Hashable {
    /// How many agents may work on one question, 1...32.
    package var maxAgents = 3
    /// The least score, 0...1, with which an agent is asked; the best one is asked in any case.
    package var threshold = 0.25
    /// Of one answer: texts, findings and artifacts together.
    package var maxAnswer = ByteCount.mebibytes(8)

    package init() {}
}
