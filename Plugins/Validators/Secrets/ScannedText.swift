/// More text is needed to say whether something is a secret.
struct Unfinished: Error {}

/// Normalised text, and what rules ask of it. Whatever would look beyond its end throws `Unfinished`, unless no more
/// text will come: so each rule decides alike however the text was cut.
struct ScannedText {
    let bytes: [UInt8]
    let isFinal: Bool

    /// The byte at `at`; nil after the end of the last text.
    func byte(at: Int) throws(Unfinished) -> UInt8? {
        if at < bytes.count { return bytes[at] }
        if isFinal { return nil }
        throw Unfinished()
    }

    func has(_ literal: [UInt8], at start: Int) -> Bool {
        start + literal.count <= bytes.count && bytes[start..<start + literal.count].elementsEqual(literal)
    }

    /// Whether a literal stands at `start`, in either case; `literal` is in lower case.
    func begins(with literal: StaticString, at start: Int) throws(Unfinished) -> Bool {
        for offset in 0..<literal.utf8CodeUnitCount {
            guard let byte = try byte(at: start + offset), byte.lowerCase == literal.utf8Start[offset] else {
                return false
            }
        }
        return true
    }

    /// Where a run of bytes from `from` on ends; looks at no more than `atMost` of them.
    func end(of set: ByteSet, from: Int, atMost: Int) throws(Unfinished) -> Int {
        var at = from
        while at - from < atMost, let byte = try byte(at: at), set[byte] { at += 1 }
        return at
    }

    /// A letter, digit, underscore or hyphen stands before `start`: what begins there is the rest of something else.
    func isWordByte(before start: Int) -> Bool { start > 0 && ByteSet.urlSafe[bytes[start - 1]] }

    /// Where the text may be cut at or before `at`: after the last byte that neither a secret nor its name can hold.
    func start(ofUnbroken at: Int) -> Int {
        var at = at
        while at > 0, ByteSet.unbroken[bytes[at - 1]] { at -= 1 }
        return at
    }
}

extension UInt8 {
    var lowerCase: UInt8 { (0x41...0x5A).contains(self) ? self + 0x20 : self }
}
