/// A sequence of concepts that tells of an attack, and how surely.
struct InjectionRule: Sendable {
    /// Stable, and in findings: "injection.instruction-override". Several rules may share one.
    var id: ID
    /// From 0 to 1: how likely a text with this and nothing else is an attack.
    var weight: Double
    /// Concepts in their order; between two there are at most `gap` bytes of the normalised text, and no end of a sentence.
    var steps: [UInt64]
    var gap: Int

    enum ID: String, Sendable, CaseIterable {
        case instructionOverride = "injection.instruction-override"
        case newInstructions = "injection.new-instructions"
        case promptExfiltration = "injection.prompt-exfiltration"
        case jailbreak = "injection.jailbreak"
        case forgedTurn = "injection.forged-turn"
        case cipher = "injection.cipher"
        case encodedPayload = "injection.encoded-payload"
        case hiddenText = "injection.hidden-text"
        case extraPhrase = "injection.extra-phrase"

        /// What a text does that this was found in.
        var message: String {
            switch self {
            case .instructionOverride: "The text asks the model not to follow its instructions."
            case .newInstructions: "The text claims to give the model new instructions."
            case .promptExfiltration: "The text asks the model to show the instructions that it was given."
            case .jailbreak: "The text asks the model to play a part that has no limits."
            case .forgedTurn:
                "The text holds marks by which a chat template divides turns, as if another had written what follows."
            case .cipher: "The text asks the model not to follow its instructions, written backwards or in ROT13."
            case .encodedPayload: "The text holds an attack that is encoded in base64 or hexadecimal."
            case .hiddenText: "The text holds words in characters that nobody sees."
            case .extraPhrase: "The text holds a phrase that the operator named."
            }
        }
    }

    private init(_ id: ID, _ weight: Double, gap: Int = 30, _ steps: [Concept]...) {
        self.id = id
        self.weight = weight
        self.gap = gap
        self.steps = steps.map { $0.reduce(0) { $0 | $1.bit } }
    }

    static let all: [InjectionRule] = [
        // "Ignore all previous instructions", and the same in the order of other languages.
        InjectionRule(.instructionOverride, 0.9, [.override], [.previous], [.instructions]),
        InjectionRule(.instructionOverride, 0.9, [.override], [.instructions], [.previous]),
        InjectionRule(.instructionOverride, 0.85, [.previous, .all, .your], [.instructions], [.overrideLast]),
        InjectionRule(.instructionOverride, 0.8, [.override], [.your], [.instructions]),
        InjectionRule(.instructionOverride, 0.75, gap: 12, [.override], [.all], [.instructions]),
        InjectionRule(.instructionOverride, 0.75, [.override], [.all], [.previous], [.rules]),
        InjectionRule(.instructionOverride, 0.75, [.override], [.all], [.rules], [.previous]),
        InjectionRule(.instructionOverride, 0.5, [.override], [.previous], [.rules]),
        InjectionRule(.instructionOverride, 0.5, [.override], [.rules], [.previous]),
        InjectionRule(.instructionOverride, 0.7, gap: 16, [.override], [.your], [.rules]),
        InjectionRule(.instructionOverride, 0.5, [.previous], [.rules], [.overrideLast]),
        InjectionRule(.instructionOverride, 0.8, gap: 12, [.override], [.everything], [.told]),
        InjectionRule(.instructionOverride, 0.7, gap: 8, [.override], [.everything], [.previous]),
        InjectionRule(.instructionOverride, 0.8, gap: 20, [.previous, .your], [.instructions], [.void]),
        InjectionRule(.instructionOverride, 0.75, [.instructions], [.previous], [.void]),
        InjectionRule(.instructionOverride, 0.5, gap: 20, [.your], [.rules], [.void]),
        InjectionRule(.instructionOverride, 0.7, gap: 12, [.override], [.authority], [.instructions]),
        InjectionRule(.instructionOverride, 0.5, gap: 12, [.override], [.authority], [.rules]),
        InjectionRule(.instructionOverride, 0.7, [.override], [.instructions, .rules], [.told]),
        InjectionRule(.instructionOverride, 0.7, gap: 8, [.override], [.usersRequest]),
        InjectionRule(.instructionOverride, 0.8, [.compact]),
        InjectionRule(.newInstructions, 0.55, [.newInstructions]),
        InjectionRule(.newInstructions, 0.8, gap: 60, [.newInstructions], [.override, .reveal, .become]),
        InjectionRule(.newInstructions, 0.8, gap: 60, [.override], [.newInstructions]),
        InjectionRule(.promptExfiltration, 0.8, gap: 24, [.reveal], [.systemPrompt]),
        InjectionRule(.promptExfiltration, 0.75, gap: 24, [.systemPrompt], [.revealLast]),
        InjectionRule(.promptExfiltration, 0.75, gap: 24, [.systemPrompt], [.verbatim]),
        InjectionRule(.promptExfiltration, 0.7, gap: 14, [.reveal], [.your], [.instructions]),
        InjectionRule(.promptExfiltration, 0.75, gap: 40, [.reveal], [.textAbove], [.verbatim]),
        InjectionRule(.jailbreak, 0.8, [.jailbreak]),
        InjectionRule(.jailbreak, 0.8, gap: 16, [.become], [.persona]),
        InjectionRule(.jailbreak, 0.75, gap: 50, [.become], [.unrestricted]),
        InjectionRule(.jailbreak, 0.75, gap: 24, [.persona], [.unrestricted]),
        InjectionRule(.jailbreak, 0.3, gap: 20, [.may], [.unrestricted]),
        InjectionRule(.jailbreak, 0.75, gap: 50, [.fromNowOn], [.persona, .unrestricted]),
        InjectionRule(.forgedTurn, 0.6, [.templateToken]),
        InjectionRule(.forgedTurn, 0.85, gap: 60, [.templateToken], [.templateToken]),
        InjectionRule(.forgedTurn, 0.8, [.forgedTurn]),
        InjectionRule(.forgedTurn, 0.5, [.headline]),
        InjectionRule(.forgedTurn, 0.8, gap: 60, [.headline, .systemLine], [.override, .become, .fromNowOn]),
        InjectionRule(.cipher, 0.85, [.rotatedOverride], [.rotatedPrevious], [.rotatedInstructions]),
        InjectionRule(.cipher, 0.85, [.reversedInstructions], [.reversedPrevious], [.reversedOverride]),
        InjectionRule(.extraPhrase, 1, [.extraPhrase]),
    ]
}
