import JackfieldJSON
import TestSupport
import Testing

/// What a plugin does wrong through the functions of the ABI does no harm wherever it lives, and gets the same answers.
@Suite("A plugin that abuses its calls")
struct HostileCallTests {
    enum Place: String, CaseIterable, Sendable {
        case inProcess, process
        var options: String { self == .process ? "isolation: process" : "" }
    }

    private func serving(_ names: [String], in place: Place, body: (HostProcess) throws -> Void) throws {
        try HostileHost.serving(names.map { HostileInstance($0, options: place.options) }, body: body)
    }

    private func answer(_ host: HostProcess, _ name: String, _ input: String) throws -> String? {
        try host.client.invoke(name, input).json()["answer"]?.string
    }

    @Test(
        "by finishing twice at once, for calls that are not its own, or after the end is told so",
        arguments: Place.allCases)
    func ends(place: Place) throws {
        try serving(["finish-twice", "foreign-calls", "calls-after-finish", "calls-in-create"], in: place) { host in
            for _ in 0..<20 {
                #expect(try answer(host, "finish-twice", "go") == "once")
                let report = try host.eventually("both threads to be through") { () -> String? in
                    let report = try answer(host, "finish-twice", "report")
                    return report == "0 and 0" ? nil : report
                }
                #expect(report == "0 and 101", "one was taken, one was stale")
            }
            #expect(try answer(host, "foreign-calls", "go") == "0 taken")
            #expect(try answer(host, "calls-after-finish", "go") == "finished")
            let after = try host.eventually("the call after the end to be answered") { () -> String? in
                let report = try answer(host, "calls-after-finish", "report")
                return report?.hasPrefix("start -1") == true ? nil : report
            }
            #expect(after == "start 1, finish -1", "cancelled, and never was")
            #expect(try answer(host, "calls-in-create", "go") == "start 10", "unavailable, and never was")
        }
    }

    @Test("by floods fills neither memory nor the log, and others do not wait", arguments: Place.allCases)
    func floods(place: Place) throws {
        try serving(["event-flood", "service-flood", "log-flood"], in: place) { host in
            let before = try host.residentMegabytes
            // 200 MiB of text, whatever the host says to it.
            let flooded = try host.client.invoke("event-flood", "200000", within: .seconds(60))
            #expect([200, 500, 502, 503].contains(flooded.status), "\(flooded.status)")
            let counts = try #require(try answer(host, "service-flood", "20000"))
            let numbers = counts.split(separator: " ").compactMap { Int($0) }
            #expect(numbers.reduce(0, +) == 20000 && numbers[0] <= 4096, "\(counts)")
            #expect(try answer(host, "log-flood", "2000") == "flooded")
            let after = try host.residentMegabytes
            #expect(after < before + 250, "\(before) MiB before, \(after) MiB after")
            _ = try host.eventually("the timers of the flood to be gone with their call") {
                let plugin = try host.client.get("/api/v1/plugins/service-flood").json()
                return plugin["live_calls"]?["outgoing"]?.int == 0 ? true : nil
            }
        }
    }

    @Test("by sizes gets an error that fits, and the host does not hold them", arguments: Place.allCases)
    func sizes(place: Place) throws {
        try serving(["huge-event", "huge-result", "huge-message"], in: place) { host in
            for (name, input) in [
                ("huge-event", "20"), ("huge-event", "100"), ("huge-result", "80"), ("huge-message", "now"),
            ] {
                let response = try host.client.invoke(name, input, within: .seconds(60))
                #expect([500, 502, 503].contains(response.status), "\(name) \(input): \(response.status)")
                #expect(response.body.count < 4096, "\(name) \(input): \(response.body.count) bytes of answer")
                #expect(!response.text.contains("xxxx"), "\(name) \(input)")
            }
            let longest = host.process.errors.lines.map(\.utf8.count).max() ?? 0
            #expect(longest < 20_000, "a log line of \(longest) bytes")
        }
    }

    @Test("by answering after its deadline is not heard", arguments: Place.allCases)
    func late(place: Place) throws {
        try serving(["late-answer"], in: place) { host in
            #expect(try host.client.invoke("late-answer", "first", limit: 700).status == 504)
            // In a process of its own it may have been replaced meanwhile: then this is a first question again.
            let second = try host.client.invoke("late-answer", "second", limit: place == .process ? 700 : nil)
            let text = try second.json()["answer"]?.string
            let isHeld = place == .process && (503...504).contains(second.status)
            #expect(isHeld || text == "emit 1, finish 0", "\(second.status) \(second.text)")
        }
    }

    @Test("by payloads that are malformed gets the same answers in both places")
    func malformed() throws {
        let inputs =
            MisbehavingPluginTests.eventFaults.map { "event \($0)" }
            + MisbehavingPluginTests.resultFaults.map { "result \($0)" }
        try HostileHost.serving(
            [], plugins: "  malformed: { use: agent/malformed }\n  away: { use: agent/malformed, isolation: process }",
            fixtures: ["agent/malformed"]
        ) { host in
            for input in inputs {
                let here = try host.client.invoke("malformed", input)
                let away = try host.client.invoke("away", input)
                #expect(away.status == here.status, "\(input): \(here.status) here, \(away.status) away")
                #expect(!away.text.contains("must never be seen"), "\(input)")
            }
            let faults = try ["malformed", "away"].map {
                try host.client.get("/api/v1/plugins/\($0)").json()["faults"]?["count"]?.int ?? 0
            }
            #expect(faults[0] == faults[1] && faults[0] >= inputs.count, "\(faults)")
            #expect(
                try host.isolation(of: "away")["restarts"]?.int == 0, "a malformed payload ends a call, and no process")
        }
    }

    /// Nothing can be said of what it gets; the host is to stand, and nothing of it to reach anybody.
    @Test("by changing what it handed over, or from a signal handler, harms itself alone")
    func races() throws {
        let instances = [
            HostileInstance("data-race"), HostileInstance("finish-in-signal", options: HostileHangTests.options),
            HostileInstance("wire"),
        ]
        try HostileHost.serving(instances) { host in
            for _ in 0..<4 {
                let raced = try host.client.invoke("data-race", "now")
                #expect([200, 503].contains(raced.status), "\(raced.status)")
                let text = try raced.json()["answer"]?.string ?? ""
                let isItsOwn = text.allSatisfy { $0.isHexDigit }
                #expect(isItsOwn, "bytes of somebody else's in the answer")
            }
            let finished = try host.client.invoke("finish-in-signal", "now", limit: 3000)
            #expect([200, 503, 504].contains(finished.status), "\(finished.status)")
            let payload = try host.client.invoke("wire", "payload")
            #expect(payload.status == 503, "\(payload.status)")
            let faults = try host.client.get("/api/v1/plugins/wire").json()["faults"]
            #expect(faults?["last"]?.string?.contains("malformed event") == true, "\(faults?.text ?? "")")
        }
    }
}
