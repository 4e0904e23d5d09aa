import JackfieldJSON
import TestSupport
import Testing

/// The tests' own tools must be right before they can say what is wrong with the host.
@Suite("The tools of the tests")
struct SupportTests {
    @Test("an upstream answers whole and in pieces, and remembers what it was asked")
    func upstream() throws {
        let upstream = try ProgrammableUpstream(.completion("one two three"))
        let client = HTTPTestClient(port: upstream.port)
        let events = try client.stream("/v1/chat/completions", ["stream": true]).events()
        #expect(events.last?.data == "[DONE]")
        #expect(try Asking.content(events) == "one two three")
        #expect(try Asking.content(client.post("/v1/chat/completions", [:])) == "one two three")
        #expect(upstream.requests.count == 2)
    }

    @Test("an upstream that resets or cuts its stream is noticed by the client")
    func broken() throws {
        let upstream = try ProgrammableUpstream()
        for script in [UpstreamScript.reset(after: ["a"]), .cut(after: ["a"]), .close, .bytes("rubbish\r\n\r\n")] {
            upstream.answer(script)
            #expect(throws: TestFailure.self) {
                try HTTPTestClient(port: upstream.port).stream("/v1/chat/completions", ["stream": true]).events()
            }
        }
    }

    @Test("a client that leaves is noticed by the upstream", arguments: [false, true])
    func leaving(aborts: Bool) throws {
        let gate = Gate()
        let upstream = try ProgrammableUpstream(
            UpstreamScript { exchange in
                try exchange.begin()
                try exchange.write("data: 1\n\n")
                try exchange.waitForClientToLeave()
                gate.open()
            })
        let stream = try HTTPTestClient(port: upstream.port).stream("/x", [:])
        _ = try stream.event()
        if aborts { stream.abort() } else { stream.leave() }
        try gate.wait()
        try upstream.waitForOpenConnections(atMost: 0)
    }

    @Test("every fixture compiles without a warning")
    func fixtures() throws {
        let listed = try ChildProcess.run("/usr/bin/find", [FixturePlugin.sources, "-name", "*.c"])
        let names = listed.output.split(separator: "\n").map { line in
            line.dropLast(2).split(separator: "/").suffix(2).joined(separator: "/")
        }
        #expect(names.count > 25)
        for name in names { _ = try FixturePlugin.build(name) }
    }

    @Test("a process gives its exit code, its signal and what it said")
    func processes() throws {
        let ended = try ChildProcess.run("/bin/sh", ["-c", "echo $A >&2; exit 3"], environment: ["A": "x"])
        #expect(ended.status == .exited(3))
        #expect(ended.errors == "x\n")
        #expect(try ChildProcess.run("/bin/sh", ["-c", "kill -9 $$"]).status == .killed(signal: 9))
    }
}
