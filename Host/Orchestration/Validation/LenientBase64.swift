/// Base64 as the most forgiving reader would take it: both alphabets of RFC 4648, with or without padding, in lines,
/// and several texts one after the other. What validators look at must be no less than what any upstream would read.
enum LenientBase64 {
    private static let space: UInt8 = 64
    private static let padding: UInt8 = 65
    private static let wrong: UInt8 = 66

    /// For each byte its six bits, or what it is instead.
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: wrong, count: 256)
        for (value, letter) in alphabet.enumerated() { values[Int(letter)] = UInt8(value) }
        values[Int(UInt8(ascii: "-"))] = 62
        values[Int(UInt8(ascii: "_"))] = 63
        for byte in [0x20, 0x09, 0x0a, 0x0b, 0x0c, 0x0d] { values[byte] = space }
        values[Int(UInt8(ascii: "="))] = padding
        return values
    }()
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// - Returns: nil if there is a byte that is no part of any Base64.
    static func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
        // Left at the first wrong byte, which comes soon in anything else.
        let decoded: [UInt8]?? = text.withContiguousStorageIfAvailable { decode(buffer: $0) }
        return decoded ?? Array(text).withUnsafeBufferPointer { decode(buffer: $0) }
    }

    private static func decode(buffer: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        values.withUnsafeBufferPointer { values in
            var bytes: [UInt8] = []
            bytes.reserveCapacity(buffer.count / 4 * 3 + 3)
            var bits: UInt32 = 0
            var held: UInt32 = 0
            for letter in buffer {
                let value = values[Int(letter)]
                if value == wrong { return nil }
                if value == space { continue }
                if value == padding {
                    // What follows is a text of its own.
                    bits = 0
                    held = 0
                    continue
                }
                bits = bits << 6 | UInt32(value)
                held += 6
                if held < 8 { continue }
                held -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> held))
            }
            return bytes
        }
    }

    /// In the standard alphabet, with padding.
    static func encode(_ text: String.UTF8View) -> String {
        var encoded: [UInt8] = []
        encoded.reserveCapacity((text.count + 2) / 3 * 4)
        var bits: UInt32 = 0
        var count = 0
        for byte in text {
            bits = bits << 8 | UInt32(byte)
            count += 1
            if count % 3 != 0 { continue }
            for shift: UInt32 in [18, 12, 6, 0] { encoded.append(alphabet[Int(bits >> shift & 63)]) }
            bits = 0
        }
        switch count % 3 {
        case 1: encoded += [alphabet[Int(bits >> 2)], alphabet[Int(bits << 4 & 63)]] + Array("==".utf8)
        case 2:
            encoded += [
                alphabet[Int(bits >> 10)], alphabet[Int(bits >> 4 & 63)], alphabet[Int(bits << 2 & 63)],
                UInt8(ascii: "="),
            ]
        default: break
        }
        return String(decoding: encoded, as: UTF8.self)
    }
}
