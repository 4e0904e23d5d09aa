/// The sums by which some secrets can be told from what only looks like them.
enum Checksums {
    /// Whether the last six characters are the CRC-32 (ISO-HDLC) of those before them, in base 62 (0-9, A-Z, a-z),
    /// filled with zeros on the left.
    static func endsInCRC32(_ token: ArraySlice<UInt8>) -> Bool {
        guard token.count > 6 else { return false }
        var sum: UInt64 = 0
        for byte in token.suffix(6) {
            let digit: UInt8
            switch byte {
            case 0x30...0x39: digit = byte - 0x30
            case 0x41...0x5A: digit = byte - 0x41 + 10
            case 0x61...0x7A: digit = byte - 0x61 + 36
            default: return false
            }
            sum = sum * 62 + UInt64(digit)
        }
        return sum == UInt64(crc32(token.dropLast(6)))
    }

    static func crc32(_ bytes: some Sequence<UInt8>) -> UInt32 {
        var crc = UInt32.max
        for byte in bytes {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc >> 1 ^ (crc & 1 == 1 ? 0xEDB8_8320 : 0) }
        }
        return ~crc
    }

    /// ISO/IEC 7812-1, annex B. `digits` are values from 0 to 9.
    static func luhn(_ digits: some BidirectionalCollection<UInt8>) -> Bool {
        var sum = 0
        for (index, digit) in digits.reversed().enumerated() {
            let doubled = index % 2 == 1 ? Int(digit) * 2 : Int(digit)
            sum += doubled > 9 ? doubled - 9 : doubled
        }
        return sum % 10 == 0
    }

    /// ISO 7064, MOD 97-10, over an IBAN without spaces, in upper case.
    static func mod97(_ iban: [UInt8]) -> Bool {
        var rest = 0
        for byte in iban.dropFirst(4) + iban.prefix(4) {
            rest = ByteSet.digits[byte] ? (rest * 10 + Int(byte - 0x30)) % 97 : (rest * 100 + Int(byte) - 55) % 97
        }
        return rest == 1
    }
}
