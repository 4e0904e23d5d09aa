/// Whether one word is another with a slip of the keyboard.
enum SpellingDistance {
    /// At most two letters more, less or other (Levenshtein), and less than half of the word.
    static func isNear(_ one: String, _ other: String) -> Bool {
        let (a, b) = (Array(one.utf8), Array(other.utf8))
        guard abs(a.count - b.count) <= 2, max(a.count, b.count) >= 4 else { return false }
        var row = Array(0...b.count)
        for (i, left) in a.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, right) in b.enumerated() {
                let next = min(row[j + 1] + 1, row[j] + 1, diagonal + (left == right ? 0 : 1))
                diagonal = row[j + 1]
                row[j + 1] = next
            }
        }
        return row[b.count] <= min(2, max(a.count, b.count) / 3)
    }
}
