/// A text as a reader sees it rather than as it was typed, with the way back to where each byte came from.
///
/// Made for plugins that look for words in text which somebody may have disguised. What is done, in one pass and
/// without a context beyond a scalar, so that a text may be cut between any two scalars:
///
/// - what looks like a Latin letter, digit or sign becomes it: fullwidth and mathematical forms, circled and squared
///   letters, ligatures, letters with diacritics, and Cyrillic, Greek and other letters of the same shape (after
///   Unicode Technical Standard 39; the table is `CharacterFolding`);
/// - what cannot be seen is left out: zero-width and bidirectional controls, combining marks, variation selectors, tag
///   characters, control codes. What hidden characters spell is kept in `hidden`;
/// - by option, letters are lower case, and each run of white space is one space, or one line feed if it broke a line.
///
/// A pattern that is to be found must be normalised with the same options.
///
/// The cost is about a nanosecond for a byte of ASCII, and linear in any case. `bytes` is never longer than the text.
public struct NormalizedText: Sendable {
    public struct Options: OptionSet, Sendable, Hashable {
        public let rawValue: UInt8
        public init(rawValue: UInt8) { self.rawValue = rawValue }

        /// Letters become lower case.
        public static let foldsCase = Options(rawValue: 1)
        /// A run of white space becomes one space, or one line feed where it holds a line break.
        public static let collapsesSpace = Options(rawValue: 2)
    }

    /// Text that was written in characters nobody sees.
    public struct Hidden: Sendable, Hashable {
        /// What the characters spell, made valid UTF-8.
        public let text: String
        /// Where they stand: bytes of the original text, on scalar boundaries.
        public let range: Range<Int>
    }

    /// Normalised UTF-8.
    public let bytes: [UInt8]
    /// Runs of at least four hidden characters, in order. The tags of a flag emoji are not among them.
    public let hidden: [Hidden]
    /// Where the relation between `bytes` and the original changes, in order; before the first they are the same.
    let pieces: [Piece]

    /// From `start` in `bytes` on, what stands there begins at `origin` in the original, byte for byte if `width` is 0;
    /// else all of it comes from the `width` bytes at `origin`.
    struct Piece: Sendable, Hashable {
        var start: UInt32
        var origin: UInt32
        var width: UInt32
    }

    /// - Parameter text: At most 4 GiB, the bound of a payload.
    public init(_ text: String, _ options: Options = [.foldsCase, .collapsesSpace]) {
        let table = options.contains(.foldsCase) ? CharacterFolding.lowerCase : CharacterFolding.keepingCase
        var text = text
        var pieces: [Piece] = []
        var hidden: [Hidden] = []
        // The text is not escaped from the closure; native strings are already contiguous UTF-8.
        bytes = text.withUTF8 { source in
            [UInt8](unsafeUninitializedCapacity: source.count) { target, count in
                table.withTables { tables in
                    var pass = NormalizingPass(
                        tables, source, target, collapsesSpace: options.contains(.collapsesSpace))
                    count = pass.run()
                    pieces = pass.pieces
                    hidden = pass.hidden.runs
                }
            }
        }
        self.pieces = pieces
        self.hidden = hidden
    }

    /// The bytes of the original from which a range of `bytes` came, on scalar boundaries if the range is.
    ///
    /// What is invisible at either end of the range is not part of the answer.
    public func original(_ range: Range<Int>) -> Range<Int> {
        let lower = origin(of: range.lowerBound)
        guard !range.isEmpty else { return lower.lowerBound..<lower.lowerBound }
        return lower.lowerBound..<max(lower.lowerBound, origin(of: range.upperBound - 1).upperBound)
    }

    /// Where one byte came from.
    private func origin(of offset: Int) -> Range<Int> {
        var low = 0
        var high = pieces.count
        while low < high {
            let middle = (low + high) / 2
            if Int(pieces[middle].start) <= offset { low = middle + 1 } else { high = middle }
        }
        guard low > 0 else { return offset..<offset + 1 }
        let piece = pieces[low - 1]
        let start = Int(piece.origin)
        if piece.width > 0 { return start..<start + Int(piece.width) }
        let at = start + offset - Int(piece.start)
        return at..<at + 1
    }
}
