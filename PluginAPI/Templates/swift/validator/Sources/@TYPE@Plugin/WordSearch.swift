/// Finds words in text that may go on: bytes of UTF-8, the case of A to Z aside.
struct WordSearch: Sendable {
    /// In lower case, the longest first.
    private let words: [[UInt8]]

    init(_ words: [String]) {
        self.words = words.filter { !$0.isEmpty }.map { $0.utf8.map(Self.lower) }.sorted { $0.count > $1.count }
    }

    /// From the left, at each place the longest word, and no two that overlap.
    ///
    /// - Parameter isFinal: nothing follows the text. Otherwise what a word might begin in, that is not there whole, is
    ///   left for the next time: so it does not matter where a stream is cut.
    /// - Returns: where words are, and how many bytes are settled. Words lie in these; none ends inside a character.
    func find(in text: [UInt8], isFinal: Bool) -> (found: [Range<Int>], settled: Int) {
        guard let longest = words.first?.count else { return ([], text.count) }
        var found: [Range<Int>] = []
        var at = 0
        while isFinal ? at < text.count : at + longest <= text.count {
            if let word = words.first(where: { Self.matches(text, at, $0) }) {
                found.append(at..<at + word.count)
                at += word.count
            } else {
                at += 1
            }
        }
        // Never inside a character: bytes 10xxxxxx continue one.
        while at < text.count, text[at] & 0xc0 == 0x80 { at -= 1 }
        return (found, at)
    }

    private static func matches(_ text: [UInt8], _ at: Int, _ word: [UInt8]) -> Bool {
        guard at + word.count <= text.count else { return false }
        for index in word.indices where lower(text[at + index]) != word[index] { return false }
        return true
    }

    private static func lower(_ byte: UInt8) -> UInt8 { (0x41...0x5a).contains(byte) ? byte | 0x20 : byte }
}
