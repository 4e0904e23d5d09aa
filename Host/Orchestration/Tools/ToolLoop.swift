import Accounting
import CJackfield
import JackfieldJSON
import JackfieldVocabulary
import Loading
import Logging
import Manifest
import Telemetry

/// Asks a model, calls the tools that it wants to be called, and asks it again with what they answered, until it wants no
/// more or a limit is reached (JACKFIELD_LLM_RUN_TOOLS, llm.h).
///
/// A limit is no error: what was said is the answer then. It ends with the stop reason "length", as whatever is cut off
/// does, and the result's `extra` says which limit it was.
struct ToolLoop: Sendable {
    let models: ModelRouter
    let runs: ToolRuns
    let config: ToolLoopConfig
    /// The bounds of the one who asks.
    let scope: CallScope
    let logger: Logger
    private let deadline: MonotonicTime
    private let offer: ToolOffer

    init(
        models: ModelRouter, tools: ToolRouter, input: ValidatorChain, config: ToolLoopConfig,
        request: LLM.CompletionRequest, caller: String, scope: CallScope, logger: Logger
    ) {
        self.models = models
        self.config = config
        self.scope = scope
        self.logger = logger
        deadline = MonotonicTime.now() + config.timeout
        offer = ToolOffer(tools.granted(to: caller), beside: request.tools)
        runs = ToolRuns(
            router: tools, offer: offer, input: input, caller: caller, scope: scope.limited(to: deadline.nanoseconds))
    }

    /// What was done and spent so far.
    private struct Progress {
        var spending = ToolLoopSpending()
        /// How often the model was asked.
        var asked = 0
        var calls = 0
        /// Of the last answer, be it one that was not heard to its end.
        var result = LLM.CompletionResult()
    }

    /// How the last answer ended.
    private struct Ending {
        var stop: String
        var limit: ToolLoopLimit?
        var result: LLM.CompletionResult
    }

    /// Takes an event for the one who asked, and waits while there is no room, at most until a time of CLOCK_MONOTONIC in
    /// nanoseconds; then it throws `deadline`.
    typealias Send = (LLM.Event, Int64) async throws(CallError) -> Void

    /// Nanoseconds that the last events wait for room when the time is up, so that one who is but slow hears why.
    private static let grace: Int64 = 1_000_000_000

    /// - Parameter rounds: how often at most the model is asked again; nil: as often as the manifest allows.
    /// - Throws: what became of the model; `cancelled`; `invalidArgument` for a request that has no one answer.
    func run(
        _ given: LLM.CompletionRequest, rounds asked: UInt32?, send: Send
    ) async throws(CallError) -> LLM.CompletionResult {
        guard given.choices ?? 1 <= 1 else {
            throw CallError(.invalidArgument, "tools are run for one answer; `choices` is \(given.choices ?? 1)")
        }
        var progress = Progress()
        var ending: Ending
        do throws(CallError) {
            ending = try await ask(given, rounds: min(config.rounds, asked.map(Int.init) ?? .max), &progress) {
                event throws(CallError) in
                try await send(event, deadline.nanoseconds)
            }
        } catch {
            guard isOwnDeadline(error) else { throw error }
            ending = Ending(stop: "length", limit: .time, result: progress.result)
        }
        return try await conclude(ending, progress, send)
    }

    private func ask(
        _ given: LLM.CompletionRequest, rounds: Int, _ progress: inout Progress,
        _ send: (LLM.Event) async throws(CallError) -> Void
    ) async throws(CallError) -> Ending {
        var request = given
        request.tools += offer.tools
        while true {
            progress.asked += 1
            progress.result = LLM.CompletionResult()
            let completion = try await models.complete(request, scope: runs.scope, agent: runs.caller)
            progress.result.upstream = completion.upstream
            var turn = ModelTurn()
            do throws(CallError) {
                try await follow(completion, &turn, send)
            } catch {
                count(turn, request, completion, &progress)
                throw error
            }
            count(turn, request, completion, &progress)
            let result = try completion.result()
            progress.result = result
            let calls = turn.toolCalls(round: progress.asked)
            if calls.isEmpty || calls.contains(where: { offer.isOwn($0.name) }) {
                try await tell(calls, turn, send)
                return Ending(stop: turn.stop ?? (calls.isEmpty ? "stop" : "tool_calls"), limit: nil, result: result)
            }
            if let limit = limit(progress, rounds) { return Ending(stop: "length", limit: limit, result: result) }
            try await send(.usage(progress.spending.usage))
            progress.calls += calls.count
            let made = try await runs.make(calls, round: progress.asked) { run throws(CallError) in
                try await send(.toolRun(run))
            }
            if MonotonicTime.now() >= deadline { throw CallError(.deadline, "the time for calling tools is up") }
            request = next(request, turn.message(calls), made, isLast: progress.asked == rounds, given)
        }
    }

