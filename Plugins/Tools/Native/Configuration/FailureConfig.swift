import JackfieldJSON

/// How a function says that it failed.
package struct FailureConfig: Sendable, Hashable {
    package enum Rule: Sendable, Hashable {
        case nonzero, zero, negative, null
        /// It left a number in errno, which was 0 before.
        case errno
        /// It returned one of these.
        case among([Int128])
        /// It returned none of these.
        case unless([Int128])
    }

    package var rule: Rule
    /// What the numbers that it returns are called.
    package var codes: [NamedValues.Entry] = []
    /// Where the sentence is: `zError(code)`, `sqlite3_errmsg(db)`, or a parameter that the function leaves text in.
    package var message: String?
    /// errno is told as well.
    package var tellsErrno = false

    private static let words: [String: Rule] = [
        "nonzero": .nonzero, "zero": .zero, "negative": .negative, "null": .null, "errno": .errno,
    ]
    private static let right = "nonzero, zero, negative, null, errno, or a list of the numbers that mean failure"

    /// Nil if it cannot be read, which is reported.
    init?(_ json: JSON, _ path: String, _ problems: inout ConfigProblems) {
        if let word = json.string {
            guard let rule = Self.words[word] else {
                problems.add(path, "must be \(Self.right), and is \"\(word)\"")
                return nil
            }
            self.rule = rule
            tellsErrno = rule == .errno
            return
        }
        let keys = ["when", "unless", "codes", "message", "errno"]
        guard let table = ConfigTable(json, path, keys: keys, &problems) else { return nil }
        switch (table["when"], table["unless"]) {
        case (let when?, nil):
            if let rule = when.string.flatMap({ Self.words[$0] }) {
                self.rule = rule
            } else if let numbers = Self.numbers(when) {
                rule = .among(numbers)
            } else {
                problems.add("\(path).when", "must be \(Self.right)")
                return nil
            }
        case (nil, let unless?):
            guard let numbers = Self.numbers(unless) else {
                problems.add("\(path).unless", "must be a list of the numbers that mean success")
                return nil
            }
            rule = .unless(numbers)
        default:
            problems.add(path, "must have one of when and unless, which says how failure is told from success")
            return nil
        }
        codes = table.names("codes", &problems) ?? []
        message = table.text("message", &problems)
        tellsErrno = table.bool("errno", &problems) ?? (rule == .errno)
    }

    private static func numbers(_ json: JSON) -> [Int128]? {
        guard let array = json.array, !array.isEmpty else { return nil }
        let numbers = array.compactMap { WholeNumber.of($0) }
        return numbers.count == array.count ? numbers : nil
    }
}
