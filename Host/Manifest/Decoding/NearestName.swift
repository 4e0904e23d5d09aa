/// Finds the name that somebody probably meant.
enum NearestName {
    /// The candidate with the least edit distance (insert, delete, replace, swap of neighbours: Damerau's restricted
    /// distance), when it is no more than a third of the word's length, and at least one; nil otherwise.
    static func of(_ word: String, among candidates: some Sequence<String>) -> String? {
        let word = Array(word.lowercased().utf8)
        guard word.count <= 128 else { return nil }
        var best: (name: String, distance: Int)?
        for candidate in candidates {
            let distance = Self.distance(word, Array(candidate.lowercased().utf8))
            let limit = max(1, max(word.count, candidate.utf8.count) / 3)
            if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
        }
        return best?.name
    }

    static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        if left.isEmpty || right.isEmpty { return max(left.count, right.count) }
        var beforeLast = [Int](repeating: 0, count: right.count + 1)
        var last = Array(0...right.count)
        for i in 1...left.count {
            var row = [i] + [Int](repeating: 0, count: right.count)
            for j in 1...right.count {
                row[j] = min(row[j - 1] + 1, last[j] + 1, last[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1))
                if i > 1, j > 1, left[i - 1] == right[j - 2], left[i - 2] == right[j - 1] {
                    row[j] = min(row[j], beforeLast[j - 2] + 1)
                }
            }
            (beforeLast, last) = (last, row)
        }
        return last[right.count]
    }
}
