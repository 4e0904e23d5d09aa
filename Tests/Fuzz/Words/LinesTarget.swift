/// Lines are the same however they are cut, as long as they should be, and not more than may be said at once.
func checkLines(_ words: [UInt8], cut: Int) {
    var whole = StderrLines(now: 0)
    var lines = words.withUnsafeBytes { whole.take($0, now: 0) }
    lines += whole.end()

    var pieces = StderrLines(now: 0)
    var cutLines: [StderrLine] = []
    var at = 0
    while at < words.count {
        let until = min(words.count, at + cut)
        cutLines += words[at..<until].withUnsafeBytes { pieces.take($0, now: 0) }
        at = until
    }
    cutLines += pieces.end()
    guard cutLines == lines else { fail("cut every \(cut) bytes, there are other lines") }

    var dropped = 0
    for line in lines {
        switch line {
        case .text(let text):
            // A byte that is no UTF-8 becomes three; the sign of a cut is three.
            let replaced = text.unicodeScalars.count { $0 == "\u{fffd}" }
            guard text.utf8.count - 2 * replaced <= StderrLines.longestLine + 3 else {
                fail("a line of \(text.utf8.count) bytes")
            }
            if text.hasSuffix("…"), text.utf8.count < StderrLines.longestLine, !words.contains(0xe2) {
                fail("a line of \(text.utf8.count) bytes that is said to be cut")
            }
            if text.utf8.contains(UInt8(ascii: "\n")) { fail("a line with an end of line in it") }
        case .violation(let violation):
            if violation.message.utf8.count > 200 { fail("a report of \(violation.message.utf8.count) bytes") }
        case .dropped(let bytes): dropped += bytes
        }
    }
    // A last line without an end counts as one with it.
    guard dropped <= words.count + 1 else { fail("\(dropped) of \(words.count) bytes were left out") }
}
