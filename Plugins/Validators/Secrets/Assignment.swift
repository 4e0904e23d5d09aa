/// A value that its name makes a secret: `api_key = "…"`, `"password": "…"`, `DB_PASSWORD=…`, "the password is …".
///
/// Names alone find much that is harmless, so the value has to look the part: see `isKey` and `isPassword`.
struct Assignment {
    enum Kind: Sendable {
        /// Made by a machine: long, and of high entropy.
        case key
        /// Made by a person.
        case password
        /// `AccountKey=` of an Azure connection string.
        case azure
    }

    static let names: [(name: String, kind: Kind)] = [
        ("api_key", .key), ("api-key", .key), ("apikey", .key), ("access_key", .key), ("access-key", .key),
        ("accesskey", .key), ("private_key", .key), ("privatekey", .key), ("auth_key", .key), ("authkey", .key),
        ("encryption_key", .key), ("signing_key", .key), ("secret", .key), ("token", .key), ("credential", .key),
        ("password", .password), ("passwd", .password), ("passwort", .password), ("passphrase", .password),
        ("pwd", .password), ("_pass", .password), ("accountkey", .azure),
    ]
    static let maxValue = 512

    private let text: ScannedText
    private let name: Range<Int>
    private let kind: Kind
    private let minEntropy: Double

    init(_ text: ScannedText, name: Range<Int>, kind: Kind, minEntropy: Double) {
        self.text = text
        self.name = name
        self.kind = kind
        self.minEntropy = minEntropy
    }

    func match() throws(Unfinished) -> SecretMatch? {
        var at = name.upperBound
        if kind == .key, try text.begins(with: " access key", at: at) { at += 11 }
        // "tokenizer" and "secretary" are other words; "tokens", "TOKEN_2" and "secretKeyBase" are not.
        if let byte = try text.byte(at: at), ByteSet.lower[byte], byte != 0x73 { return nil }
        let end = try text.end(of: .urlSafe, from: at, atMost: 32)
        guard end - at < 32 else { return nil }
        if kind == .password, try text.begins(with: " is ", at: end) {
            guard let value = try bareValue(end + 4), isStrong(text.bytes[value]) else { return nil }
            return match(value, .password)
        }
        guard let assigned = try Self.afterOperator(text, end) else { return nil }
        let value =
            if let quote = assigned.quote { try quotedValue(assigned.at, quote) } else { try bareValue(assigned.at) }
        guard let value, let rule = rule(value, end, isQuoted: assigned.quote != nil) else { return nil }
        return match(value, rule)
    }

    private func match(_ value: Range<Int>, _ rule: SecretRule) -> SecretMatch? {
        SecretMatch(rule: rule, range: value, anchor: name.lowerBound)
    }

    private func rule(_ value: Range<Int>, _ nameEnd: Int, isQuoted: Bool) -> SecretRule? {
        let bytes = text.bytes[value]
        switch kind {
        case .azure: return bytes.count >= 80 && bytes.allSatisfy { ByteSet.base64[$0] } ? .azure : nil
        case .password:
            // Without blanks around the sign it is a line of a settings file rather than of code.
            let isTight = !isQuoted && value.lowerBound == nameEnd + 1
            return isPassword(bytes, value.upperBound, isQuoted: isQuoted, isTight: isTight) ? .password : nil
        case .key:
            let name = text.bytes[name.lowerBound..<nameEnd].map(\.lowerCase)
            if bytes.count == 40, Placeholder.contains(name, "access"), bytes.allSatisfy({ ByteSet.base64[$0] }),
                bytes.contains(where: { ByteSet.upper[$0] })
            {
                return .awsSecretKey
            }
            return isKey(bytes) ? .generic : nil
        }
    }

    private func isKey(_ value: ArraySlice<UInt8>) -> Bool {
        guard value.count >= 16, value.allSatisfy({ Self.keyBytes[$0] }), value.first != 0x2F,
            value.contains(where: { ByteSet.digits[$0] }), value.contains(where: { ByteSet.letters[$0] }),
            !Placeholder.matches(value)
        else { return false }
        return Entropy.bitsPerByte(value) >= minEntropy
    }
    private static let keyBytes = ByteSet.base64.union(ByteSet("_-.~!@#$%^&*"))

