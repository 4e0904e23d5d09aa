/// A text with slots that are filled for each request: "You said: {{input}}".
///
/// Double braces around anything but a word are text, so that JSON can stand here.
package struct Template: Sendable, Hashable {
    /// What can stand between double braces.
    package enum Slot: String, Sendable, Hashable, CaseIterable {
        /// The last message of the user.
        case input
        /// The model's name as it was asked for.
        case model
        /// How often the rule has answered, this time included.
        case count
        /// What the last tool answered.
        case toolResult = "tool_result"
    }

    package struct UnknownSlot: Error, Hashable {
        package var name: String
    }

    private enum Piece: Sendable, Hashable {
        case text(String)
        case slot(Slot)
    }
    private let pieces: [Piece]

    package init(_ text: String) throws(UnknownSlot) {
        var pieces: [Piece] = []
        var plain = ""
        var rest = text[...]
        while let character = rest.first {
            if let name = Template.word(in: rest) {
                guard let slot = Slot(rawValue: name) else { throw UnknownSlot(name: name) }
                if !plain.isEmpty { pieces.append(.text(plain)) }
                plain = ""
                pieces.append(.slot(slot))
                rest = rest.dropFirst(name.count + 4)
            } else {
                plain.append(character)
                rest.removeFirst()
            }
        }
        if !plain.isEmpty { pieces.append(.text(plain)) }
        self.pieces = pieces
    }

    /// A text without slots, whatever is in it.
    package init(plain text: String) { pieces = [.text(text)] }

    /// The word of a slot at the start of the text.
    private static func word(in text: Substring) -> String? {
        guard text.hasPrefix("{{") else { return nil }
        let name = text.dropFirst(2).prefix { $0.isASCII && ($0.isLetter || $0 == "_") }
        return name.isEmpty || !text.dropFirst(2 + name.count).hasPrefix("}}") ? nil : String(name)
    }

    package func filled(_ value: (Slot) -> String) -> String {
        pieces.reduce(into: "") { text, piece in
            switch piece {
            case .text(let plain): text += plain
            case .slot(let slot): text += value(slot)
            }
        }
    }
}
