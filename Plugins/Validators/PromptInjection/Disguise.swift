/// What tells, in one cheap pass, that words may be disguised.
struct DisguiseSigns {
    /// Letters and the digits that stand for letters within one word.
    private(set) var hasMixedWords = false
    /// Eight single letters or more, each apart from the next.
    private(set) var spacedRuns: [Range<Int>] = []

    private enum Kind {
        static let letter: UInt8 = 1
        static let digit: UInt8 = 2
        static let gap: UInt8 = 4
    }

    /// By byte of normalised text.
    private static let kinds: [UInt8] = (0..<256).map { byte in
        switch byte {
        case 0x61...0x7A: Kind.letter
        // 0 1 3 4 5 7 @ $ !
        case 0x30, 0x31, 0x33, 0x34, 0x35, 0x37, 0x40, 0x24, 0x21: Kind.digit
        // Blank, line feed, - . _ * / |
        case 0x20, 0x0A, 0x2D, 0x2E, 0x5F, 0x2A, 0x2F, 0x7C: Kind.gap
        default: 0
        }
    }

    init(_ text: [UInt8]) {
        var mixed: UInt8 = 0
        // A run under way alternates between letters and gaps: where it began, and what would go on with it.
        var start = 0
        var expected = Kind.letter
        var runs: [Range<Int>] = []
        text.withUnsafeBufferPointer { text in
            Self.kinds.withUnsafeBufferPointer { kinds in
                var last: UInt8 = 0
                for at in 0..<text.count {
                    let kind = kinds[Int(text[at])]
                    mixed |= (last << 1 & kind) | (kind << 1 & last)
                    if kind == expected {
                        expected = kind ^ (Kind.letter | Kind.gap)
                    } else {
                        if at - start >= 15 { runs.append(start..<at) }
                        // A letter after a gap, or the first of a word, may begin another.
                        start = kind == Kind.letter ? at : at + 1
                        expected = kind == Kind.letter ? Kind.gap : Kind.letter
                    }
                    last = kind
                }
                if text.count - start >= 15 { runs.append(start..<text.count) }
            }
        }
        hasMixedWords = mixed & Kind.digit != 0
        spacedRuns = runs
    }
}

enum Disguise {
    /// Digits and signs as the letters that they are used for. A sign that no letter follows is left alone.
    static func lettersForDigits(_ text: [UInt8]) -> [UInt8] {
        var result = text
        for at in text.indices {
            switch text[at] {
            case 0x30: result[at] = 0x6F
            case 0x31: result[at] = 0x69
            case 0x33: result[at] = 0x65
            case 0x34: result[at] = 0x61
            case 0x35: result[at] = 0x73
            case 0x37: result[at] = 0x74
            case 0x40, 0x24, 0x21:
                guard at + 1 < text.count, Lexicon.isWordByte(text[at + 1]) else { continue }
                result[at] = text[at] == 0x40 ? 0x61 : text[at] == 0x24 ? 0x73 : 0x69
            default: continue
            }
        }
        return result
    }

    /// The letters of a run without what divides them.
    static func closedUp(_ run: ArraySlice<UInt8>) -> [UInt8] { run.filter { (0x61...0x7A).contains($0) } }

    /// Quotation marks stand shortly before and after.
    static func isQuoted(_ range: Range<Int>, in text: [UInt8]) -> Bool {
        func isQuote(_ at: Int, outside: Int) -> Bool {
            switch text[at] {
            case 0x22, 0x60: true
            // An apostrophe has letters on both sides.
            case 0x27: !text.indices.contains(outside) || !Lexicon.isWordByte(text[outside])
            default: false
            }
        }
        let before = max(0, range.lowerBound - 24)..<range.lowerBound
        let after = range.upperBound..<min(text.count, range.upperBound + 60)
        return before.contains { isQuote($0, outside: $0 - 1) } && after.contains { isQuote($0, outside: $0 + 1) }
    }
}
