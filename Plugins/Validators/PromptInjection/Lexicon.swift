import JackfieldPlugin

/// The words of all concepts, ready to be searched for.
struct Lexicon: Sendable {
    let phrases: [Phrase]
    let matcher: LiteralMatcher

    /// - Returns: nil if the operator's phrases are too long to be held.
    init?(extra: [String], allowed: [String]) {
        var concepts: [String: UInt64] = [:]
        for concept in Concept.allCases {
            for phrase in Self.wordings(concept) { concepts[phrase, default: 0] |= concept.bit }
        }
        for phrase in extra { concepts["~" + phrase, default: 0] |= Concept.extraPhrase.bit }
        for phrase in allowed { concepts["~" + phrase, default: 0] |= Concept.allowedPhrase.bit }
        phrases = concepts.sorted { $0.key < $1.key }.map { Self.phrase($0.key, $0.value) }
        // Phrases go over line breaks, and are found in either direction of them.
        guard let matcher = LiteralMatcher(phrases.map(\.bytes), folding: { $0 == 0x0A ? 0x20 : $0 }) else {
            return nil
        }
        self.matcher = matcher
    }

    private static func wordings(_ concept: Concept) -> [String] {
        // Either may go on, or begin earlier, as the plain word might.
        func rotated(_ concept: Concept) -> [String] {
            list(concept).map { String(decoding: $0.utf8.map(rot13), as: UTF8.self) + "*" }
        }
        func reversed(_ concept: Concept) -> [String] { list(concept).map { "~" + String($0.reversed()) } }
        return switch concept {
        case .rotatedOverride: rotated(.override)
        case .rotatedPrevious: rotated(.previous)
        case .rotatedInstructions: rotated(.instructions)
        case .reversedOverride: reversed(.override)
        case .reversedPrevious: reversed(.previous)
        case .reversedInstructions: reversed(.instructions)
        default: list(concept)
        }
        /// For ciphers, only whole words of ASCII.
        func list(_ source: Concept) -> [String] {
            let all = source.wordings.split(whereSeparator: { $0 == "," || $0 == "\n" }).map { word in
                String(word.drop { $0 == " " })
            }
            return source == concept
                ? all
                : all.map { $0.last == "*" ? String($0.dropLast()) : $0 }
                    .filter { $0.utf8.count > 4 && $0.utf8.allSatisfy { (0x61...0x7A).contains($0) } }
        }
    }

    private static func rot13(_ byte: UInt8) -> UInt8 { (byte - 0x61 + 13) % 26 + 0x61 }

    /// A wording is the phrase, with `*` where the word may go on, `^` before what begins a line, and `~` before what
    /// may stand within words.
    private static func phrase(_ wording: String, _ concepts: UInt64) -> Phrase {
        var text = wording[...]
        let isLoose = text.first == "~"
        let beginsLine = text.first == "^"
        if isLoose || beginsLine { text.removeFirst() }
        let goesOn = !isLoose && text.last == "*" && text.count > 1
        if goesOn { text.removeLast() }
        let bytes = NormalizedText(String(text)).bytes
        return Phrase(
            bytes: bytes, concepts: concepts, goesOn: goesOn,
            endsWord: !isLoose && !goesOn && (bytes.last.map(isWordByte) ?? false),
            beginsWord: !isLoose && (bytes.first.map(isWordByte) ?? false), beginsLine: beginsLine)
    }

    static func isWordByte(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte)
    }
}
