import JackfieldJSON
import TestSupport
import Testing

@Suite("A plugin that breaks the rules of calls")
struct MisbehavingPluginTests {
    private func serving(_ fixtures: [String], requestTimeout: String = "30s", body: (HostProcess) throws -> Void)
        throws
    {
        let manifest = Manifests.plugins(fixtures + ["agent/hello"], requestTimeout: requestTimeout)
        try HostProcess.serving(manifest, plugins: FixturePath(fixtures + ["agent/hello"])) { host in
            try body(host)
            #expect(try host.client.invoke("hello", "still there?").status == 200, "the others go on")
        }
    }

    /// An RFC 9457 problem with a sentence; gives that.
    @discardableResult
    private func problem(_ response: HTTPTestResponse, status: ClosedRange<Int>, _ what: String) throws -> String {
        #expect(status.contains(response.status), "\(what): \(response.status) \(response.text)")
        #expect(response.headers["content-type"]?.hasPrefix("application/problem+json") == true, "\(what)")
        let json = try response.json()
        #expect(json["status"]?.int == response.status)
        let detail = json["detail"]?.string ?? ""
        #expect(!detail.isEmpty, "\(what): \(response.text)")
        return detail
    }

    static let eventFaults = [
        "empty", "null", "endless", "short", "size", "tiny", "range", "wrap", "head", "text", "surrogate", "alignment",
        "unknown",
        "reserved", "overlap", "stride", "unaligned-list", "list-reserved", "list-range",
    ]
    static let resultFaults = [
        "empty", "null", "endless", "short", "size", "tiny", "range", "wrap", "head", "text", "surrogate", "alignment",
        "unknown",
    ]

