import JackfieldJSON
import TestSupport
import Testing

@Suite("SIGTERM", .serialized)
struct DrainTests {
    @Test("lets a stream in flight end, refuses new connections, and exits with 0")
    func drains() throws {
        let gate = Gate()
        let upstream = try ProgrammableUpstream(.stream(["first ", "second"]) { if $0 == 1 { try gate.wait() } })
        try HostProcess.serving(Manifests.gateway([upstream.baseURL]), environment: Manifests.environment) { host in
            let stream = try host.client.streamCompletion("hello")
            var text = ""
            while text.isEmpty, let event = try stream.event() { text += try Asking.content([event]) }
            host.terminate()
            let deadline = Deadline.after(.generous)
            while let socket = try? Socket.connect(port: host.port) {
                socket.close()
                if deadline.hasPassed { throw TestFailure("the host still takes connections after SIGTERM") }
            }
            #expect(host.process.isRunning, "it waits for the stream")
            gate.open()
            #expect(try text + Asking.content(stream.events()) == "first second")
            let ended = try host.process.wait()
            #expect(ended.status == .exited(0), "\(ended.errors.suffix(2000))")
        }
    }

    @Test("ends what is still under way when the drain's time is up")
    func drainTimeout() throws {
        let upstream = try ProgrammableUpstream(.stall(after: ["first "]))
        let manifest = Manifests.gateway(
            [upstream.baseURL], timeout: "120s", requestTimeout: "120s", server: "drain_timeout: 500ms")
        try HostProcess.serving(manifest, environment: Manifests.environment) { host in
            let stream = try host.client.streamCompletion("hello")
            _ = try stream.event()
            let started = monotonicNanoseconds()
            let ended = try host.stop(within: .seconds(90))
            #expect(ended.status == .exited(0), "\(ended.errors.suffix(2000))")
            let milliseconds = (monotonicNanoseconds() - started) / 1_000_000
            // The stream's own limit is two minutes; the room is for a busy machine.
            #expect((400...60_000).contains(milliseconds), "took \(milliseconds) ms")
            try upstream.waitForOpenConnections(atMost: 0)
        }
    }

    @Test("is answered the same by SIGINT, and an idle host ends at once", arguments: [terminate, interrupt])
    func idle(signal: Int32) throws {
        let manifest = Manifests.plugins(["agent/hello"], server: "drain_timeout: 300s, idle_timeout: 300s")
        try HostProcess.serving(manifest, plugins: FixturePath(["agent/hello"])) { host in
            let idle = try HTTPTestConnection(port: host.port)
            #expect(try idle.send("GET", "/health").status == 200)
            host.process.signal(signal)
            // An idle connection that held it up would do so for five minutes.
            let ended = try host.process.wait(within: .seconds(60))
            #expect(ended.status == .exited(0), "\(ended.errors.suffix(2000))")
        }
    }
}

private let terminate: Int32 = 15
private let interrupt: Int32 = 2
