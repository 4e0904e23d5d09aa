import Glibc
import JackfieldJSON
import TestSupport
import Testing

@Suite("SIGTERM with isolated plugins", .serialized)
struct DrainIsolatedTests {
    /// That no process is left of those that were there.
    private func expectGone(_ runners: [pid_t]) throws {
        #expect(!runners.isEmpty)
        for pid in runners { #expect(!Runners.isLive(pid), "runner \(pid) has outlived its host") }
    }

    @Test("lets a call in flight end that goes through three processes, and leaves none of them")
    func drains() throws {
        let gate = Gate()
        let upstream = try ProgrammableUpstream(.stream(["first ", "second"]) { if $0 == 1 { try gate.wait() } })
        let plugins = """
              asks-model: { use: agent/asks-model, isolation: process, grants: { models: [default] } }
              allow: { use: validator/allow, isolation: process }
            """
        let manifest = Manifests.gateway(
            [upstream.baseURL], plugins: plugins, rest: "validators: { input: [allow], output: [allow] }"
        ).replacing("use: llm/openai,", with: "use: llm/openai, isolation: process,")
        let path = try FixturePath(["agent/asks-model", "validator/allow"])
        try HostProcess.serving(manifest, plugins: path, environment: Manifests.environment) { host in
            let runners = try host.runners
            #expect(runners.count == 3)
            let answer = Monitor<HTTPTestResponse?>(nil)
            onThread { [client = host.client] in
                let response = try? client.invoke("asks-model", "go", within: .seconds(60))
                answer.withLock { $0 = response }
            }
            try upstream.waitForRequests(1)
            host.terminate()
            try host.logLine("the stop") { $0["message"]?.string == "stopping" }
            #expect(runners.allSatisfy(Runners.isLive), "they are needed until the call has ended")
            gate.open()
            let response = try answer.wait(for: "the answer of the call in flight") { $0 }
            #expect(try response.json()["answer"]?.string == "the model ended with 0", "\(response.text)")
            #expect(try host.process.wait().status == .exited(0))
            try expectGone(runners)
            // Ends that were asked for are not reported as ends.
            #expect(!host.log.contains { $0["message"]?.string == "plugin process ended" })
        }
    }

    @Test("ends at the end of the drain's time what does not end by itself, also where it does not listen")
    func timeout() throws {
        let fixtures = ["agent/deaf", "agent/stuck-drain", "agent/stuck-close", "agent/hostile-endless-loop"]
        let manifest = Manifests.plugins(
            fixtures, options: "isolation: process", requestTimeout: "120s", server: "drain_timeout: 500ms")
        try HostProcess.serving(manifest, plugins: FixturePath(fixtures)) { host in
            let runners = try host.runners
            #expect(runners.count == fixtures.count)
            for id in ["deaf", "hostile-endless-loop"] {
                onThread { [client = host.client] in _ = try? client.invoke(id, "now", within: .seconds(60)) }
            }
            _ = try host.eventually("the calls to be under way") {
                let live = try ["deaf", "hostile-endless-loop"].map { id in
                    try host.client.get("/api/v1/plugins/\(id)").json()["live_calls"]?["incoming"]?.int
                }
                return live == [1, 1] ? true : nil
            }
            let started = monotonicNanoseconds()
            let ended = try host.stop(within: .seconds(90))
            #expect(ended.status == .exited(0), "\(ended.errors.suffix(2000))")
            print("the stop took \(Double(monotonicNanoseconds() - started) / 1e6) ms with four that do not want to go")
            try expectGone(runners)
        }
    }
}
