package import JackfieldVocabulary

/// Which requests a rule fits. Everything that is given must hold; an empty condition fits every request.
package struct RuleCondition: Sendable, Hashable {
    package var model: String?
    // Of the last message of the user. Upper and lower case differ.
    package var equals: String?
    package var contains: String?
    /// A regular expression in Swift's syntax that is found somewhere in the text.
    package var matches: String?
    /// Whether the conversation has a result of a tool behind the last message of the user.
    package var toolResult: Bool?

    package init() {}

    package func fits(_ request: LLM.CompletionRequest) -> Bool {
        if let model, model != request.model { return false }
        let input = request.input
        if let equals, equals != input { return false }
        if let contains, !input.contains(contains) { return false }
        // Made anew each time: a `Regex` cannot be shared between threads, and scripts are not for production.
        if let matches, (try? Regex(matches)).map({ input.contains($0) }) != true { return false }
        if let toolResult, toolResult != (request.toolResult != nil) { return false }
        return true
    }
}

extension LLM.CompletionRequest {
    /// The text of the last message of the user, or nothing.
    package var input: String { messages.last { $0.role == "user" }?.text ?? "" }

    /// What the last tool answered, if that was after the last message of the user.
    package var toolResult: String? {
        messages.last { $0.role == "tool" || $0.role == "user" }.flatMap { $0.role == "tool" ? $0.text : nil }
    }
}