    /// Pass on what goes on, until the turn is over.
    private func follow(
        _ completion: ModelCompletion, _ turn: inout ModelTurn,
        _ send: (LLM.Event) async throws(CallError) -> Void
    ) async throws(CallError) {
        do throws(CallError) {
            while let raw = try await completion.next() {
                guard let event = LLM.Event(raw), try turn.see(event) else { continue }
                try await send(event)
            }
        } catch {
            completion.cancel()
            throw error
        }
    }

    private func next(
        _ request: LLM.CompletionRequest, _ message: LLM.Message, _ made: [LLM.ToolRun], isLast: Bool,
        _ given: LLM.CompletionRequest
    ) -> LLM.CompletionRequest {
        var request = request
        request.messages.append(message)
        for run in made {
            request.messages.append(
                LLM.Message(role: "tool", parts: [.text(run.content)], toolCallID: run.id))
        }
        // A choice that forces a call holds for the first question, or the model could never come to an end. Calls of
        // the last question would not be made: the model is told to answer with what it has.
        if isLast, given.tools.isEmpty, !offer.tools.isEmpty {
            request.toolChoice = "\"none\""
        } else if request.toolChoice != nil, request.toolChoice != "\"none\"" {
            request.toolChoice = nil
        }
        return request
    }

    // MARK: Limits

    private func limit(_ progress: Progress, _ rounds: Int) -> ToolLoopLimit? {
        if progress.asked > rounds { return .rounds }
        if MonotonicTime.now() >= deadline { return .time }
        return progress.spending.cost >= Money(dollars: config.cost) ? .cost : nil
    }

    /// The loop's own time is up, and not that of the one who asks.
    private func isOwnDeadline(_ error: CallError) -> Bool {
        guard error.code == .deadline || error.code == .unavailable, !Task.isCancelled else { return false }
        return MonotonicTime.now() >= deadline && !isOver
    }

    /// The time of the one who asks is up.
    private var isOver: Bool { scope.deadline > 0 && MonotonicTime.now().nanoseconds >= scope.deadline }

    private func count(
        _ turn: ModelTurn, _ request: LLM.CompletionRequest, _ completion: ModelCompletion, _ progress: inout Progress
    ) {
        let estimate = LLM.Usage(
            promptTokens: UsageEstimate.promptTokens(of: request), completionTokens: TokenEstimate(turn.said).tokens,
            isEstimated: true)
        progress.spending.add(
            turn.usage ?? estimate, price: models.accounts.price(of: completion.upstream),
            isKept: completion.isKept)
    }

    // MARK: The end

    /// What is left of the last turn. If the model called a tool of the request's own, the one who asked answers it, and
    /// with it all others of this turn.
    private func tell(
        _ calls: [LLM.ToolCall], _ turn: ModelTurn, _ send: (LLM.Event) async throws(CallError) -> Void
    ) async throws(CallError) {
        for (index, call) in calls.enumerated() {
            try await send(
                .toolCall(index: UInt32(index), id: call.id, name: call.name, arguments: call.arguments))
        }
        for event in turn.extras { try await send(event) }
    }

    /// Model and tools are done with by now. One who took no events until the time was up, and takes none in the grace
    /// either, hears of it by the result alone.
    private func conclude(
        _ ending: Ending, _ progress: Progress, _ send: Send
    ) async throws(CallError) -> LLM.CompletionResult {
        let last = max(deadline.nanoseconds, MonotonicTime.now().nanoseconds + Self.grace)
        var limit = ending.limit
        do throws(CallError) {
            try await send(.stop(ending.stop), last)
            try await send(.usage(progress.spending.usage), last)
        } catch {
            guard isOwnDeadline(error) else { throw error }
            limit = limit ?? .time
        }
        if let limit { report(limit, progress) }
        return told(ending.result, progress, limit)
    }

    private func report(_ limit: ToolLoopLimit, _ progress: Progress) {
        logger.notice(
            "tool loop ended at its limit",
            metadata: [
                "plugin": "\(runs.caller)", "limit": "\(limit.rawValue)", "rounds": "\(progress.asked)",
                "calls": "\(progress.calls)", "cost_usd": "\(progress.spending.cost)",
                "request_id": "\(scope.context.requestID)",
            ])
    }

    /// How it went, as the member `tool_loop` of the result's extra.
    private func told(
        _ result: LLM.CompletionResult, _ progress: Progress, _ limit: ToolLoopLimit?
    ) -> LLM.CompletionResult {
        var loop: JSONObject = [
            "asked": JSON(progress.asked), "calls": JSON(progress.calls),
            "cost_usd": .number(progress.spending.cost.description),
        ]
        if progress.spending.hasUnpriced { loop["unpriced"] = true }
        if let limit { loop["limit"] = .string(limit.rawValue) }
        var extra = result.extra.flatMap { try? JSON(parsing: $0).object } ?? JSONObject()
        extra["tool_loop"] = .object(loop)
        var result = result
        result.extra = JSON.object(extra).text
        return result
    }
}
