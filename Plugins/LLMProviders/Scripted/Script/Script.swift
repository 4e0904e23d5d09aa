package import JackfieldJSON
package import JackfieldVocabulary

/// What the provider says, and when. The README has the format, and `ScriptReader` checks it.
package struct Script: Sendable, Hashable {
    /// The names that the provider knows; never empty.
    package var models = [Script.defaultModel]
    /// Tried in their order; the first that fits answers.
    package var rules: [Rule] = []
    /// Numbers of a vector where the request does not say.
    package var dimensions = 64

    package static let defaultModel = "script"
    /// Numbers that a vector can have.
    package static let dimensionRange = 1...4096

    package struct Rule: Sendable, Hashable {
        /// How the rule is called in the log: the script's name for it, or "rules[2]".
        package var name: String
        package var condition = RuleCondition()
        /// So many requests that fit are passed over first.
        package var after = 0
        /// So many requests are answered then; nil for all.
        package var times: Int?
        /// Milliseconds before anything of the answer.
        package var delay = 0
        package var answer = Answer()
        package var ending = Ending.whole
    }

    package struct Answer: Sendable, Hashable {
        /// Reasoning first, then text.
        package var pieces: [Piece] = []
        package var calls: [ToolCall] = []
        /// Nil: "tool_calls" if there are any, otherwise "stop".
        package var stop: String?
        /// Nil: estimated.
        package var usage: LLM.Usage?
    }

    package struct Piece: Sendable, Hashable {
        package var kind = LLM.TextKind.content
        package var text: Template
        /// Milliseconds before it.
        package var delay = 0
    }

    package struct ToolCall: Sendable, Hashable {
        package enum Arguments: Sendable, Hashable {
            /// Templates stand in the strings of it.
            case tree(JSON)
            /// As it is, also where that is no JSON: models write such things.
            case text(Template)
        }

        /// Nil: made from the number of the request.
        package var id: String?
        package var name: String
        package var arguments: Arguments
    }

    /// How the answer ends. `afterPieces` counts pieces of reasoning and of text.
    package enum Ending: Sendable, Hashable {
        case whole
        case fault(Fault, afterPieces: Int)
        /// Nothing more comes until the call is cancelled.
        case hang(afterPieces: Int)
    }

    package struct Fault: Sendable, Hashable {
        package var code: CallError.Code
        package var message: Template
        package var retry: Bool
        /// Milliseconds.
        package var retryAfter: Int?
    }
}
