import Glibc
package import JackfieldPlugin
package import JackfieldVocabulary

/// Measures the machine that it runs on, compares to thresholds, and has the findings worded.
package struct SystemMonitoringAgent: AgentPlugin {
    /// Reading /proc may block, so it runs on worker threads.
    package static let definition = PluginDefinition.agent(
        id: "agent/system-monitoring", version: "0.1.0", threads: .workers(concurrency: 4),
        services: [.required(.timer), .optional(.llm), .optional(.log)]
    ) { setup in
        SystemMonitoringAgent(config: try SystemMonitoringConfig(setup.config), tree: .machine)
    }

    private let config: SystemMonitoringConfig
    private let tree: SystemTree
    private let trends = TrendMemory()

    package init(config: SystemMonitoringConfig, tree: SystemTree) {
        self.config = config
        self.tree = tree
    }

    package func describe() -> Agent.Description { Self.description }

    package func invoke(_ invocation: Agent.Invocation, _ call: Call<Agent.Event>) async throws -> Agent.Result {
        let document = try await measure(call)
        return try await answer(invocation, document, call)
    }

    /// Take both readings and emit the findings as soon as each of them is known.
    private func measure(_ call: Call<Agent.Event>) async throws -> FindingsDocument {
        let assessment = Assessment(thresholds: config.thresholds, topProcesses: config.topProcesses)
        let window = Self.window(
            config.window, deadline: call.deadline, now: SystemTree.nanoseconds(CLOCK_MONOTONIC))
        try await call.emit(.progress(0, "measuring this machine for \(window) ms"))
        var findings: [Agent.Finding] = []
        func tell(_ measured: [Measured]) async throws {
            let time = tree.now()
            for measured in measured {
                let finding = trends.told(measured, at: time)
                findings.append(finding)
                try await call.emit(.finding(finding))
            }
        }

        let first = CounterReading(tree)
        let state = StateReading(tree)
        try await tell(assessment.findings(state))
        try await call.sleep(for: .milliseconds(window))
        let second = CounterReading(tree)
        try await tell(assessment.findings(from: first, to: second, tree))
        try await tell([assessment.notMeasured(state.missing + second.missing)].compactMap(\.self))
        try await call.emit(.progress(1, "\(findings.count) findings"))
        return FindingsDocument(
            findings: findings, window: Int((second.time - first.time) / 1_000_000), host: state.host)
    }

    /// The configured window, or less where the deadline would leave no time for the answer: a quarter of what is left.
    ///
    /// - Parameter deadline: nanoseconds of CLOCK_MONOTONIC, or 0 for none; `now` likewise.
    /// - Returns: milliseconds, at least 50.
    package static func window(_ configured: Int, deadline: Int64, now: Int64) -> Int {
        guard deadline > 0 else { return configured }
        return max(50, min(configured, Int((deadline - now) / 4_000_000)))
    }

    private func answer(
        _ invocation: Agent.Invocation, _ document: FindingsDocument, _ call: Call<Agent.Event>
    ) async throws -> Agent.Result {
        var answer = ModelAnswer()
        var failure: CallError?
        do throws(CallError) {
            let completion = try call.complete(ModelAnswer.request(invocation, document))
            while let event = try await completion.next() {
                guard let text = answer.take(event), !text.isEmpty else { continue }
                do throws(CallError) {
                    try await call.emit(.text(text))
                } catch {
                    // The reader is gone, so the model need not go on.
                    completion.cancel()
                    throw error
                }
            }
            let result = try await completion.result()
            if answer.hasText { return answer.result(result) }
        } catch {
            if call.isCancelled { throw error }
            if answer.hasText { return answer.cutOff(by: error) }
            // That no model is granted is the operator's choice.
            let level: LogLine.Level = error.code == .forbidden || error.code == .unsupported ? .debug : .warning
            call.log(level, "no model worded the findings", [("reason", error.message)])
            failure = error
        }
        let worded = WordedAnswer(
            findings: document.findings, areas: Area.named(in: invocation.input), host: document.host)
        try await call.emit(.text(worded.text))
        return answer.wordedHere(because: failure)
    }
}
