import ArgumentParser
import EventLoops
import HTTPServer
import JackfieldJSON
import JackfieldVocabulary
import Loading
import Logging
import Manifest
import Orchestration
import Synchronization
import Telemetry

/// `jackfield ask`: one question, without a server. The answer is printed as it comes.
struct AskCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "ask", abstract: "Ask one question, without a server.")

    @Argument(help: "The question.")
    var text: String

    @Option(name: .long, help: "Ask this agent, by its id in the manifest; may be given several times.")
    var agent: [String] = []

    @Option(name: .long, help: "The model that words the answer, by its name in the manifest.")
    var model: String?

    @Flag(name: .long, help: "Print the whole answer as JSON, as POST /api/v1/orchestrate gives it.")
    var json = false

    @OptionGroup var options: ManifestOptions

    func validate() throws {
        if text.allSatisfy(\.isWhitespace) { throw ValidationError("The question is empty.") }
    }

    func run() async throws {
        let manifest = try options.load()
        let host = try await HostAssembly(manifest, path: options.path, level: .warning, keepsSessions: false)
        let request = OrchestrationRequest(input: text, agents: agent.isEmpty ? nil : agent, model: model)
        let id = CorrelationID().text
        let executor = host.executors.any(0)
        let printsEvents = !json
        let result: Result<OrchestrationAnswer, CallError> = await withCheckedContinuation { continuation in
            executor.run {
                let deadline = MonotonicTime.now() + manifest.server.requestTimeout
                let scope = CallScope(
                    executor: executor, context: CallContext(requestID: id), deadline: deadline.nanoseconds)
                let result: Result<OrchestrationAnswer, CallError>
                do throws(CallError) {
                    let printer = AnswerPrinter()
                    result = .success(
                        try await host.orchestrator.answer(request, scope: scope) { event in
                            if printsEvents { printer.print(event) }
                        })
                } catch {
                    result = .failure(error)
                }
                continuation.resume(returning: result)
            }
        }
        await host.stop(deadline: .now())
        switch result {
        case .failure(let error): throw CommandFailure.failed(error.message)
        case .success(let answer):
            if json {
                let encoded = APIShapes.encode(answer: answer, session: nil, requestID: id)
                Terminal.out(String(decoding: encoded, as: UTF8.self) + "\n")
            } else {
                Terminal.out("\n")
                for note in answer.notes { Terminal.out(Terminal.styled("\n\(note)", .dim)) }
                for run in answer.runs where run.status == .failed {
                    Terminal.out(Terminal.styled("\n\(run.id) failed: \(run.error?.message ?? "")", .red))
                }
                if !answer.notes.isEmpty || answer.runs.contains(where: { $0.status == .failed }) { Terminal.out("\n") }
            }
        }
    }
}

/// Prints an answer while it is made: findings that are not fine first, each on a line, then the text.
private final class AnswerPrinter: Sendable {
    private let lastAgent = Mutex("")
    /// Text stands on the line that is being printed.
    private let column = Mutex(false)

    func print(_ event: OrchestrationEvent) {
        switch event {
        case .finding(_, let finding) where finding.severity > .ok:
            let style: Terminal.Style =
                switch finding.severity {
                case .critical: .red
                case .warning: .yellow
                default: .dim
                }
            let isInLine = column.withLock { inLine in
                defer { inLine = false }
                return inLine
            }
            Terminal.out(
                (isInLine ? "\n" : "") + Terminal.styled("[\(finding.severity.label)] \(finding.title)", style) + "\n")
        case .text(let agent, let text):
            let isNew = lastAgent.withLock { last in
                defer { last = agent }
                return last != agent && !last.isEmpty
            }
            Terminal.out((isNew ? "\n\n" : "") + text)
            column.withLock { $0 = !text.hasSuffix("\n") }
        default: break
        }
    }
}
