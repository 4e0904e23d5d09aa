package import JackfieldVocabulary
package import Loading

extension ValidatorChain {
    /// Check every text that a request brings: what is said, what tools are called with, answered and described as, names,
    /// structured parts, and the fields that the vocabulary does not know. What was rewritten takes the place of what was sent.
    package func screen(_ request: inout LLM.CompletionRequest, scope: CallScope) async throws(CallError) {
        if isEmpty { return }
        var segments: [Validator.Segment] = []
        request.visitTexts { role, text in segments.append(Validator.Segment(role: role, text: text)) }
        let checked = try await check(segments, scope: scope).segments
        guard zip(checked, segments).contains(where: { $0.text != $1.text }) else { return }
        var next = 0
        request.visitTexts { _, text in
            text = checked[next].text
            next += 1
        }
    }

    /// Check every text of embedding input.
    package func screen(_ texts: inout [String], scope: CallScope) async throws(CallError) {
        if isEmpty { return }
        let segments = texts.map { Validator.Segment(role: "user", text: $0) }
        texts = try await check(segments, scope: scope).segments.map(\.text)
    }
}

extension LLM.CompletionRequest {
    /// Visit every text in a fixed order, with who wrote it; each may be replaced.
    fileprivate mutating func visitTexts(_ visit: (_ role: String, _ text: inout String) -> Void) {
        for index in messages.indices { messages[index].visitTexts(visit) }
        for index in tools.indices {
            visit("tool", &tools[index].name)
            Self.visit(&tools[index].description, "tool", visit)
            Self.visit(&tools[index].parameters, "tool", visit)
            Self.visit(&tools[index].extra, "tool", visit)
        }
        Self.visit(&responseFormat, "user", visit)
        Self.visit(&toolChoice, "user", visit)
        Self.visit(&extra, "user", visit)
    }

    fileprivate static func visit(
        _ text: inout String?, _ role: String, _ visit: (_ role: String, _ text: inout String) -> Void
    ) {
        guard var value = text else { return }
        visit(role, &value)
        text = value
    }
}

extension LLM.Message {
    fileprivate mutating func visitTexts(_ visit: (_ role: String, _ text: inout String) -> Void) {
        for index in parts.indices {
            switch parts[index] {
            case .text(var text, var extra):
                visit(role, &text)
                LLM.CompletionRequest.visit(&extra, role, visit)
                parts[index] = .text(text, extra: extra)
            case .data(var text, let mediaType):
                visit(role, &text)
                parts[index] = .data(text, mediaType: mediaType)
            case .other(var json):
                ForeignPartScreen.visit(&json) { visit(role, &$0) }
                parts[index] = .other(json)
            // What an image shows is not looked at, and its address is no text; what is said beside it is.
            case .imageURL(let url, let detail, var extra):
                LLM.CompletionRequest.visit(&extra, role, visit)
                parts[index] = .imageURL(url, detail: detail, extra: extra)
            case .image(var bytes, let mediaType, let detail, var extra):
                // Servers behind a provider read it as it is, a drawing in SVG or a text that is called an image.
                let text = ReadableBytes.text(bytes, isDeclared: mediaType.lowercased().hasPrefix("text/"))
                guard extra != nil || text != nil else { continue }
                if let text {
                    var visited = text
                    visit(role, &visited)
                    if visited != text { bytes = Array(visited.utf8) }
                }
                LLM.CompletionRequest.visit(&extra, role, visit)
                parts[index] = .image(bytes, mediaType: mediaType, detail: detail, extra: extra)
            }
        }
        for index in calls.indices {
            visit("tool", &calls[index].name)
            visit("tool", &calls[index].arguments)
            LLM.CompletionRequest.visit(&calls[index].extra, "tool", visit)
        }
        LLM.CompletionRequest.visit(&name, role, visit)
        LLM.CompletionRequest.visit(&reasoning, role, visit)
        LLM.CompletionRequest.visit(&extra, role, visit)
    }
}
