/// Payment card numbers and IBANs, told from other numbers by their check digits.
enum PersonalData {
    /// Calls `found` with each match, and `unfinished` with where one may have begun.
    static func scan(_ text: ScannedText, _ found: (SecretMatch) -> Void, unfinished: (Int) -> Void) {
        for at in text.bytes.indices where at == 0 || !ByteSet.word[text.bytes[at - 1]] {
            let byte = text.bytes[at]
            do throws(Unfinished) {
                if ByteSet.digits[byte] {
                    if let match = try card(text, at) { found(match) }
                } else if ByteSet.upper[byte], let match = try iban(text, at) {
                    found(match)
                }
            } catch {
                unfinished(at)
            }
        }
    }

    /// 13 to 19 digits, in groups divided by single blanks or hyphens (ISO/IEC 7812-1).
    private static func card(_ text: ScannedText, _ start: Int) throws(Unfinished) -> SecretMatch? {
        guard (0x32...0x36).contains(text.bytes[start]) else { return nil }
        var digits: [UInt8] = []
        var longest: Int?
        var at = start
        while digits.count <= 19 {
            let end = try text.end(of: .digits, from: at, atMost: 20)
            guard end > at else { break }
            digits += text.bytes[at..<end].map { $0 - 0x30 }
            let next = try text.byte(at: end)
            if next.map({ !ByteSet.word[$0] }) ?? true, (13...19).contains(digits.count), Checksums.luhn(digits) {
                longest = end
            }
            guard let next, separators[next] else { break }
            at = end + 1
        }
        return longest.map { SecretMatch(rule: .card, range: start..<$0, anchor: start, checksum: true) }
    }
    private static let separators = ByteSet(" -")

    /// ISO 13616, in upper case, in one piece or in groups of four.
    private static func iban(_ text: ScannedText, _ start: Int) throws(Unfinished) -> SecretMatch? {
        guard try text.end(of: .upper, from: start, atMost: 3) == start + 2,
            try text.end(of: .digits, from: start + 2, atMost: 2) == start + 4,
            let length = lengths[String(decoding: text.bytes[start..<start + 2], as: UTF8.self)]
        else { return nil }
        var iban = Array(text.bytes[start..<start + 4])
        var at = start + 4
        while iban.count < length, let byte = try text.byte(at: at) {
            if byte == 0x20, iban.count % 4 == 0 { at += 1 }
            guard let byte = try text.byte(at: at), ByteSet.upperAlphanumerics[byte] else { return nil }
            iban.append(byte)
            at += 1
        }
        if let next = try text.byte(at: at), ByteSet.word[next] { return nil }
        guard iban.count == length, Checksums.mod97(iban) else { return nil }
        return SecretMatch(rule: .iban, range: start..<at, anchor: start, checksum: true)
    }

    /// From the SWIFT registry of IBAN formats, release 97.
    private static let lengths: [String: Int] = [
        "AD": 24, "AE": 23, "AL": 28, "AT": 20, "AZ": 28, "BA": 20, "BE": 16, "BG": 22, "BH": 22, "BR": 29, "BY": 28,
        "CH": 21, "CR": 22, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "DO": 28, "EE": 20, "EG": 29, "ES": 24, "FI": 18,
        "FO": 18, "FR": 27, "GB": 22, "GE": 22, "GI": 23, "GL": 18, "GR": 27, "GT": 28, "HR": 21, "HU": 28, "IE": 22,
        "IL": 23, "IS": 26, "IT": 27, "JO": 30, "KW": 30, "KZ": 20, "LB": 28, "LI": 21, "LT": 20, "LU": 20, "LV": 21,
        "MC": 27, "MD": 24, "ME": 22, "MK": 19, "MT": 31, "MU": 30, "NL": 18, "NO": 15, "PK": 24, "PL": 28, "PS": 29,
        "PT": 25, "QA": 29, "RO": 24, "RS": 22, "SA": 24, "SE": 24, "SI": 19, "SK": 24, "SM": 27, "TN": 24, "TR": 26,
        "UA": 29, "VA": 22, "VG": 24, "XK": 20,
    ]
}
