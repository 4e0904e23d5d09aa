/// What a phrase means, in whatever language. Rules are written in these, and `Concept.phrases` says how each is worded.
enum Concept: UInt64, CaseIterable, Sendable {
    /// Not to follow any more; `overrideLast` in languages where the verb may end the sentence.
    case override, overrideLast
    /// `authority`: whose instructions they are, if not "your".
    case previous, all, your, authority, usersRequest
    /// What a model is told; `rules` are words for it that are as often used for other things.
    case instructions, rules
    case everything, told
    /// Not to forget: the words in these do not count.
    case negated
    /// No longer valid.
    case void
    case newInstructions, fromNowOn
    case reveal, revealLast, systemPrompt, textAbove, verbatim
    case become, may, persona, unrestricted, jailbreak
    /// Marks by which chat templates divide turns.
    case templateToken, forgedTurn, systemLine, headline
    /// Phrases that are also found without spaces.
    case compact
    case rotatedOverride, rotatedPrevious, rotatedInstructions
    case reversedOverride, reversedPrevious, reversedInstructions
    /// The text is about attacks: quoted ones count for less.
    case discussion
    case extraPhrase, allowedPhrase

    var bit: UInt64 { 1 << rawValue }
}

/// One wording of a concept.
struct Phrase: Sendable {
    var bytes: [UInt8]
    var concepts: UInt64
    /// Whether the word may go on behind it.
    var goesOn: Bool
    /// Whether it has to end, or begin, where a word does.
    var endsWord: Bool
    var beginsWord: Bool
    /// Whether it has to begin a line.
    var beginsLine: Bool
}
