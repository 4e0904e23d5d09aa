import Testing

@testable import Isolation

@Suite("What a plugin's process writes to standard error")
struct StderrLinesTests {
    private static let second: Int64 = 1_000_000_000

    @Test("becomes one line of the log for each of its own")
    func lines() {
        let lines = Listener()
        #expect(lines.take("one\ntwo\n\nthr", now: 0) == [.text("one"), .text("two")])
        #expect(lines.take("ee\n", now: 0) == [.text("three")])
        #expect(lines.end() == [])
    }

    @Test("is the same however it is cut", arguments: UInt64(0)..<20)
    func pieces(seed: UInt64) {
        var random = SeededBytes(seed: seed)
        var text: [UInt8] = []
        for _ in 0..<60 {
            let word = random.bytes(Int.random(in: 0...120, using: &random)).map { $0 == 1 ? 2 : $0 }
            text += word + [UInt8(ascii: "\n")]
        }
        let whole = Listener()
        let expected = whole.take(text, now: 0) + whole.end()
        let cut = Listener()
        var got: [StderrLine] = []
        var rest = text[...]
        while !rest.isEmpty {
            let piece = rest.prefix(Int.random(in: 1...40, using: &random))
            rest = rest.dropFirst(piece.count)
            got += cut.take(Array(piece), now: 0)
        }
        got += cut.end()
        #expect(got == expected)
    }

    @Test("is told also where the process ended within a line")
    func lastWords() {
        let lines = Listener()
        #expect(lines.take("fatal: no", now: 0) == [])
        #expect(lines.end() == [.text("fatal: no")])
        #expect(lines.end() == [])
    }

    @Test("is cut where a line is longer than the longest, and says so")
    func longLines() {
        let longest = StderrLines.longestLine
        for (count, isCut) in [(longest - 1, false), (longest, false), (longest + 1, true), (10 * longest, true)] {
            let lines = Listener()
            let text = String(repeating: "x", count: count)
            let expected = String(text.prefix(longest)) + (isCut ? "…" : "")
            #expect(lines.take(text + "\nnext\n", now: 0) == [.text(expected), .text("next")])
        }
    }

    @Test("without an end of line holds no more than one line in memory, and comes cut")
    func endless() {
        let lines = Listener()
        for _ in 0..<50 { #expect(lines.take(String(repeating: "y", count: 4096), now: 0) == []) }
        #expect(lines.end() == [.text(String(repeating: "y", count: StderrLines.longestLine) + "…")])
    }

    @Test("that is not UTF-8 is told with replacements")
    func notText() {
        let lines = Listener()
        #expect(lines.take([0x61, 0xff, 0x62, 0x0a], now: 0) == [.text("a\u{fffd}b")])
    }

    @Test("beyond what may be said at once is left out, and counted")
    func tooMuch() {
        let lines = Listener()
        let line = String(repeating: "z", count: 1023)
        var texts = 0
        for _ in 0..<100 { texts += lines.take(line + "\n", now: 0).count }
        #expect(texts == StderrLines.burst / 1024)
        #expect(lines.end() == [.dropped((100 - texts) * 1024)])
    }

    @Test("is heard again when time has passed, after the count of what was left out")
    func heardAgain() {
        let lines = Listener()
        let line = String(repeating: "z", count: 1023) + "\n"
        for _ in 0..<70 { _ = lines.take(line, now: 0) }
        #expect(lines.take(line, now: 0) == [])
        #expect(
            lines.take("hello\n", now: Self.second / 10) == [.dropped(7 * 1024), .text("hello")])
        #expect(lines.end() == [])
    }

    @Test(
        "is limited to its rate, however often it is looked at", arguments: [30_000, 300_000, 7_000_000, 250_000_000])
    func rate(step: Int64) {
        let lines = Listener()
        let line = String(repeating: "r", count: 99) + "\n"
        var now: Int64 = 0
        var heard = 0
        let seconds: Int64 = step < 1_000_000 ? 1 : 10
        while now < seconds * Self.second {
            now += step
            // More than may be said, so that every allowance is used.
            for _ in 0..<(step >= 1_000_000 ? 30 : 1) {
                for case .text(let text) in lines.take(line, now: now) { heard += text.utf8.count + 1 }
            }
        }
        let most = StderrLines.burst + Int(seconds) * StderrLines.rate
        #expect(heard <= most)
        if step <= 7_000_000 { #expect(heard >= most * 3 / 4) }
    }

    @Test("never earns more than may be said at once", arguments: [60, 3600, 1_000_000_000] as [Int64])
    func silence(seconds: Int64) {
        let lines = Listener()
        let line = String(repeating: "q", count: 1023) + "\n"
        var texts = 0
        for _ in 0..<200 {
            for case .text in lines.take(line, now: seconds * Self.second) { texts += 1 }
        }
        #expect(texts == StderrLines.burst / 1024)
    }
}
