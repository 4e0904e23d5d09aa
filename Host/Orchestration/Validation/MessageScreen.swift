package import JackfieldVocabulary
package import Loading

extension ValidatorChain {
    /// Check every text of a conversation, and put what was rewritten back in its place.
    package func screen(_ messages: inout [LLM.Message], scope: CallScope) async throws(CallError) {
        if isEmpty { return }
        var segments: [Validator.Segment] = []
        var places: [(message: Int, part: Int)] = []
        for (message, content) in messages.enumerated() {
            for (part, piece) in content.parts.enumerated() {
                guard case .text(let text) = piece, !text.isEmpty else { continue }
                segments.append(Validator.Segment(role: content.role, text: text))
                places.append((message, part))
            }
        }
        if segments.isEmpty { return }
        let checked = try await check(segments, scope: scope).segments
        for (index, place) in places.enumerated() where checked[index].text != segments[index].text {
            messages[place.message].parts[place.part] = .text(checked[index].text)
        }
    }

    /// Check every text of embedding input.
    package func screen(_ texts: inout [String], scope: CallScope) async throws(CallError) {
        if isEmpty { return }
        let segments = texts.map { Validator.Segment(role: "user", text: $0) }
        texts = try await check(segments, scope: scope).segments.map(\.text)
    }
}
