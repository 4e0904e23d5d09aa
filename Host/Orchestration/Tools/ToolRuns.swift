import JackfieldVocabulary
import Loading
import Telemetry

/// Calls the tools that a model asked for in one turn, up to eight at a time, and words what it is told of each.
struct ToolRuns: Sendable {
    let router: ToolRouter
    let offer: ToolOffer
    let input: ValidatorChain
    let caller: String
    let scope: CallScope

    /// Calls at one time.
    static let width = 8
    /// Calls in one turn that are made; the model is told so of the rest.
    static let most = 64
    /// Bytes of one answer that the model is told; the rest is cut off, with a note.
    static let longest = 64 * 1024

    /// Make the calls; `deliver` gets each run as soon as it and those before it are over.
    ///
    /// - Throws: what `deliver` throws, and `cancelled`. A call that fails is no error here: the model is told.
    func make(
        _ calls: [LLM.ToolCall], round: Int, deliver: (LLM.ToolRun) async throws(CallError) -> Void
    ) async throws(CallError) -> [LLM.ToolRun] {
        let result = await withTaskGroup(of: (Int, LLM.ToolRun).self) { group -> Result<[LLM.ToolRun], CallError> in
            var runs = [LLM.ToolRun?](repeating: nil, count: calls.count)
            var next = 0
            var told = 0
            func start() {
                let index = next
                next += 1
                let call = calls[index]
                group.addTask { (index, await run(call, number: index, round: round)) }
            }
            while next < min(Self.width, calls.count) { start() }
            while let (index, run) = await group.next() {
                runs[index] = run
                if next < calls.count, !Task.isCancelled { start() }
                while told < runs.count, let run = runs[told] {
                    do throws(CallError) {
                        try await deliver(run)
                    } catch {
                        group.cancelAll()
                        return .failure(error)
                    }
                    told += 1
                }
            }
            let all = runs.compactMap(\.self)
            return all.count == calls.count && !Task.isCancelled
                ? .success(all) : .failure(CallError(.cancelled, "the call was cancelled"))
        }
        return try result.get()
    }

    private func run(_ call: LLM.ToolCall, number: Int, round: Int) async -> LLM.ToolRun {
        let started = MonotonicTime.now()
        var run = LLM.ToolRun(
            id: call.id, name: offer[call.name]?.name ?? call.name, arguments: call.arguments, content: "",
            round: UInt32(round), duration: 0)
        do throws(CallError) {
            let result = try await ask(call, number: number, round: round)
            run.content = try await screened(result.content)
            run.isFailure = result.isFailure
        } catch {
            run.error = error.code
            run.content = Self.told(error)
        }
        run.content = Self.cut(run.content)
        run.duration = started.elapsed
        return run
    }

    private func ask(_ call: LLM.ToolCall, number: Int, round: Int) async throws(CallError) -> Tool.Result {
        guard let tool = offer[call.name] else {
            let known = offer.tools.map(\.name).joined(separator: ", ")
            throw CallError(
                .notFound, "there is no tool \"\(call.name.prefix(200))\"; there are \(known.isEmpty ? "none" : known)")
        }
        guard number < Self.most else {
            throw CallError(.exhausted, "\(Self.most) calls are made in one turn, and this one is beyond them")
        }
        // Models count their calls anew in every conversation.
        let id = "\(scope.context.requestID)/\(round)/\(number)/\(call.id.prefix(200))"
        return try await router.call(tool, arguments: call.arguments, id: id, scope: scope, caller: caller)
    }

    /// What a tool says is input of the model, whoever wrote it: the input validators see it before the model does.
    private func screened(_ content: String) async throws(CallError) -> String {
        if input.isEmpty || content.isEmpty { return content }
        do throws(CallError) {
            return try await input.check([Validator.Segment(role: "tool", text: content)], scope: scope).segments[0]
                .text
        } catch {
            if error.code == .refused {
                throw CallError(.refused, "what the tool answered was withheld by a validator of this host")
            }
            throw error
        }
    }

    /// What a model is told of a call that could not be made: a code and a sentence.
    private static func told(_ error: CallError) -> String {
        "The tool could not be called (\(error.code.label)): \(error.message)"
    }

    private static func cut(_ content: String) -> String {
        let size = content.utf8.count
        guard size > longest else { return content }
        var end = content.utf8.index(content.utf8.startIndex, offsetBy: longest)
        // Not inside a character.
        while content.utf8[end] & 0xc0 == 0x80 { end = content.utf8.index(before: end) }
        return content[..<end] + "\n[cut off: the tool answered with \(size) bytes, of which these are the first]"
    }
}
