import Glibc
import JackfieldJSON
import TestSupport
import Testing

@Suite("A tool that crashes", .serialized)
struct ToolCrashTests {
    private func serving(_ body: (HostProcess) throws -> Void) throws {
        try HostProcess.serving(Tools.manifest(), plugins: FixturePath(Tools.fixtures), body: body)
    }

    @Test("ends that call only: of twenty at once of which three crash, exactly these fail")
    func those() throws {
        try serving { host in
            let crashing: Set<Int> = [3, 9, 15]
            let responses = try inParallel(20, width: 20) { [client = host.client] index in
                try client.tool("basics/crash", "{\"now\": \(crashing.contains(index))}")
            }
            for (index, response) in responses.enumerated() {
                guard crashing.contains(index) else {
                    #expect(response.status == 200, "\(index): \(response.text)")
                    #expect(try response.json()["content"] == ["crashed": false])
                    continue
                }
                #expect(response.status == 500, "\(index): \(response.text)")
                let detail = try response.json()["detail"]?.string ?? ""
                #expect(
                    detail.hasPrefix(
                        "the tool basics/crash crashed during this call: the plugin basics was ended by signal SIGABRT"),
                    "\(detail)")
                #expect(response.headers["x-should-retry"] == "false", "\(response.headers)")
            }
            try host.restarted("basics", times: 3)
            #expect(try host.metric("jackfield.plugin.process.ends") == 3)
        }
    }

    @Test("is told to an agent with the same sentence, and works again")
    func agent() throws {
        try serving { host in
            let (answer, _) = try host.client.ask(#"call basics/crash {"now": true}"#)
            #expect(answer.contains("the tool basics/crash crashed during this call"), "\(answer)")
            #expect(try host.client.ask(#"call basics/add {"a": 1, "b": 2}"#).answer == #"{"sum":3}"#)
        }
    }

    @Test("too often is not started for a while, and whoever asks is told so at once")
    func circuit() throws {
        try serving { host in
            for _ in 0..<5 { #expect(try host.client.tool("basics/crash", #"{"now": true}"#).status == 500) }
            let response = try host.client.tool("basics/add", #"{"a": 1, "b": 2}"#)
            #expect(response.status == 503, "\(response.text)")
            let detail = try response.json()["detail"]?.string ?? ""
            #expect(detail.contains("it has ended too often and is not restarted for 60 s"), "\(detail)")
            let wait = response.headers["retry-after"].flatMap { Int($0) } ?? 0
            #expect((1...60).contains(wait), "\(response.headers)")
            let (answer, _) = try host.client.ask(#"call basics/add {"a": 1, "b": 2}"#)
            #expect(answer.contains("ended too often"), "\(answer)")
        }
    }

    @Test("does not take those that wait with it: a call that was not sent waits for the next process")
    func waits() throws {
        try serving { host in
            let pid = try #require(try host.isolation(of: "basics")["pid"]?.int)
            let blocked = Monitor<HTTPTestResponse?>(nil)
            onThread { [client = host.client] in
                let response = try? client.tool("basics/wait")
                blocked.withLock { $0 = response }
            }
            _ = try host.eventually("the call to be inside") {
                try host.client.get("/api/v1/plugins/basics").json()["live_calls"]?["incoming"]?.int == 1 ? true : nil
            }
            let waiting = Monitor<HTTPTestResponse?>(nil)
            onThread { [client = host.client] in
                let response = try? client.tool("basics/add", #"{"a": 1, "b": 2}"#)
                waiting.withLock { $0 = response }
            }
            _ = try host.eventually("the second call to be there") {
                try host.metric("http.server.active_requests") ?? 0 >= 3 ? true : nil
            }
            kill(pid_t(pid), SIGKILL)
            let lost = try blocked.wait(for: "the call that was inside") { $0 }
            #expect(lost.status == 500, "\(lost.text)")
            #expect(lost.text.contains("was ended by signal SIGKILL"), "\(lost.text)")
            let kept = try waiting.wait(for: "the call that waited") { $0 }
            #expect(kept.status == 200, "\(kept.text)")
        }
    }
}