    private func isPassword(_ value: ArraySlice<UInt8>, _ end: Int, isQuoted: Bool, isTight: Bool) -> Bool {
        guard value.count >= (isQuoted ? 4 : 6), !value.contains(0x20), !Placeholder.matches(value) else {
            return false
        }
        if isQuoted { return true }
        let hasLetter = value.contains { ByteSet.letters[$0] }
        if hasLetter, value.contains(where: { ByteSet.digits[$0] || Self.symbols[$0] }) { return true }
        // A bare word may be the name of a variable, or of a function that is called.
        let isName =
            value.contains { $0 == 0x5F || $0 == 0x2E } || end < text.bytes.count && Self.calls[text.bytes[end]]
        return isTight && value.count >= 8 && !isName
    }
    private static let symbols = ByteSet("!@#$%^&*+")
    private static let calls = ByteSet("([")

    /// Of three of the four kinds: what one would not write in a sentence about passwords.
    private func isStrong(_ value: ArraySlice<UInt8>) -> Bool {
        guard value.count >= 6, !Placeholder.matches(value) else { return false }
        return [ByteSet.lower, .upper, .digits, Self.symbols].count { set in value.contains { set[$0] } } >= 3
    }

    private func bareValue(_ from: Int) throws(Unfinished) -> Range<Int>? {
        var end = try text.end(of: Self.bare, from: from, atMost: Self.maxValue)
        guard end - from < Self.maxValue else { return nil }
        // The byte after it tells a call from a word.
        _ = try text.byte(at: end)
        while end > from, Self.closing[text.bytes[end - 1]] { end -= 1 }
        return end > from ? from..<end : nil
    }
    private static let bare = ByteSet.alphanumerics.union(ByteSet("_-+/=.~!@#$%^&*?:"))
    private static let closing = ByteSet(".!?:")

    private func quotedValue(_ from: Int, _ quote: UInt8) throws(Unfinished) -> Range<Int>? {
        let isEscaped = from >= 2 && text.bytes[from - 2] == 0x5C
        var at = from
        while at - from < Self.maxValue, let byte = try text.byte(at: at), byte != 0x0A, byte != 0x0D {
            if byte == quote { return at > from ? from..<at : nil }
            if byte == 0x5C {
                // Within a string within a string, the quotes are escaped, and so is the one that closes.
                if isEscaped, try text.byte(at: at + 1) == quote { return at > from ? from..<at : nil }
                at += 1
            }
            at += 1
        }
        return nil
    }

    /// After `"] := "` and the like: where the value begins, and the quote that it is in. nil if nothing is assigned.
    static func afterOperator(_ text: ScannedText, _ from: Int) throws(Unfinished) -> (at: Int, quote: UInt8?)? {
        var at = try text.end(of: afterName, from: from, atMost: 4)
        at = try text.end(of: .blanks, from: at, atMost: 8)
        let signs = try text.end(of: operators, from: at, atMost: 3)
        guard signs > at, let first = try text.byte(at: at), first != 0x3E else { return nil }
        at = try text.end(of: .blanks, from: signs, atMost: 8)
        if try text.byte(at: at) == 0x5C { at += 1 }
        guard let byte = try text.byte(at: at) else { return nil }
        return ByteSet.quotes[byte] ? (at + 1, byte) : (at, nil)
    }
    private static let afterName = ByteSet.quotes.union(ByteSet("\\]"))
    private static let operators = ByteSet("=:>")
}

/// What stands where a secret would be: in documentation, in code that reads it from elsewhere, after redaction.
enum Placeholder {
    private static let words: [StaticString] = [
        "example", "your", "xxxx", "****", "....", "changeme", "change_me", "placeholder", "redacted", "process.env",
        "os.environ", "getenv", "${", "{{", "<", "dummy", "insert", "secrets.", "$(",
    ]
    private static let whole: [StaticString] = [
        "string", "required", "optional", "true", "false", "null", "none", "undefined", "password", "passwort",
        "secret",
        "hidden", "token", "empty", "default", "protected", "encrypted", "incorrect", "invalid",
    ]

    static func matches(_ value: ArraySlice<UInt8>) -> Bool {
        let lower = value.map(\.lowerCase)
        if lower.first == 0x24, lower.dropFirst().allSatisfy({ ByteSet.word[$0] }) { return true }
        if lower.count > 3, lower.allSatisfy({ $0 == lower[0] }) { return true }
        return words.contains { contains(lower, $0) }
            || whole.contains { $0.utf8CodeUnitCount == lower.count && contains(lower, $0) }
    }

    static func contains(_ bytes: [UInt8], _ word: StaticString) -> Bool {
        let count = word.utf8CodeUnitCount
        guard bytes.count >= count else { return false }
        return (0...bytes.count - count).contains { start in
            (0..<count).allSatisfy { bytes[start + $0] == word.utf8Start[$0] }
        }
    }
}
