/// A word or a sign of a signature.
enum SignatureToken: Equatable {
    case word(String)
    case number(Int)
    /// `*`, `(`, `)`, `,`, `;`, `[`, `]`, and `...`
    case sign(String)

    var text: String {
        switch self {
        case .word(let text), .sign(let text): text
        case .number(let value): "\(value)"
        }
    }

    /// The tokens of a text, with where each begins.
    ///
    /// - Throws: for a character that no signature has, and comments.
    static func tokens(_ text: String) throws(SignatureError) -> [(token: SignatureToken, at: Int)] {
        let bytes = Array(text.utf8)
        var tokens: [(SignatureToken, Int)] = []
        var at = 0
        while at < bytes.count {
            let start = at
            let byte = bytes[at]
            switch byte {
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"): at += 1
            case UInt8(ascii: "."):
                guard bytes[at...].starts(with: "...".utf8) else {
                    throw SignatureError("a single \".\" has no meaning; three stand for further arguments", at: at)
                }
                tokens.append((.sign("..."), start))
                at += 3
            case _ where "*(),;[]".utf8.contains(byte):
                tokens.append((.sign(String(UnicodeScalar(byte))), start))
                at += 1
            case _ where isDigit(byte):
                while at < bytes.count, isDigit(bytes[at]) { at += 1 }
                guard let value = Int(String(decoding: bytes[start..<at], as: UTF8.self)) else {
                    throw SignatureError("the number is too large", at: start)
                }
                tokens.append((.number(value), start))
            case _ where isLetter(byte):
                while at < bytes.count, isLetter(bytes[at]) || isDigit(bytes[at]) { at += 1 }
                tokens.append((.word(String(decoding: bytes[start..<at], as: UTF8.self)), start))
            default:
                throw SignatureError("it has a character that no signature has", at: at)
            }
        }
        return tokens
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
    private static func isLetter(_ byte: UInt8) -> Bool {
        (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x5F
    }
}

/// Why a text is no signature that this plugin can call.
package struct SignatureError: Error, Sendable, Hashable {
    package var sentence: String
    /// The byte of the text, from 0.
    package var place: Int?

    init(_ sentence: String, at place: Int? = nil) {
        self.sentence = sentence
        self.place = place
    }
}
