package import JackfieldVocabulary
package import Loading

/// Output validation of a completion's events: each text of it (the content, the reasoning and the refusal of a choice,
/// the arguments of a tool call) is a stream of its own.
package struct CompletionScreen {
    private enum Channel: Hashable {
        case text(choice: UInt32, LLM.TextKind)
        case arguments(choice: UInt32, index: UInt32)
    }

    private let chain: ValidatorChain
    private let isWhole: Bool
    private var screens: [(channel: Channel, screen: StreamScreen)] = []
    /// The extra members of the choices, which are looked at when all of them are there.
    private var extras: [(choice: UInt32, held: HeldExtra)] = []

    /// - Parameter isWhole: the client gets the answer in one piece, so texts are checked once, at their end.
    package init(_ chain: ValidatorChain, isWhole: Bool) {
        self.chain = chain
        self.isWhole = isWhole
    }

    /// What may go to the client now, in order; to be taken after each step.
    private var ready: [LLM.Event] = []

    package mutating func takeReady() -> [LLM.Event] {
        defer { ready.removeAll(keepingCapacity: true) }
        return ready
    }

    /// Look at an event. What comes of it is in `takeReady`; a choice's end waits for its texts.
    package mutating func pass(_ event: LLM.Event, scope: CallScope) async throws(CallError) {
        if chain.isEmpty {
            ready.append(event)
            return
        }
        switch event {
        case .text(let text, let kind, let choice):
            let passed = try await push(text, to: .text(choice: choice, kind), scope)
            if !passed.isEmpty { ready.append(.text(passed, kind: kind, choice: choice)) }
        case .toolCall(let index, let id, let name, let arguments, let choice):
            let passed = try await push(arguments, to: .arguments(choice: choice, index: index), scope)
            if passed.isEmpty, id == nil, name == nil { return }
            ready.append(.toolCall(index: index, id: id, name: name, arguments: passed, choice: choice))
        case .stop(_, let choice):
            try await finish(choice, scope)
            ready.append(event)
        case .logprobs:
            // Log probabilities repeat the text token by token, so they would carry what was redacted.
            break
        case .extra(let json, let choice): try hold(json, choice)
        case .usage: ready.append(event)
        // Of the host's own making, behind this screen: a provider that says so is not believed.
        case .toolRun: break
        }
    }

    /// What is still held back when the upstream has finished.
    package mutating func finish(scope: CallScope) async throws(CallError) {
        try await finish(nil, scope)
    }

    @inline(never)
    private mutating func push(_ text: String, to channel: Channel, _ scope: CallScope) async throws(CallError)
        -> String
    {
        let index: Int
        if let known = screens.firstIndex(where: { $0.channel == channel }) {
            index = known
        } else {
            index = screens.count
            screens.append((channel, StreamScreen(chain, isWhole: isWhole)))
        }
        return try await screens[index].screen.push(text, scope: scope)
    }

    @inline(never)
    private mutating func finish(_ choice: UInt32?, _ scope: CallScope) async throws(CallError) {
        for index in screens.indices {
            switch screens[index].channel {
            case .text(let of, let kind) where choice == nil || of == choice:
                let rest = try await screens[index].screen.finish(scope: scope)
                if !rest.isEmpty { ready.append(.text(rest, kind: kind, choice: of)) }
            case .arguments(let of, let call) where choice == nil || of == choice:
                let rest = try await screens[index].screen.finish(scope: scope)
                if !rest.isEmpty {
                    ready.append(.toolCall(index: call, id: nil, name: nil, arguments: rest, choice: of))
                }
            default: break
            }
        }
        for index in extras.indices where choice == nil || extras[index].choice == choice {
            for json in try await extras[index].held.release(chain, scope: scope) {
                ready.append(.extra(json, choice: extras[index].choice))
            }
        }
    }

    private mutating func hold(_ json: String, _ choice: UInt32) throws(CallError) {
        if let index = extras.firstIndex(where: { $0.choice == choice }) {
            try extras[index].held.add(json)
        } else {
            var held = HeldExtra()
            try held.add(json)
            extras.append((choice, held))
        }
    }
}
