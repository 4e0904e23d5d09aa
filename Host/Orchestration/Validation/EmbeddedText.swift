/// A text that lies inside of a string of a JSON part, and that a provider would hand to a model as words: a string
/// that JSON writes with escapes, a data URL (RFC 2397), or Base64 (RFC 4648).
struct EmbeddedText {
    enum Coding: Equatable {
        /// The string itself; only JSON's escapes stand between the words.
        case plain
        /// Base64 behind a prefix, which is empty or the head of a data URL.
        case base64(after: String)
        /// Percent-encoded behind the head of a data URL.
        case percent(after: String)
    }

    let text: String
    let coding: Coding

    /// Letters of Base64 below which nothing is worth reading.
    private static let shortest = 8

    /// What a string holds. Base64 in lines may also be plain words in lines, so there may be two.
    ///
    /// - Parameter isDeclared: what is around the string says that it is text; then bytes are read as text in any case.
    static func found(in string: String, isDeclared: Bool) -> [EmbeddedText] {
        var found: [EmbeddedText] = []
        if string.utf8.contains(where: { $0 < 0x20 || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }) {
            found.append(EmbeddedText(text: string, coding: .plain))
        }
        if let encoded = encoded(string, isDeclared) { found.append(encoded) }
        return found
    }

    private static func encoded(_ string: String, _ isDeclared: Bool) -> EmbeddedText? {
        let utf8 = string.utf8
        guard utf8.prefix(5).elementsEqual("data:".utf8, by: { $0 | 0x20 == $1 || $0 == $1 }),
            let comma = utf8.firstIndex(of: UInt8(ascii: ","))
        else {
            guard utf8.count >= shortest, let bytes = LenientBase64.decode(utf8),
                let text = ReadableBytes.text(bytes, isDeclared: isDeclared)
            else { return nil }
            return EmbeddedText(text: text, coding: .base64(after: ""))
        }
        let content = utf8[utf8.index(after: comma)...]
        let prefix = String(string[...comma])
        // Nothing in a head needs more than the first bytes; parameters may be long, and mean nothing here.
        let head = prefix.lowercased()
        let isText = isDeclared || head.hasPrefix("data:text/") || head.hasPrefix("data:,") || head.hasPrefix("data:;")
        if head.hasSuffix(";base64,") {
            guard let bytes = LenientBase64.decode(content) else { return nil }
            return ReadableBytes.text(bytes, isDeclared: isText)
                .map { EmbeddedText(text: $0, coding: .base64(after: prefix)) }
        }
        return ReadableBytes.text(PercentText.decode(content), isDeclared: isText)
            .map { EmbeddedText(text: $0, coding: .percent(after: prefix)) }
    }

    /// The string with another text in it, encoded as this one was.
    func replaced(by text: String) -> String {
        switch coding {
        case .plain: text
        case .base64(let prefix): prefix + LenientBase64.encode(text.utf8)
        case .percent(let prefix): prefix + PercentText.encode(text.utf8)
        }
    }
}

/// Whether bytes are words or something else.
enum ReadableBytes {
    /// The text, with replacement characters for what is not UTF-8: readers repair it in the same way, so one wrong
    /// byte must hide nothing. Nil for what no reader takes for text.
    ///
    /// - Parameter isDeclared: somebody said that it is text.
    static func text(_ bytes: [UInt8], isDeclared: Bool) -> String? {
        if bytes.isEmpty { return nil }
        if !isDeclared {
            // Sounds, images and packed documents are full of control characters, one byte in nine where they are
            // random.
            var allowed = bytes.count / 32
            for byte in bytes where byte < 0x20 && !(0x09...0x0d).contains(byte) || byte == 0x7f {
                allowed -= 1
                if allowed < 0 { return nil }
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
