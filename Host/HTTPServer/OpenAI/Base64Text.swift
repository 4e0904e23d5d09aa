/// Base64 with the standard alphabet (RFC 4648, section 4).
enum Base64Text {
    private static let alphabet: StaticString = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

    /// For each byte its six bits, or 255.
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 255, count: 256)
        for value in 0..<64 { values[Int(alphabet.utf8Start[value])] = UInt8(value) }
        return values
    }()

    /// With padding.
    static func encode(_ bytes: UnsafeRawBufferPointer) -> String {
        String(unsafeUninitializedCapacity: (bytes.count + 2) / 3 * 4) { text in
            let letters = alphabet.utf8Start
            var to = 0
            var from = 0
            while from < bytes.count {
                let left = bytes.count - from
                let second = left > 1 ? bytes[from + 1] : 0
                let third = left > 2 ? bytes[from + 2] : 0
                text[to] = letters[Int(bytes[from] >> 2)]
                text[to + 1] = letters[Int((bytes[from] & 3) << 4 | second >> 4)]
                text[to + 2] = left > 1 ? letters[Int((second & 15) << 2 | third >> 6)] : UInt8(ascii: "=")
                text[to + 3] = left > 2 ? letters[Int(third & 63)] : UInt8(ascii: "=")
                to += 4
                from += 3
            }
            return to
        }
    }

    /// Nil for what is not Base64. Padding may be absent.
    static func decode(_ text: some RandomAccessCollection<UInt8>) -> [UInt8]? {
        var end = text.endIndex
        var padding = 0
        while end > text.startIndex, text[text.index(before: end)] == UInt8(ascii: "=") {
            end = text.index(before: end)
            padding += 1
        }
        let letters = text[..<end]
        guard padding <= 2, letters.count % 4 != 1, padding == 0 || (letters.count + padding) % 4 == 0 else {
            return nil
        }
        var isGood = true
        let bytes = values.withUnsafeBufferPointer { values in
            [UInt8](unsafeUninitializedCapacity: letters.count / 4 * 3 + 2) { bytes, count in
                var bits: UInt32 = 0
                var held = 0
                var seen: UInt8 = 0
                for letter in letters {
                    let value = values[Int(letter)]
                    seen |= value
                    bits = bits << 6 | UInt32(value & 63)
                    held += 6
                    if held >= 8 {
                        held -= 8
                        bytes[count] = UInt8(truncatingIfNeeded: bits >> UInt32(held))
                        count += 1
                    }
                }
                // A letter is below 64; anything else has set the top bit.
                isGood = seen < 64
            }
        }
        return isGood ? bytes : nil
    }
}
