import JackfieldJSON
import JackfieldPlugin
package import JackfieldVocabulary

/// One thing that happens while a scripted answer is given.
package enum ScriptStep: Sendable, Hashable {
    /// Milliseconds.
    case wait(Int)
    case emit(LLM.Event)
    case fail(CallError)
    /// Until the call is cancelled.
    case hang
}

extension Script.Rule {
    /// What happens for a request that the rule answers.
    ///
    /// - Parameter count: how often the rule has answered, this time included.
    func steps(for request: LLM.CompletionRequest, count: Int) -> [ScriptStep] {
        func fill(_ template: Template) -> String {
            template.filled { slot in
                switch slot {
                case .input: request.input
                case .model: request.model
                case .count: String(count)
                case .toolResult: request.toolResult ?? ""
                }
            }
        }
        var steps: [ScriptStep] = delay > 0 ? [.wait(delay)] : []
        var completionBytes = 0
        func play(_ pieces: some Sequence<Script.Piece>) {
            for piece in pieces {
                if piece.delay > 0 { steps.append(.wait(piece.delay)) }
                let text = fill(piece.text)
                completionBytes += text.utf8.count
                if !text.isEmpty { steps.append(.emit(.text(text, kind: piece.kind))) }
            }
        }
        switch ending {
        case .fault(let fault, let afterPieces):
            play(answer.pieces.prefix(afterPieces))
            let wait = fault.retryAfter.map { Int64($0) * 1_000_000 }
            return steps + [.fail(CallError(fault.code, fill(fault.message), retry: fault.retry, retryAfter: wait))]
        case .hang(let afterPieces):
            play(answer.pieces.prefix(afterPieces))
            return steps + [.hang]
        case .whole: play(answer.pieces)
        }
        for (index, call) in answer.calls.enumerated() {
            let arguments: String
            switch call.arguments {
            case .text(let template): arguments = fill(template)
            case .tree(let json): arguments = json.filled { (try? Template($0)).map(fill) ?? $0 }.text
            }
            completionBytes += call.name.utf8.count + arguments.utf8.count
            let id = call.id ?? "call_\(count)_\(index)"
            steps.append(.emit(.toolCall(index: UInt32(index), id: id, name: call.name, arguments: arguments)))
        }
        let usage =
            answer.usage ?? TokenEstimate.usage(promptBytes: request.textBytes, completionBytes: completionBytes)
        return steps + [
            .emit(.stop(answer.stop ?? (answer.calls.isEmpty ? "stop" : "tool_calls"))), .emit(.usage(usage)),
        ]
    }
}

extension JSON {
    /// The same value with every string in it, keys left out, replaced.
    func filled(_ fill: (String) -> String) -> JSON {
        switch self {
        case .string(let text): .string(fill(text))
        case .array(let elements): .array(elements.map { $0.filled(fill) })
        case .object(let object): .object(JSONObject(object.members.map { ($0.key, $0.value.filled(fill)) }))
        default: self
        }
    }
}
