import CJackfield
import EventLoops
package import JackfieldVocabulary
package import Loading
package import Manifest
package import Registry
import Telemetry

/// Takes a question through input validators, the agents that fit it, and output validators, to one answer.
package struct Orchestrator: Sendable {
    package typealias Sink = @Sendable (OrchestrationEvent) async throws(CallError) -> Void

    private let config: OrchestratorConfig
    private let registry: PluginRegistry
    private let router: ModelRouter
    private let input: ValidatorChain
    private let output: ValidatorChain
    private let sessions: SessionHistory
    private let selector: AgentSelector

    /// To be made when the registry has loaded its plugins, since it asks the agents what they can do.
    package init(
        manifest: Manifest, registry: PluginRegistry, router: ModelRouter, input: ValidatorChain,
        output: ValidatorChain,
        sessions: SessionHistory
    ) {
        config = manifest.orchestrator
        self.registry = registry
        self.router = router
        self.input = input
        self.output = output
        self.sessions = sessions
        selector = AgentSelector(
            registry.ready(.agent).compactMap { agent in
                agent.now.description.map { AgentSelector.Candidate(id: agent.id.text, description: $0) }
            })
    }

    /// Answer a question. Runs on the scope's loop.
    ///
    /// - Parameter emit: hears what happens; may wait, and then the agents wait too.
    /// - Throws: `refused` by a validator; `notFound` for an agent or model that there is not; `unavailable` if every
    ///   agent failed.
    package func answer(
        _ request: OrchestrationRequest, scope: CallScope, emit: @escaping Sink
    ) async throws(CallError) -> OrchestrationAnswer {
        var segments = [Validator.Segment(role: "user", text: request.input)]
        if let context = request.context { segments.append(Validator.Segment(role: "user", text: context)) }
        segments = try await input.check(segments, scope: scope).segments

        if let model = request.model, router.route(of: model) == nil {
            throw CallError(
                .notFound, "there is no model \"\(model)\"; there are \(router.names.joined(separator: ", "))")
        }
        let model = request.model ?? (router.route(of: "default") == nil ? nil : "default")
        let history = try await sessions.turns(of: request.session)
        let choices = try choose(request)

        var answer: OrchestrationAnswer
        if choices.isEmpty {
            answer = try await askModel(segments[0].text, history, model, scope, emit)
        } else {
            let invocation = Agent.Invocation(
                input: segments[0].text, model: model, context: segments.count > 1 ? segments[1].text : nil,
                history: history)
            answer = try await ask(choices, invocation, scope, emit)
        }
        if let session = request.session {
            let told = await sessions.append(
                [Agent.Turn(role: "user", text: segments[0].text), Agent.Turn(role: "assistant", text: answer.text)],
                to: session)
            if let told { answer.notes.append(told) }
        }
        return answer
    }

    private func choose(_ request: OrchestrationRequest) throws(CallError) -> [AgentSelector.Choice] {
        guard let wanted = request.agents, !wanted.isEmpty else {
            return selector.choose(for: request.input, atMost: config.maxAgents, threshold: config.threshold)
        }
        let known = registry.ready(.agent).map(\.id.text)
        for id in wanted where !known.contains(id) {
            throw CallError(
                .notFound,
                known.isEmpty
                    ? "there is no agent \"\(id)\"; no agent is running"
                    : "there is no agent \"\(id)\"; there are \(known.joined(separator: ", "))")
        }
        return wanted.map { AgentSelector.Choice(id: $0, score: 1, why: "the request names it") }
    }

    // MARK: Agents

    private struct Outcome: Sendable {
        var run: AgentRun
        var text = ""
        var findings: [Agent.Finding] = []
        var artifacts: [(name: String, mediaType: String, data: [UInt8])] = []
        var questions: [(id: String, text: String, options: [String])] = []
        var result: Agent.Result?
        /// Bytes of all events, which are kept until the answer is complete.
        var size = 0
    }

    private func ask(
        _ choices: [AgentSelector.Choice], _ invocation: Agent.Invocation, _ scope: CallScope, _ emit: @escaping Sink
    ) async throws(CallError) -> OrchestrationAnswer {
        let outcomes: [Outcome]
        if choices.count == 1 {
            outcomes = [await run(choices[0], invocation, scope, emit)]
        } else {
            outcomes = await withTaskGroup(of: (Int, Outcome).self) { group in
                for (index, choice) in choices.enumerated() {
                    group.addTask(executorPreference: scope.executor) {
                        (index, await run(choice, invocation, scope, emit))
                    }
                }
                var done: [(Int, Outcome)] = []
                for await outcome in group { done.append(outcome) }
                return done.sorted { $0.0 < $1.0 }.map(\.1)
            }
        }
        let failures = outcomes.compactMap(\.run.error)
        // A refusal, a deadline and a client that left are about the request, not about one agent.
        if let final = failures.first(where: { [.refused, .cancelled, .deadline].contains($0.code) }),
            failures.count == outcomes.count
        {
            throw final
        }
        guard failures.count < outcomes.count else {
            throw CallError(
                .unavailable,
                "every agent failed: \(outcomes.map { "\($0.run.id): \($0.run.error?.message ?? "")" }.joined(separator: "; "))",
                retry: true,
                // Any of them may do, so the first to be back counts.
                retryAfter: failures.compactMap(\.retryAfter).min())
        }
        return merge(outcomes)
    }

    private func merge(_ outcomes: [Outcome]) -> OrchestrationAnswer {
        let completed = outcomes.filter { $0.run.status == .completed }
        var text =
            completed.count == 1
            ? completed[0].text
            : completed.map { "\($0.run.id):\n\($0.text)" }.joined(separator: "\n\n")
        let failed = outcomes.filter { $0.run.status == .failed }
        if !failed.isEmpty {
            text += "\n\nNot answered by \(failed.map(\.run.id).joined(separator: ", ")), which failed."
        }
        var usage = LLM.Usage()
        for result in completed.compactMap(\.result) {
            usage.promptTokens += result.promptTokens
            usage.completionTokens += result.completionTokens
        }
        usage.totalTokens = usage.promptTokens + usage.completionTokens
        return OrchestrationAnswer(
            text: text,
            findings: completed.flatMap { outcome in outcome.findings.map { (outcome.run.id, $0) } },
            artifacts: completed.flatMap { outcome in
                outcome.artifacts.map { (outcome.run.id, $0.name, $0.mediaType, $0.data) }
            },
            questions: completed.flatMap { outcome in
                outcome.questions.map { (outcome.run.id, $0.id, $0.text, $0.options) }
            },
            runs: outcomes.map(\.run), upstream: completed.compactMap { $0.result?.upstream }.first,
            consulted: completed.contains { $0.result?.consulted == true }, usage: usage,
            notes: completed.compactMap { $0.result?.note })
    }

    /// One agent, to its end. Its failure is part of the outcome, so that the others go on.
    private func run(
        _ choice: AgentSelector.Choice, _ invocation: Agent.Invocation, _ scope: CallScope, _ emit: Sink
    ) async -> Outcome {
        let start = MonotonicTime.now()
        var outcome = Outcome(run: AgentRun(id: choice.id, why: choice.why, status: .completed, duration: 0))
        do throws(CallError) {
            try await emit(.agentStarted(id: choice.id, why: choice.why))
            try await invoke(choice.id, invocation, scope, emit, &outcome)
        } catch {
            outcome.run.status = .failed
            outcome.run.error = error
        }
        outcome.run.duration = start.elapsed
        try? await emit(.agentFinished(outcome.run))
        return outcome
    }

    private func invoke(
        _ id: String, _ invocation: Agent.Invocation, _ scope: CallScope, _ emit: Sink, _ outcome: inout Outcome
    ) async throws(CallError) {
        guard let running = (try? PluginInstanceID(id)).flatMap({ registry[$0]?.ready }) else {
            throw CallError(.unavailable, "the agent \(id) is not running", retry: true)
        }
        let call = running.start(method: JACKFIELD_AGENT_INVOKE, request: invocation.payload(), scope: scope)
        var screen = StreamScreen(output)
        do throws(CallError) {
            while let raw = try await next(of: call, id) {
                outcome.size += raw.payload.count
                guard outcome.size <= config.maxAnswer.bytes else {
                    throw CallError(
                        .exhausted,
                        "the agent \(id) says more than \(config.maxAnswer), the manifest's orchestrator.max_answer")
                }
                guard
                    let event = raw.payload.withUnsafeBytes({
                        Agent.Event(event: raw.event, PayloadReader(checked: $0))
                    })
                else { continue }
                switch event {
                case .text(let text):
                    let passed = try await screen.push(text, scope: scope)
                    try await say(passed, id, emit, &outcome)
                case .finding(let finding):
                    let checked = try await check(finding, scope)
                    outcome.findings.append(checked)
                    try await emit(.finding(agent: id, checked))
                case .artifact(let name, let mediaType, let data):
                    let (name, data) = try await check(artifact: name, data, scope)
                    outcome.artifacts.append((name, mediaType, data))
                    try await emit(.artifact(agent: id, name: name, mediaType: mediaType, data: data))
                case .question(let question, let text, let options):
                    let checked = try await check([text] + options, scope)
                    outcome.questions.append((question, checked[0], Array(checked.dropFirst())))
                    try await emit(
                        .question(agent: id, id: question, text: checked[0], options: Array(checked.dropFirst())))
                case .progress(let fraction, let message):
                    try await emit(.progress(agent: id, fraction: fraction, message: check([message], scope)[0]))
                }
            }
            let rest = try await screen.finish(scope: scope)
            try await say(rest, id, emit, &outcome)
            var result = try await call.result().withUnsafeBytes { Agent.Result(PayloadReader(checked: $0)) }
            if let note = result.note { result.note = try await check([note], scope)[0] }
            outcome.result = result
        } catch {
            call.abort(error)
            throw error
        }
    }

    /// What the agent says; what goes wrong here is its own failure, not the host's.
    private func next(of call: HostCall, _ id: String) async throws(CallError) -> CallMailbox.Event? {
        do throws(CallError) {
            return try await call.next()
        } catch {
            var error = error
            error.source = error.source ?? .plugin(id)
            throw error
        }
    }

    private func say(_ text: String, _ id: String, _ emit: Sink, _ outcome: inout Outcome) async throws(CallError) {
        guard !text.isEmpty else { return }
        outcome.text += text
        try await emit(.text(agent: id, text))
    }

    /// What a finding says may hold what must not leave, such as a password on a command line.
    private func check(_ finding: Agent.Finding, _ scope: CallScope) async throws(CallError) -> Agent.Finding {
        guard !output.isEmpty else { return finding }
        let checked = try await check(
            [finding.title, finding.source ?? "", finding.detail ?? "", finding.unit ?? ""], scope)
        var finding = finding
        finding.title = checked[0]
        if finding.source != nil { finding.source = checked[1] }
        if finding.detail != nil { finding.detail = checked[2] }
        if finding.unit != nil { finding.unit = checked[3] }
        return finding
    }

    private func check(_ texts: [String], _ scope: CallScope) async throws(CallError) -> [String] {
        if output.isEmpty { return texts }
        return try await output.check(texts.map { Validator.Segment(role: "assistant", text: $0) }, scope: scope)
            .segments
            .map(\.text)
    }

    /// The name, and the data where it is text, whatever its media type says.
    private func check(
        artifact name: String, _ data: [UInt8], _ scope: CallScope
    ) async throws(CallError) -> (name: String, data: [UInt8]) {
        if output.isEmpty { return (name, data) }
        guard let text = String(validating: data, as: UTF8.self) else {
            return (try await check([name], scope)[0], data)
        }
        let checked = try await check([name, text], scope)
        return (checked[0], checked[1] == text ? data : Array(checked[1].utf8))
    }

    // MARK: No agent fits

    private func askModel(
        _ input: String, _ history: [Agent.Turn], _ model: String?, _ scope: CallScope, _ emit: Sink
    ) async throws(CallError) -> OrchestrationAnswer {
        let agents = registry.ready(.agent).map(\.id.text)
        let note =
            agents.isEmpty
            ? "No agent is running, so the model was asked directly."
            : "No agent fits the question (there are \(agents.joined(separator: ", "))), so the model was asked directly."
        guard let model else {
            throw CallError(
                .notFound, "no agent fits the question, and the manifest has no model \"default\" to ask instead")
        }
        var request = LLM.CompletionRequest(
            model: model,
            messages: history.map { LLM.Message(role: $0.role, text: $0.text) } + [
                LLM.Message(role: "user", text: input)
            ])
        request.stream = true
        let completion = try await router.complete(request, scope: scope)
        var screen = StreamScreen(output)
        var text = ""
        var usage = LLM.Usage()
        do throws(CallError) {
            while let raw = try await completion.next() {
                switch LLM.Event(raw) {
                case .text(let piece, kind: .content, choice: 0):
                    let passed = try await screen.push(piece, scope: scope)
                    if passed.isEmpty { continue }
                    text += passed
                    guard text.utf8.count <= config.maxAnswer.bytes else {
                        throw CallError(
                            .exhausted,
                            "the model says more than \(config.maxAnswer), the manifest's orchestrator.max_answer")
                    }
                    try await emit(.text(agent: "", passed))
                case .usage(let counted): usage = counted
                default: break
                }
            }
            let rest = try await screen.finish(scope: scope)
            if !rest.isEmpty {
                text += rest
                try await emit(.text(agent: "", rest))
            }
        } catch {
            completion.cancel()
            throw error
        }
        let result = try completion.result()
        return OrchestrationAnswer(
            text: text, findings: [], artifacts: [], questions: [], runs: [], upstream: result.upstream,
            consulted: !result.isNotAModel, usage: usage, notes: [note])
    }
}
