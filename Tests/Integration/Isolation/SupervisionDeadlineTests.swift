import JackfieldJSON
import TestSupport
import Testing

@Suite("A call that outlives its deadline in an isolated plugin")
struct SupervisionDeadlineTests {
    private func serving(_ fixture: String, grace: String, _ body: (HostProcess, _ id: String) throws -> Void) throws {
        let manifest = Manifests.plugins([fixture], options: "isolation: process, sandbox: { grace: \(grace) }")
        try HostProcess.serving(manifest, plugins: FixturePath([fixture])) { host in
            try body(host, Manifests.instance(fixture))
        }
    }

    @Test("is cancelled, and after the grace its process is replaced")
    func replaced() throws {
        try serving("agent/deaf", grace: "200ms") { host, id in
            let before = try host.isolation(of: id)
            let started = monotonicNanoseconds()
            #expect(try host.client.invoke(id, "wait", limit: 500).status == 504)
            try host.end(of: id, "was ended by the host: a call was not finished within 0.2 s after it was cancelled")
            let took = Double(monotonicNanoseconds() - started) / 1e6
            #expect(took >= 690, "the deadline and the grace are waited for: \(took) ms")
            print("deadline, grace and kill took \(took) ms; 700 are the least")
            let after = try host.nextProcess(of: id, after: before["pid"]?.int).report
            #expect(after["restarts"]?.int == 1, "\(after.text)")
            let live = try host.client.get("/api/v1/plugins/\(id)").json()["live_calls"]
            #expect(live == ["incoming": 0, "outgoing": 0, "abandoned": 0], "\(live?.text ?? "")")
            // It takes calls, if only to ignore them.
            #expect(try host.client.invoke(id, "wait", limit: 500).status == 504)
        }
    }

    @Test("and is finished when it is cancelled costs nobody a process")
    func kept() throws {
        // Long enough for a process that hardly gets the processor; only one that does not finish waits for its end.
        try serving("agent/never-finishes", grace: "20s") { host, id in
            let before = try host.isolation(of: id)["pid"]
            for _ in 0..<3 { #expect(try host.client.invoke(id, "wait", limit: 500).status == 504) }
            let after = try host.isolation(of: id)
            #expect(after["pid"] == before && after["restarts"]?.int == 0, "\(after.text)")
        }
    }
}
