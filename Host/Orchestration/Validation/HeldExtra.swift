import JackfieldJSON
import JackfieldVocabulary
import Loading

/// The extra members of one choice's message (the event EXTRA of llm.h), held back until the choice has ended.
///
/// They repeat what the message says: the reasoning in signed blocks, the transcript of spoken words, quotations. A
/// stream brings those in pieces, so a piece alone tells a validator nothing, and JSON cannot be let through by halves.
/// So all of them wait, and are looked at as the texts that they hold: both as pieces of one text, as a client of a
/// stream puts them together, and each for itself, since a later member replaces the earlier one. A text that a validator would rewrite keeps all
/// of them from the client: a signed block that was changed is worth nothing, and the texts themselves have gone out,
/// redacted, on their own channels. Without validators nothing waits.
struct HeldExtra: Sendable {
    /// Bytes that may wait, and texts.
    private static let byteBound = 16 << 20
    private static let textBound = 10_000

    private var events: [String] = []
    private var size = 0
    /// The texts in the order in which they were met, pieces of one place joined.
    private var texts: [String] = []
    /// The pieces of the places that came more than once, by the index of the text: each on a line of its own.
    private var pieces: [Int: String] = [:]
    private var places: [String: Int] = [:]

    mutating func add(_ json: String) throws(CallError) {
        size += json.utf8.count
        guard size <= HeldExtra.byteBound else {
            throw CallError(.exhausted, "more than \(HeldExtra.byteBound) bytes of an answer wait to be validated")
        }
        // What is no JSON says nothing to a client either.
        guard let tree = try? JSON(parsing: json) else { return }
        try collect(tree, "")
        events.append(json)
    }

    private mutating func collect(_ json: JSON, _ place: String) throws(CallError) {
        switch json {
        case .string(let text): try join(text, place)
        case .array(let elements):
            for (index, element) in elements.enumerated() { try collect(element, "\(place)/\(index)") }
        case .object(let object):
            for member in object.members {
                try join(member.key, "\(place)/")
                try collect(member.value, "\(place)/\(member.key)")
            }
        case .number, .bool, .null: break
        }
    }

    private mutating func join(_ text: String, _ place: String) throws(CallError) {
        if let index = places[place] {
            // Keys are no pieces of each other.
            if place.hasSuffix("/") {
                texts[index] += "\n" + text
            } else {
                pieces[index, default: texts[index]] += "\n" + text
                texts[index] += text
            }
            return
        }
        guard texts.count < HeldExtra.textBound else {
            throw CallError(.exhausted, "an answer's extra members hold more than \(HeldExtra.textBound) texts")
        }
        places[place] = texts.count
        texts.append(text)
    }

    /// The choice has ended: what may go to the client, once.
    ///
    /// - Throws: `refused` if a validator blocks it; `unavailable` if one that must not be missing failed.
    @inline(never)
    mutating func release(_ chain: ValidatorChain, scope: CallScope) async throws(CallError) -> [String] {
        let held = events
        let readings = texts + pieces.sorted { $0.key < $1.key }.map(\.value)
        let segments = readings.map { Validator.Segment(role: "assistant", text: $0) }
        self = HeldExtra()
        if held.isEmpty { return [] }
        let checked = try await chain.check(segments, scope: scope).segments
        return zip(checked, segments).allSatisfy { $0.text == $1.text } ? held : []
    }
}
