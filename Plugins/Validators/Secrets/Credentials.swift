/// The password of `scheme://user:password@host` (RFC 3986, section 3.2.1).
enum URLPassword {
    private static let maxUserInfo = 512
    private static let databases = [
        "postgres", "postgresql", "mysql", "mariadb", "mongodb", "mongodb+srv", "redis", "rediss", "amqp", "amqps",
        "mssql", "sqlserver", "oracle", "cockroachdb", "clickhouse", "jdbc",
    ]

    /// - Parameter start: Where `://` stands.
    static func match(_ text: ScannedText, at start: Int) throws(Unfinished) -> SecretMatch? {
        var scheme = start
        while scheme > 0, start - scheme < 20, Self.scheme[text.bytes[scheme - 1]] { scheme -= 1 }
        guard start - scheme >= 2 else { return nil }
        let from = start + 3
        let end = try text.end(of: userInfo, from: from, atMost: maxUserInfo)
        guard end - from < maxUserInfo, let at = text.bytes[from..<end].lastIndex(of: 0x40),
            let colon = text.bytes[from..<at].firstIndex(of: 0x3A), colon + 1 < at
        else { return nil }
        let password = text.bytes[colon + 1..<at]
        guard !Placeholder.matches(password) || password.elementsEqual("password".utf8) else { return nil }
        let name = String(decoding: text.bytes[scheme..<start].map(\.lowerCase), as: UTF8.self)
        // A driver may be named too: postgresql+psycopg.
        let isDatabase = databases.contains { name == $0 || name.hasPrefix($0 + "+") }
        return SecretMatch(rule: isDatabase ? .databaseURL : .urlPassword, range: colon + 1..<at, anchor: scheme)
    }
    private static let scheme = ByteSet.alphanumerics.union(ByteSet("+.-"))
    private static let userInfo = ByteSet.alphanumerics.union(ByteSet("-._~%!$&'()*+;=:@^{}|"))
}

/// The credentials of an Authorization header (RFC 9110, section 11.6.2), in a header line, in JSON or in code; and a
/// bearer token (RFC 6750) without the header's name.
enum Authorization {
    private static let maxValue = 4096

    /// - Parameter end: Where `authorization` ends.
    static func match(_ text: ScannedText, name start: Int, to end: Int) throws(Unfinished) -> SecretMatch? {
        guard let assigned = try Assignment.afterOperator(text, end) else { return nil }
        let word = try text.end(of: .letters, from: assigned.at, atMost: 20)
        let blanks = try text.end(of: .blanks, from: word, atMost: 4)
        let scheme = text.bytes[assigned.at..<word].map(\.lowerCase)
        guard blanks > word, schemes.contains(where: { scheme.elementsEqual($0.utf8) }) else {
            return try match(text, start, value: assigned.at, atLeast: 16, needsDigit: true)
        }
        return try match(text, start, value: blanks, atLeast: 8, needsDigit: false)
    }
    private static let schemes = ["bearer", "basic", "token", "apikey", "digest", "negotiate"]

    /// - Parameter end: Where `bearer` ends.
    static func bearer(_ text: ScannedText, name start: Int, to end: Int) throws(Unfinished) -> SecretMatch? {
        guard !text.isWordByte(before: start) else { return nil }
        let blanks = try text.end(of: .blanks, from: end, atMost: 4)
        guard blanks > end else { return nil }
        return try match(text, start, value: blanks, atLeast: 16, needsDigit: true)
    }

    private static func match(
        _ text: ScannedText, _ start: Int, value from: Int, atLeast count: Int, needsDigit: Bool
    ) throws(Unfinished) -> SecretMatch? {
        var end = try text.end(of: .token68, from: from, atMost: maxValue)
        guard end - from < maxValue else { return nil }
        while end > from, text.bytes[end - 1] == 0x2E { end -= 1 }
        let value = text.bytes[from..<end]
        guard value.count >= count, value.contains(where: { ByteSet.letters[$0] }), !Placeholder.matches(value) else {
            return nil
        }
        let hasDigit = value.contains { ByteSet.digits[$0] }
        let isMixed = value.dropFirst().contains { ByteSet.upper[$0] } && value.contains { ByteSet.lower[$0] }
        guard hasDigit || !needsDigit && isMixed else { return nil }
        return SecretMatch(rule: .authorization, range: from..<end, anchor: start)
    }
}
