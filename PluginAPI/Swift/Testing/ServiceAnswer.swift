import JackfieldVocabulary

/// What a service has still to say in one call.
struct ServiceAnswer: Sendable {
    enum Step {
        case event(UInt32, [UInt8])
        case end(Result<[UInt8], CallError>)
    }

    private var events: ArraySlice<(event: UInt32, payload: [UInt8])>
    /// Nil: the call stays open.
    private let end: Result<[UInt8], CallError>?
    private var isSending = false
    private var isHeldBack = false
    /// The plugin said that there is room again; perhaps before `sent` heard that there was none.
    var mayGoOn = false

    init(events: [(event: UInt32, payload: [UInt8])] = [], end: Result<[UInt8], CallError>?) {
        self.events = events[...]
        self.end = end
    }

    static func success(_ payload: [UInt8] = Empty().payload()) -> ServiceAnswer {
        ServiceAnswer(end: .success(payload))
    }
    static func failure(_ error: CallError) -> ServiceAnswer { ServiceAnswer(end: .failure(error)) }

    /// What to deliver now; nil if another one delivers, the plugin wants a pause, or nothing is left to say.
    mutating func next() -> Step? {
        guard !isSending else { return nil }
        if isHeldBack {
            guard mayGoOn else { return nil }
            isHeldBack = false
        }
        mayGoOn = false
        guard let first = events.first else {
            isSending = end != nil
            return end.map { .end($0) }
        }
        isSending = true
        return .event(first.event, first.payload)
    }

    /// The event that `next` gave was delivered.
    mutating func sent(isTaken: Bool) {
        isSending = false
        isHeldBack = !isTaken
        if isTaken { events = events.dropFirst() }
    }
}
