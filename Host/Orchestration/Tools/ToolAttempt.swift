import CJackfield
import JackfieldVocabulary
import Loading
import Manifest
import Registry
import Telemetry

/// One call of a tool on its plugin. One that finds the plugin between two processes waits for the next; one during which
/// the process ends is over, since nobody knows what it had done by then.
struct ToolAttempt {
    private let tool: RoutedTool
    private let scope: CallScope

    init(_ tool: RoutedTool, _ scope: CallScope) {
        self.tool = tool
        self.scope = scope
    }

    /// Nanoseconds that a call without a deadline waits for a process.
    private static let longestWait: Int64 = 300_000_000_000

    /// - Parameter pass: given back when the plugin is through with the call, which after a deadline is later than its end.
    func make(
        _ request: [UInt8], _ pass: ToolLane.Pass?,
        _ deliver: ((CallMailbox.Event) async throws(CallError) -> Void)?
    ) async throws(CallError) -> Tool.Result {
        while true {
            let changes = tool.plugin.changes.count
            guard let running = tool.plugin.ready else {
                pass?.giveBack()
                throw CallError(.unavailable, "the plugin \(tool.plugin.id) is not running", retry: true)
            }
            let call = running.start(method: JACKFIELD_TOOL_CALL, request: request, scope: scope)
            do throws(CallError) {
                while let event = try await call.next() { try await deliver?(event) }
                let result = try await call.result().withUnsafeBytes { Tool.Result(PayloadReader(checked: $0)) }
                pass?.giveBack()
                return result
            } catch {
                // Who wants no more events throws while the call goes on.
                call.abort(error)
                guard call.ending == .unsent else {
                    if let pass { call.whenReleased { pass.giveBack() } }
                    throw told(error, call.ending)
                }
                do throws(CallError) {
                    try await waitForProcess(error, after: changes)
                } catch {
                    pass?.giveBack()
                    throw error
                }
            }
        }
    }

    /// Returns when there may be another process to ask.
    private func waitForProcess(_ error: CallError, after changes: UInt64) async throws(CallError) {
        guard error.code == .unavailable, tool.plugin.isBetweenProcesses else { throw error }
        let deadline = scope.deadline > 0 ? scope.deadline : MonotonicTime.now().nanoseconds + Self.longestWait
        if await tool.plugin.changes.next(after: changes, by: deadline, on: scope.executor) { return }
        if Task.isCancelled { throw CallError(.cancelled, "the call was cancelled") }
        throw CallError(
            .deadline, "the tool \(tool.name) could not be called in time: its process is being started again",
            retry: true)
    }

    private func told(_ error: CallError, _ ending: CallEnding?) -> CallError {
        switch ending {
        case .lost:
            // A process that the host ended for a reason of its own did not crash, and may do better the next time.
            if error.message.contains("was ended by the host") {
                return CallError(
                    .unavailable, "the tool \(tool.name) was ended during this call: \(error.message)", retry: true,
                    retryAfter: error.retryAfter)
            }
            return CallError(.internal, "the tool \(tool.name) crashed during this call: \(error.message)")
        case .finished:
            var error = error
            error.source = .plugin(tool.plugin.id.text)
            return error
        case .aborted, .unsent, nil:
            if error.code == .deadline {
                return CallError(.deadline, "the tool \(tool.name) did not answer in time")
            }
            return error
        }
    }
}