    @Test("with malformed payloads gets its call failed, and nothing of them reaches the client")
    func malformed() throws {
        try serving(["agent/malformed"]) { host in
            let inputs = Self.eventFaults.map { "event \($0)" } + Self.resultFaults.map { "result \($0)" }
            for input in inputs {
                let response = try host.client.invoke("malformed", input)
                try problem(response, status: 500...503, input)
                #expect(!response.text.contains("must never be seen"), "\(input)")
                let answer = try host.client.invoke("malformed", "status").json()["answer"]?.string
                if input.hasPrefix("event") { #expect(answer == "the host said 3", "\(input)") }
            }
            let id = try host.client.invoke("malformed", "event range").headers["x-request-id"]
            try host.logLine("the fault, as the sender's, under the request's id") {
                $0["request_id"]?.string == id && $0.text.contains("malformed event")
            }
        }
    }

    @Test("with a number outside its list is survived")
    func severity() throws {
        try serving(["agent/malformed"]) { host in
            let response = try host.client.invoke("malformed", "event severity")
            #expect(response.status == 200 || response.status >= 500)
        }
    }

    @Test("that goes on with a call that is over is told so, and changes nothing")
    func late() throws {
        try serving(["agent/late"]) { host in
            func status() throws -> String? { try host.client.invoke("late", "status").json()["answer"]?.string }
            #expect(try host.client.invoke("late", "finish").json()["answer"]?.string == "first answer")
            #expect(try status() == "emit -1, finish 101")
            #expect(try host.client.invoke("late", "emit").json()["answer"]?.string == "first answer")
            #expect(try status() == "emit 101, finish -1")
            #expect(try host.client.invoke("late", "never was").json()["answer"]?.string == "first answer")
            #expect(try status() == "emit 101, finish 101")
            #expect(try host.client.invoke("late", "thread").json()["answer"]?.string == "first answer")
            let said = try host.eventually("the late thread's turn") {
                try status().flatMap { $0.contains("-1") ? nil : $0 }
            }
            #expect(said == "emit 101, finish 101")
        }
    }

    @Test("that never finishes is ended at the deadline", arguments: ["never-finishes", "deaf"])
    func neverFinishes(name: String) throws {
        try serving(["agent/\(name)"], requestTimeout: "3s") { host in
            let started = monotonicNanoseconds()
            try problem(try host.client.invoke(name, "wait", within: .seconds(90)), status: 504...504, name)
            let milliseconds = (monotonicNanoseconds() - started) / 1_000_000
            // Nothing else would ever end it; the room is for a busy machine.
            #expect((2900...60_000).contains(milliseconds), "took \(milliseconds) ms")
        }
    }

    @Test(
        "that refuses in start, or fails, is an error of its own with a status that fits",
        arguments: [2, 3, 6, 8, 10, 12, 13, 4711, -1])
    func refuses(code: Int) throws {
        try serving(["agent/refusing-start", "agent/failing"]) { host in
            try problem(try host.client.invoke("refusing-start", "\(code)"), status: 400...504, "start \(code)")
            let failed = try host.client.invoke("failing", "\(code)")
            try problem(failed, status: code == 2 ? 504...504 : 400...503, "finish \(code)")
            #expect(!failed.text.contains("on purpose"), "an agent's own sentence is for the log")
        }
    }

    @Test(
        "that finishes with a malformed end gets its call failed",
        arguments: ["no size", "message", "null message", "endless message"])
    func badEnd(kind: String) throws {
        try serving(["agent/failing"]) { host in
            let response = try host.client.invoke("failing", kind)
            #expect(response.status >= 500, "\(response.status) \(response.text)")
            #expect(String(validating: response.body, as: UTF8.self) != nil)
        }
    }

    @Test("that calls services wrongly is answered, not obeyed")
    func services() throws {
        try serving(["agent/caller"]) { host in
            func outcome(_ input: String) throws -> String {
                try host.client.invoke("caller", input).json()["answer"]?.string ?? ""
            }
            #expect(try outcome("good").hasPrefix("start 0, finish 0"))
            #expect(try outcome("undeclared") == "start 3")
            #expect(try outcome("method") == "start 13")
            #expect(try outcome("empty") == "start 3")
            #expect(try outcome("garbage") == "start 3")
            #expect(try outcome("zero") == "start 3")
            #expect(try outcome("start size") == "start 3")
            #expect(try outcome("stale parent").hasPrefix("start "))
            #expect(try outcome("reused").hasPrefix("start 0, finish 0"))
            let refused = try outcome("not granted")
            #expect(refused.hasPrefix("start 0, finish 5") && refused.contains("NOT_GRANTED"), "\(refused)")
        }
    }

    @Test("is stopped by back-pressure while the client does not read, and goes on when it does")
    func flood() throws {
        try serving(["agent/flood"], requestTimeout: "60s") { host in
            let connection = try HTTPTestConnection(port: host.port, receiveBuffer: 4096)
            defer { connection.close() }
            let count = 100_000
            try connection.write(
                "POST", "/api/v1/agents/flood/invoke", headers: [("content-type", "application/json")],
                body: (["input": .string("\(count)"), "stream": true] as JSON).bytes)
            let stream = try connection.readStream()
            // The plugin is held, with most of its texts unsent, although nobody has read a byte of the body.
            let taken = try host.eventually("the plugin to be told to wait") { () -> Int? in
                let said = try host.client.invoke("flood", "status").json()["answer"]?.string ?? ""
                guard said.hasPrefix("waited "), !said.hasPrefix("waited 0") else { return nil }
                return said.split(separator: " ").last.flatMap { Int($0) }
            }
            #expect(taken < count)
            var texts = 0
            while let event = try stream.event() {
                if event.event == "text" { texts += event.data?.occurrences(of: "0123456789abcde") ?? 0 }
            }
            #expect(texts == count)
        }
    }

    @Test("that does not care for back-pressure does not fill the host's memory")
    func pushy() throws {
        try serving(["agent/pushy"]) { host in
            let response = try host.client.invoke("pushy", "2000000", within: .seconds(60))
            #expect([200, 500, 502, 503].contains(response.status))
            #expect(try host.residentMegabytes < 400)
        }
    }
}

extension String {
    fileprivate func occurrences(of needle: String) -> Int {
        var count = 0
        var rest = self[...]
        while let range = rest.firstRange(of: needle) {
            count += 1
            rest = rest[range.upperBound...]
        }
        return count
    }
}
