import JackfieldPlugin

/// A JSON Web Token in compact form (RFC 7515, section 7.1; encrypted ones: RFC 7516): its header is decoded and must
/// name an algorithm, so that other base64 is not taken for one.
enum JSONWebToken {
    private static let maxLength = 8 << 10

    static func match(_ text: ScannedText, at start: Int) throws(Unfinished) -> SecretMatch? {
        guard text.has(Array("eyJ".utf8), at: start), !text.isWordByte(before: start) else { return nil }
        var parts: [Range<Int>] = []
        var at = start
        while parts.count < 5 {
            let end = try text.end(of: .urlSafe, from: at, atMost: maxLength)
            guard end - start < maxLength else { return nil }
            parts.append(at..<end)
            at = end
            guard try text.byte(at: end) == 0x2E else { break }
            at = end + 1
        }
        guard parts.count >= 3, let header = decoded(text.bytes[parts[0]]), header.contains("\"alg\"") else {
            return nil
        }
        let isEncrypted = header.contains("\"enc\"") && parts.count == 5
        if !isEncrypted {
            guard let claims = decoded(text.bytes[parts[1]]), claims.utf8.first == 0x7B else { return nil }
        }
        // A sentence may go on with a dot: only as many parts as belong to it.
        return SecretMatch(rule: .jwt, range: start..<parts[isEncrypted ? 4 : 2].upperBound, anchor: start)
    }

    private static func decoded(_ part: ArraySlice<UInt8>) -> String? {
        guard let bytes = Base64.decode(part) else { return nil }
        return String(validating: bytes, as: UTF8.self)
    }
}
