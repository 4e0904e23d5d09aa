import Glibc
import Logging
import Telemetry
import Testing

/// A pseudo terminal (pty(7)): what is written to `terminal` comes out of `screen`.
private final class PseudoTerminal: Sendable {
    let screen: Int32
    let terminal: Int32

    init() throws {
        screen = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        try #require(screen >= 0)
        var locked: Int32 = 0
        try #require(ioctl(screen, 0x4004_5431 /* TIOCSPTLCK */, &locked) == 0)
        var number: Int32 = 0
        try #require(ioctl(screen, 0x8004_5430 /* TIOCGPTN */, &number) == 0)
        terminal = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY | O_CLOEXEC)
        try #require(terminal >= 0)
    }

    deinit {
        close(screen)
        close(terminal)
    }

    /// What stands on the screen now, and no more.
    func read() -> String {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = Glibc.read(screen, &buffer, buffer.count)
        return String(decoding: buffer[..<max(count, 0)], as: UTF8.self)
    }
}

@Suite struct LogFormatTests {
    @Test func aTerminalGetsTheHumanFormAndAPipeJSON() throws {
        let terminal = try PseudoTerminal()
        let pipe = try Pipe()
        let environment = { (name: String) in name == "TERM" ? "xterm" : nil }
        #expect(LogFormat.automatic(descriptor: terminal.terminal, environment: environment) == .human(colours: true))
        #expect(LogFormat.automatic(descriptor: pipe.writing, environment: environment) == .json)
    }

    @Test(
        arguments: [
            (["TERM": "xterm"], true), (["TERM": "dumb"], false), ([:], false), (["TERM": ""], false),
            (["TERM": "xterm", "NO_COLOR": "1"], false), (["TERM": "xterm", "NO_COLOR": ""], true),
        ] as [([String: String], Bool)])
    func coloursFollowTheEnvironment(environment: [String: String], wanted: Bool) throws {
        let terminal = try PseudoTerminal()
        #expect(LogFormat.coloursWanted(descriptor: terminal.terminal) { environment[$0] } == wanted)
        let pipe = try Pipe()
        #expect(!LogFormat.coloursWanted(descriptor: pipe.writing) { environment[$0] })
    }

    @Test func aSinkOnATerminalWritesLinesForPeople() throws {
        let terminal = try PseudoTerminal()
        let sink = try LogSink(.descriptor(terminal.terminal))
        #expect(sink.format != .json)
        sink.logger(label: "jackfield.host").info("listening")
        #expect(sink.flush())
        let text = terminal.read()
        #expect(text.contains("INFO") && text.contains("jackfield.host") && text.contains("listening"))
        #expect(!text.contains("{"))
        sink.close()
    }

    @Test func aHumanLineIsExactlyThis() throws {
        let pipe = try Pipe()
        let sink = try LogSink(.descriptor(pipe.writing), format: .human(colours: false))
        let logger = sink.logger(label: "area", correlation: CorrelationID("r1"))
        logger.warning(
            "plugin slow",
            metadata: [
                "plugin": "system", "why": "took 3 s = long", "empty": "", "password": "x", "n": .stringConvertible(2),
            ])
        sink.close()
        pipe.closeWriter()
        let line = try #require(pipe.readToEnd().lines.first)
        let (time, rest) = (line.prefix(13), line.dropFirst(13))
        #expect(time.hasSuffix("Z") && time.count { $0 == ":" } == 2)
        #expect(
            rest == #" WARNING area: plugin slow request_id=r1 empty="" n=2 password=«redacted» plugin=system "#
                + #"why="took 3 s = long""#)
    }

    @Test func coloursStandOnlyInTheColouredForm() throws {
        for colours in [true, false] {
            let pipe = try Pipe()
            let sink = try LogSink(.descriptor(pipe.writing), format: .human(colours: colours))
            sink.logger(label: "l").error("m", metadata: ["k": "v"])
            sink.close()
            pipe.closeWriter()
            let text = pipe.readToEnd()
            #expect(text.contains("\u{1b}[31m") == colours && text.contains("\u{1b}") == colours)
        }
    }

    @Test func nothingLoggedCanCommandTheTerminal() throws {
        let pipe = try Pipe()
        let sink = try LogSink(.descriptor(pipe.writing), format: .human(colours: false))
        let nasty = "a\u{1b}[2Jb\u{9b}31mc\nd"
        sink.logger(label: "l\(nasty)").error("m\(nasty)", metadata: ["k\(nasty)": "\(nasty)"])
        sink.close()
        pipe.closeWriter()
        let text = pipe.readToEnd()
        #expect(text.lines.count == 1)
        #expect(!text.dropLast().unicodeScalars.contains { $0.value < 0x20 || (0x7f...0x9f).contains($0.value) })
    }
}
