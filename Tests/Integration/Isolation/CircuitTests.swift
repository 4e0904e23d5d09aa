import Glibc
import JackfieldJSON
import TestSupport
import Testing

@Suite("The circuit of an isolated plugin", .serialized)
struct CircuitTests {
    private func serving(_ body: (HostProcess) throws -> Void) throws {
        let manifest = Manifests.plugins(["agent/hello"], options: "isolation: process")
        try HostProcess.serving(manifest, plugins: FixturePath(["agent/hello"]), body: body)
    }

    private func running(_ host: HostProcess, butNot pid: Int?) throws -> Int {
        try host.nextProcess(of: "hello", after: pid).pid
    }

    /// End the process of `hello` so often; it is there again after each but the fifth.
    ///
    /// - Returns: milliseconds from each kill until the next process ran.
    @discardableResult
    private func end(_ host: HostProcess, times: Int) throws -> [Double] {
        var took: [Double] = []
        var pid: Int? = nil
        for _ in 0..<times {
            let next = try running(host, butNot: pid)
            if !took.isEmpty { took[took.count - 1] = Double(monotonicNanoseconds()) / 1e6 - took[took.count - 1] }
            pid = next
            #expect(Runners.parent(of: pid_t(next)) == host.process.pid)
            took.append(Double(monotonicNanoseconds()) / 1e6)
            kill(pid_t(next), SIGKILL)
        }
        took.removeLast()
        return took
    }

    private func expectOpen(_ host: HostProcess) throws -> JSON {
        _ = try host.eventually("the circuit to be open") {
            try host.isolation(of: "hello")["state"]?.string == "open" ? true : nil
        }
        return try host.isolation(of: "hello")
    }

    @Test("opens with the fifth end within a minute, after growing delays; health says so, and nobody waits")
    func opens() throws {
        try serving { host in
            let waited = try end(host, times: 5)
            print("after the kills 1 to 4, the next process ran after \(waited) ms")
            // Half of each delay is certain (architecture.md, section 3); the first restart is made at once.
            for (took, least) in zip(waited.dropFirst(), [50.0, 100, 200]) { #expect(took >= least, "\(waited)") }
            let process = try expectOpen(host)
            #expect(process["restarts"]?.int == 4 && process["pid"]?.int == nil, "\(process.text)")
            #expect(try host.runners.isEmpty)
            try host.end(of: "hello", "it has ended too often and is not restarted for 60 s")

            let refused = try host.client.invoke("hello", "there?")
            #expect(refused.status == 503, "\(refused.text)")
            let wait = refused.headers["retry-after"].flatMap { Int($0) } ?? 0
            #expect((1...60).contains(wait), "\(refused.headers)")
            let components = try host.client.get("/api/v1/health/detailed").json()["components"]
            #expect(
                components?.text.contains("is not started for a while: its circuit is open") == true,
                "\(components?.text ?? "")")
            #expect(try host.client.get("/api/v1/plugins").json()["plugins"]?[0]?["process_state"]?.string == "open")
            #expect(try host.client.get("/health").status == 200, "the host itself is well")
        }
    }

    @Test("is closed by the operator, who finds the plugin as on its first day")
    func closes() throws {
        try serving { host in
            try end(host, times: 5)
            _ = try expectOpen(host)
            let answer = try host.client.send("POST", "/api/v1/plugins/hello/restart")
            #expect(answer.status == 202, "\(answer.text)")
            try host.restarted("hello")
            let pid = try running(host, butNot: nil)
            #expect(try host.client.invoke("hello", "there?").status == 200)
            let health = try host.client.get("/health").json()
            #expect(health["status"]?.string == "ok", "\(health.text)")
            // What was before is forgotten: one more end does not open it.
            kill(pid_t(pid), SIGKILL)
            _ = try running(host, butNot: pid)
            #expect(try host.client.invoke("hello", "there?").status == 200)
        }
    }

    @Test("is not needed for a restart: one that runs is replaced, many at once make one process")
    func restarts() throws {
        try serving { host in
            let first = try running(host, butNot: nil)
            for round in 0..<5 {
                let before = try running(host, butNot: nil)
                let statuses = try inParallel(8, width: 8) { [client = host.client] _ in
                    try client.send("POST", "/api/v1/plugins/hello/restart").status
                }
                #expect(statuses.allSatisfy { $0 == 202 }, "round \(round): \(statuses)")
                _ = try running(host, butNot: before)
            }
            let last = try host.eventually("one process, and that the last one") { () -> Int? in
                let runners = try host.runners
                let pid = try host.isolation(of: "hello")["pid"]?.int
                return runners.count == 1 && pid.map { pid_t($0) } == runners.first ? pid : nil
            }
            #expect(last != first)
            #expect(try host.client.invoke("hello", "there?").status == 200)
        }
    }

    @Test("is no matter of plugins in the host, nor of those that there are not")
    func others() throws {
        let manifest = Manifests.plugins(["agent/hello"])
        try HostProcess.serving(manifest, plugins: FixturePath(["agent/hello"])) { host in
            let inside = try host.client.send("POST", "/api/v1/plugins/hello/restart")
            #expect(inside.status == 409, "\(inside.text)")
            #expect(try host.client.send("POST", "/api/v1/plugins/nobody/restart").status == 404)
            #expect(try host.client.send("GET", "/api/v1/plugins/hello/restart").status != 200)
            #expect(try host.client.invoke("hello", "there?").status == 200)
        }
    }
}
