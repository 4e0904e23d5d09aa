import Glibc
import JackfieldJSON
import TestSupport
import Testing

@Suite("Notifications", .serialized)
struct NotificationTests {
    private func manifest(_ server: ProgrammableUpstream, _ notifiers: String = "[page]") -> String {
        """
        jackfield: 1
        profile: testing
        logging: { level: info, format: json }
        plugins:
          basics: { use: tool/basics, isolation: process }
          page:
            use: notifier/webhook
            config: { url: "\(server.origin)/alerts?team=ops", headers: { authorization: "Bearer $${secret:PAGE_TOKEN}" } }
            grants: { http: ["\(server.origin)"], secrets: [PAGE_TOKEN] }
        notifiers: \(notifiers)
        """
    }

    private func serving(_ script: UpstreamScript, _ body: (HostProcess, ProgrammableUpstream) throws -> Void) throws {
        let server = try ProgrammableUpstream(script)
        try HostProcess.serving(
            manifest(server), plugins: FixturePath(["tool/basics"]), environment: ["PAGE_TOKEN": "t0p-s3cr3t-token"]
        ) { host in
            try body(host, server)
            #expect(!host.process.errors.text.contains("t0p-s3cr3t-token"))
        }
    }

    private func openCircuit(_ host: HostProcess) throws {
        for _ in 0..<5 { #expect(try host.client.tool("basics/crash", #"{"now": true}"#).status == 500) }
    }

    private func posts(_ host: HostProcess, _ server: ProgrammableUpstream, count: Int) throws -> [UpstreamRequest] {
        try host.eventually("\(count) posts") { server.requests.count >= count ? server.requests : nil }
    }

    @Test("tell that a circuit opened, and with what the answer said that it is closed again")
    func circuit() throws {
        let script = UpstreamScript { try $0.send(200, ["reference": "message-7"] as JSON) }
        try serving(script) { host, server in
            try openCircuit(host)
            let first = try posts(host, server, count: 1)[0]
            #expect(first.method == "POST" && first.path == "/alerts?team=ops")
            #expect(first.headers["authorization"] == "Bearer t0p-s3cr3t-token")
            #expect(first.headers["content-type"] == "application/json")
            let alert = try #require(first.json)
            #expect(alert["status"] == "firing" && alert["rule"] == "plugin.circuit-open")
            #expect(alert["severity"] == "critical")
            #expect(alert["labels"] == ["plugin": "basics", "use": "tool/basics"])
            #expect(alert["detail"]?.string?.contains("was ended by signal SIGABRT") == true, "\(alert.text)")
            #expect(alert["reference"] == nil && alert["ended"] == nil)
            let id = try #require(alert["id"]?.string)
            #expect(id.hasPrefix("plugin.circuit-open/basics/"))

            #expect(try host.client.send("POST", "/api/v1/plugins/basics/restart").status == 202)
            let second = try #require(try posts(host, server, count: 2)[1].json)
            #expect(second["status"] == "resolved" && second["id"]?.string == id)
            #expect(second["reference"] == "message-7" && second["ended"]?.string != nil)
            #expect(second["started"] == alert["started"])
            // The answers are on their way yet.
            _ = try host.eventually("both to be counted") {
                try host.metric("jackfield.notifications") == 2 ? true : nil
            }

            // The next time is another occurrence; a restart in between is none.
            try openCircuit(host)
            let third = try #require(try posts(host, server, count: 3)[2].json)
            #expect(third["status"] == "firing" && third["id"]?.string != id)
            #expect(server.requests.count == 3)
        }
    }

    @Test("are tried again where that may help, and come once")
    func retried() throws {
        let count = Monitor(0)
        let script = UpstreamScript { exchange in
            let number = count.withLock { count in
                count += 1
                return count
            }
            try exchange.send(number < 3 ? 503 : 200, headers: number < 3 ? [("retry-after", "1")] : [], [:] as JSON)
        }
        try serving(script) { host, server in
            try openCircuit(host)
            let posts = try posts(host, server, count: 3)
            #expect(Set(posts.map(\.text)).count == 1, "the same alert, three times")
            try host.logLine("the delivery") {
                $0["message"]?.string == "notification" && $0["outcome"]?.string == "delivered"
            }
            #expect(server.requests.count == 3)
        }
    }

    @Test("are given up where trying again is in vain, and the log says so without the address")
    func givenUp() throws {
        try serving(UpstreamScript { try $0.send(400, [:] as JSON) }) { host, server in
            try openCircuit(host)
            let line = try host.logLine("the failure") {
                $0["message"]?.string == "notification" && $0["outcome"]?.string == "failed"
            }
            #expect(line["reason"]?.string == "the webhook does not take the alert (HTTP 400)")
            #expect(line["level"]?.string == "error" && !line.text.contains("team=ops"))
            #expect(server.requests.count == 1)
        }
    }

    @Test("hold up neither requests nor the end of the host")
    func hanging() throws {
        try serving(.hang) { host, server in
            try openCircuit(host)
            _ = try posts(host, server, count: 1)
            #expect(try host.client.get("/health").status == 200)
            let ended = try host.stop()
            #expect(ended.status == .exited(0))
        }
    }
}
