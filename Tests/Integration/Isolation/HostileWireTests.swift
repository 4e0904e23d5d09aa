import JackfieldJSON
import TestSupport
import Testing

@Suite("A plugin that writes to the wire itself")
struct HostileWireTests {
    /// What it writes, and what the host ends it for.
    static let faults: [(input: String, reason: String)] = [
        ("garbage", "a frame of kind"), ("text", "a frame of kind"), ("zero", "a frame that says it has 0 bytes"),
        ("length", "a frame that says it has 4096 bytes"), ("endless", "a frame with parts of"),
        ("parts", "a frame with parts of"), ("kind", "a frame of kind 4711"), ("backwards", "a frame of kind 2"),
        ("short", "a call was not finished within 0.3 s after it was cancelled"),
        ("emit", "an event of a call that is not under way"), ("finish", "the end of a call that is not under way"),
        ("unrefused", "an event of a call that is not under way"), ("much", "credit of -9223372036854775808 bytes"),
        ("skipped", "it skipped a call which was not cancelled"),
        ("vanish", "it skipped a call which was not cancelled"), ("flood", "more than 4096 calls"),
    ]
    /// What is nothing to the host: what it has been told before, or about what is over.
    static let harmless = ["cancel", "credit", "refused", "created", "loaded", "start"]

    @Test("is ended for what no runner would say, and its call fails")
    func faults() throws {
        let faults = Self.faults
        let instances = faults.map {
            HostileInstance("wire", id: "wire-\($0.input)", options: HostileHangTests.options)
        }
        try HostileHost.serving(instances) { host in
            let before = try host.residentMegabytes
            _ = try inParallel(faults.count, width: 4) { index in
                let (input, reason) = faults[index]
                let id = "wire-\(input)"
                let response = try host.client.invoke(id, input, limit: 3000)
                try demand((500...504).contains(response.status), "\(input): \(response.status) \(response.text)")
                try host.end(of: id, reason)
                try host.restarted(id)
                let faults = try host.client.get("/api/v1/plugins/\(id)").json()["faults"]
                try demand(input == "short" || faults?["count"]?.int ?? 0 > 0, "\(input): what it broke is not counted")
            }
            #expect(try host.residentMegabytes < before + 150)
        }
    }

    @Test("about what is over or nobody's has no effect")
    func harmless() throws {
        let instances = Self.harmless.map { HostileInstance("wire", id: "wire-\($0)") }
        try HostileHost.serving(instances) { host in
            for input in Self.harmless {
                let response = try host.client.invoke("wire-\(input)", input)
                #expect(
                    try response.json()["answer"]?.string == "write to the wire: done", "\(input): \(response.text)")
            }
        }
    }

    @Test("that it has more to say than anybody reads is ended for that")
    func overdraw() throws {
        try HostileHost.serving([HostileInstance("wire")]) { host in
            let connection = try HTTPTestConnection(port: host.port, receiveBuffer: 4096)
            defer { connection.close() }
            try connection.write(
                "POST", "/api/v1/agents/wire/invoke", headers: [("content-type", "application/json")],
                body: (["input": "overdraw", "stream": true] as JSON).bytes)
            let before = try host.residentMegabytes
            try host.end(of: "wire", "more events than there was credit for")
            #expect(try host.residentMegabytes < before + 100)
        }
    }

    @Test("as if the sandbox had, or without end, does not flood the log")
    func standardError() throws {
        try HostileHost.serving([.init("stderr-flood"), .init("forged-violations")]) { host in
            let flooded = try host.client.invoke("stderr-flood", "now", within: .seconds(60))
            #expect(try flooded.json()["answer"]?.string == "forged lines: done\nflooded", "\(flooded.text)")
            let forged = try host.client.invoke("forged-violations", "20000", within: .seconds(60))
            #expect(try forged.json()["answer"]?.string == "flooded", "\(forged.text)")
            try host.logLine("what was left out") {
                $0["message"]?.string == "plugin wrote too much" && $0["plugin"]?.string == "stderr-flood"
            }
            let log = host.log
            #expect(!log.contains { $0["message"]?.string?.contains("hostile line") == true })
            let said = log.filter { ["stderr-flood", "forged-violations"].contains($0["plugin"]?.string) }
            #expect(said.count < 5000, "\(said.count) lines in the log")
            let refused = try host.isolation(of: "forged-violations")["refused_calls"]
            #expect(refused?.text.utf8.count ?? 0 < 32768, "as many names as there are system calls")
            #expect(try host.client.get("/api/v1/metrics").body.count < 1 << 20)
        }
    }
}
