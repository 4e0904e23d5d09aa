import Testing

@testable import Isolation

@Suite("The sandbox's reports on standard error")
struct StderrViolationTests {
    private static func line(_ call: Int, count: Int) -> String {
        "\u{1}jackfield-sandbox syscall=\(call) arg0=2 count=\(count)\n"
    }

    @Test("are taken out of what the plugin says")
    func takenOut() throws {
        let socket = try #require(SystemCalls.number(of: "socket"))
        let lines = Listener()
        let heard = lines.take("before\n" + Self.line(socket, count: 4) + "after\n", now: 0)
        try #require(heard.count == 3)
        #expect(heard[0] == .text("before"))
        #expect(heard[2] == .text("after"))
        guard case .violation(let violation) = heard[1] else {
            Issue.record("\(heard[1]) is no violation")
            return
        }
        #expect(violation.name == "socket")
        #expect(violation.firstArgument == 2)
        #expect(violation.count == 4)
    }

    @Test("that are none are the plugin's words")
    func words() {
        for text in [
            "jackfield-sandbox syscall=41 arg0=2 count=1", "\u{1}jackfield-sandbox syscall=x arg0=2 count=1",
            "\u{1}jackfield-sandbox syscall=41 arg0=2", "\u{1}jackfield-sandbox syscall=41 arg0=2 count=4294967296",
            "\u{1}jackfield-sandbox syscall=-1 arg0=2 count=1", "\u{1}", "\u{1}\u{1}\u{1}",
            "\u{1}jackfield-sandbox syscall=41 arg0=2 count=1 more=1",
            "\u{1}jackfield-sandbox syscall=41 arg0=2 count=1" + String(repeating: " ", count: 128),
        ] {
            let lines = Listener()
            #expect(lines.take(text + "\n", now: 0) == [.text(text)])
        }
    }

    @Test("are heard also where the plugin has said too much")
    func heardInNoise() {
        let lines = Listener()
        for _ in 0..<100 { _ = lines.take(String(repeating: "n", count: 1500) + "\n", now: 0) }
        let heard = lines.take(Self.line(41, count: 1), now: 0)
        #expect(heard.contains { if case .violation = $0 { true } else { false } })
    }

    @Test("that a plugin forges are bounded too")
    func forged() {
        let lines = Listener()
        var heard = 0
        for count in 0..<10_000 {
            for case .violation in lines.take(Self.line(count % 5000, count: count), now: 0) { heard += 1 }
        }
        #expect(heard <= 1000)
        guard case .dropped(let bytes)? = lines.end().last else {
            Issue.record("nothing tells that lines were left out")
            return
        }
        #expect(bytes > 0)
    }
}
