/// The one pass over a text that makes a `NormalizedText`. It reads and writes raw buffers, since it runs on every
/// request: `source` is valid UTF-8, and nothing is ever replaced by something longer, so `target` need not be larger.
struct NormalizingPass {
    private let table: CharacterFolding.Tables
    private let source: UnsafeBufferPointer<UInt8>
    private let target: UnsafeMutableBufferPointer<UInt8>
    private let collapsesSpace: Bool
    private var at = 0
    private var end = 0
    /// How far the original is ahead while bytes stand for bytes; nil after a character that was replaced as a whole.
    private var lead: Int? = 0
    private var lastIsSpace = false
    private var lastScalar: UInt32 = 0
    private(set) var pieces: [NormalizedText.Piece] = []
    private(set) var hidden = HiddenRuns()

    init(
        _ table: CharacterFolding.Tables, _ source: UnsafeBufferPointer<UInt8>,
        _ target: UnsafeMutableBufferPointer<UInt8>,
        collapsesSpace: Bool
    ) {
        self.table = table
        self.source = source
        self.target = target
        self.collapsesSpace = collapsesSpace
    }

    /// Answers how many bytes were written.
    mutating func run() -> Int {
        while at < source.count {
            if !runOverASCII() { takeScalar() }
        }
        hidden.flush()
        return end
    }

    /// Everything up to the next byte that is not ASCII, or that needs more thought. False if it stands at one.
    private mutating func runOverASCII() -> Bool {
        guard source[at] < 0x80 else { return false }
        let ascii = table.ascii
        var at = self.at
        var end = self.end
        let from = at
        if lead != at - end {
            guard ascii[Int(source[at])] > 0x20 else { return takeASCII() }
            begin(width: 0)
        }
        var lastIsSpace = self.lastIsSpace
        while at < source.count {
            let byte = source[at]
            guard byte < 0x80 else { break }
            let folded = ascii[Int(byte)]
            if folded > 0x20 {
                lastIsSpace = false
            } else if folded == 0x20, byte == 0x20, !lastIsSpace || !collapsesSpace {
                lastIsSpace = true
            } else {
                break
            }
            target[end] = folded
            end += 1
            at += 1
        }
        self.at = at
        self.end = end
        self.lastIsSpace = lastIsSpace
        return at > from || takeASCII()
    }

    /// A control code or white space that does not stand for itself.
    private mutating func takeASCII() -> Bool {
        let byte = source[at]
        let folded = table.ascii[Int(byte)]
        if folded == 0 {
            at += 1
        } else {
            takeSpace(folded, width: 1, kept: byte)
        }
        return true
    }

    /// One white space of `width` bytes: `folded` if runs are collapsed, else `kept`.
    private mutating func takeSpace(_ folded: UInt8, width: Int, kept: UInt8) {
        defer { at += width }
        if collapsesSpace, lastIsSpace {
            if folded == 0x0A { target[end - 1] = 0x0A }
            return
        }
        begin(width: width == 1 ? 0 : width)
        target[end] = collapsesSpace ? folded : kept
        end += 1
        lastIsSpace = true
    }

    private mutating func takeScalar() {
        let (scalar, width) = decode()
        defer { lastScalar = scalar }
        let folded = table[scalar]
        if folded == CharacterFolding.invisible {
            hidden.add(scalar, at: at, width: width, after: lastScalar)
            at += width
            return
        }
        if folded == 0 {
            begin(width: 0)
            for offset in 0..<width { target[end + offset] = source[at + offset] }
            end += width
            at += width
            lastIsSpace = false
            return
        }
        let count = Int(folded >> 24)
        let first = UInt8(truncatingIfNeeded: folded)
        if count == 1, first == 0x20 || first == 0x0A { return takeSpace(first, width: width, kept: first) }
        // One character in place of another of the same width leaves the bytes where they were.
        begin(width: count == width && first >= 0x80 ? 0 : width)
        for offset in 0..<count { target[end + offset] = UInt8(truncatingIfNeeded: folded >> (8 * UInt32(offset))) }
        end += count
        at += width
        lastIsSpace = false
    }

    /// What is written next stands for `width` bytes as a whole, or byte for byte if that is 0.
    private mutating func begin(width: Int) {
        if width == 0, lead == at - end { return }
        pieces.append(NormalizedText.Piece(start: UInt32(end), origin: UInt32(at), width: UInt32(width)))
        lead = width == 0 ? at - end : nil
    }

    private func decode() -> (scalar: UInt32, width: Int) {
        let lead = UInt32(source[at])
        func tail(_ offset: Int) -> UInt32 { UInt32(source[at + offset]) & 0x3F }
        if lead < 0xE0 { return ((lead & 0x1F) << 6 | tail(1), 2) }
        if lead < 0xF0 { return ((lead & 0x0F) << 12 | tail(1) << 6 | tail(2), 3) }
        return ((lead & 0x07) << 18 | tail(1) << 12 | tail(2) << 6 | tail(3), 4)
    }
}

/// Collects runs of characters that nobody sees and that can carry text: tag characters (U+E0000), which mirror ASCII,
/// and variation selectors, which some use as 256 byte values.
struct HiddenRuns {
    private(set) var runs: [NormalizedText.Hidden] = []
    private var bytes: [UInt8] = []
    private var range = 0..<0
    private var isFlag = false

    mutating func add(_ scalar: UInt32, at: Int, width: Int, after last: UInt32) {
        let byte: UInt8
        switch scalar {
        case 0xE0020...0xE007E: byte = UInt8(scalar - 0xE0000)
        case 0xFE00...0xFE0F: byte = UInt8(scalar - 0xFE00)
        case 0xE0100...0xE01EF: byte = UInt8(scalar - 0xE0100 + 16)
        default: return
        }
        if range.upperBound != at {
            flush()
            range = at..<at
            isFlag = last == 0x1F3F4
        }
        bytes.append(byte)
        range = range.lowerBound..<at + width
    }

    mutating func flush() {
        defer { bytes.removeAll(keepingCapacity: true) }
        // The flags of England, Scotland and Wales are a black flag followed by up to six tags (UTS 51).
        guard bytes.count >= 4, !(isFlag && bytes.count <= 6) else { return }
        runs.append(NormalizedText.Hidden(text: String(decoding: bytes, as: UTF8.self), range: range))
    }
}
