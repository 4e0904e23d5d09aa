/// A private key in the armour of RFC 7468 or OpenPGP, from BEGIN to END; also within JSON, with its line breaks escaped.
struct PrivateKey {
    /// Longer than any key in use: RSA of 16,384 bits takes 12.7 KB. What goes on beyond it is reported as open.
    static let maxLength = 16 << 10
    /// A run of base64 that is no word of prose. The last line may be shorter, if END follows.
    private static let minRun = 16

    private let text: ScannedText
    private let start: Int

    init(_ text: ScannedText, at start: Int) {
        self.text = text
        self.start = start
    }

    func match() throws(Unfinished) -> SecretMatch? {
        guard try text.begins(with: "-----begin ", at: start), var at = try afterLabel(start + 11) else { return nil }
        // Everything up to here is certainly part of the key, once there is a run of base64.
        var good: Int?
        while true {
            let next = try afterSeparators(at)
            if next - start > Self.maxLength {
                return good == nil ? nil : match(start..<text.bytes.count, isOpen: true)
            }
            if try text.byte(at: next) == 0x2D {
                if try text.begins(with: "-----end ", at: next), let end = try afterLabel(next + 9) {
                    return match(start..<end)
                }
                return good.map { match(start..<$0) }
            }
            let end = try text.end(of: .base64, from: next, atMost: start + Self.maxLength + 1 - next)
            if end - next >= Self.minRun {
                good = end
                at = end
            } else if end > next, good != nil, try text.byte(at: try afterSeparators(end)) == 0x2D {
                at = end
            } else if let header = try afterHeader(next) {
                at = header
            } else {
                return good.map { match(start..<$0) }
            }
        }
    }

    private func match(_ range: Range<Int>, isOpen: Bool = false) -> SecretMatch {
        SecretMatch(rule: .privateKey, range: range, anchor: start, isOpen: isOpen)
    }

    /// After `RSA PRIVATE KEY-----`; nil if something else stands there.
    private func afterLabel(_ from: Int) throws(Unfinished) -> Int? {
        let end = try text.end(of: Self.label, from: from, atMost: 40)
        guard try text.begins(with: "-----", at: end) else { return nil }
        let words = text.bytes[from..<end].split(separator: 0x20)
        guard let at = words.firstIndex(where: { $0.elementsEqual("PRIVATE".utf8) }),
            at + 1 < words.endIndex, words[at + 1].elementsEqual("KEY".utf8)
        else { return nil }
        return end + 5
    }
    private static let label = ByteSet.upperAlphanumerics.union(ByteSet(" "))

    /// After white space, escaped or not, and what strings in source code are joined with.
    private func afterSeparators(_ from: Int) throws(Unfinished) -> Int {
        var at = from
        while at - start <= Self.maxLength, let byte = try text.byte(at: at) {
            if byte == 0x5C, let escaped = try text.byte(at: at + 1), Self.escapes[escaped] {
                at += 2
            } else if Self.separators[byte] {
                at += 1
            } else {
                break
            }
        }
        return at
    }
    private static let escapes = ByteSet("nrt\\\"")
    private static let separators = ByteSet.space.union(ByteSet("\\\"',>"))

    /// After a line like `Proc-Type: 4,ENCRYPTED`.
    private func afterHeader(_ from: Int) throws(Unfinished) -> Int? {
        let name = try text.end(of: Self.name, from: from, atMost: 20)
        guard name > from, try text.byte(at: name) == 0x3A else { return nil }
        let end = try text.end(of: Self.line, from: name, atMost: 100)
        return end - name < 100 ? end : nil
    }
    private static let name = ByteSet.letters.union(.hyphen)
    private static let line = ByteSet.token68.union(ByteSet(" :,()<>@;"))
}
