import JackfieldJSON
import TestSupport
import Testing

@Suite("After a thousand faults", .serialized)
struct FaultLeakTests {
    @Test("nothing is left over: descriptors, requests, threads, upstream connections, calls")
    func leavesNothing() throws {
        let upstream = try ProgrammableUpstream()
        let (refusing, refusingPort) = try ProgrammableUpstream.refusing()
        defer { refusing.close() }
        let plugins = """
              refused: { use: llm/openai, config: { base_url: "http://127.0.0.1:\(refusingPort)/v1" }, grants: { http: ["http://127.0.0.1:\(refusingPort)"] } }
              malformed: { use: agent/malformed }
              failing: { use: agent/failing }
            """
        let manifest = Manifests.gateway(
            [upstream.baseURL], timeout: "300ms", server: "max_body: 64KiB", plugins: plugins,
            models: "  refused: { route: [\"refused/any\"], retries: 0 }", model: "retries: 0, idle_timeout: 300ms")
        let path = try FixturePath(["agent/malformed", "agent/failing"])
        try HostProcess.serving(manifest, plugins: path, environment: Manifests.environment) { host in
            // Once round warms pools and caches up; they may stay.
            try Self.round(host, upstream, 40)
            let before = try Self.settled(host, upstream)
            let memory = try host.residentMegabytes
            let threads = try host.threads
            for _ in 0..<11 { try Self.round(host, upstream, 100) }
            let after = try host.eventually("as few descriptors as before") { () -> Int? in
                let now = try Self.settled(host, upstream)
                return now <= before + 2 ? now : nil
            }
            #expect(after <= before + 2, "\(before) descriptors before, \(after) after")
            #expect(try host.residentMegabytes < memory + 40)
            // The pools of the runtime may have grown to the number of cores; one thread a fault would be a thousand.
            #expect(try host.threads <= threads + 16)
            // At most what was under way at once, kept alive for the next request.
            _ = try host.eventually("the upstream's connections to be closed") {
                upstream.openConnections <= 16 ? true : nil
            }
            for id in ["up0", "refused", "malformed", "failing"] {
                _ = try host.eventually("\(id) to have no calls") {
                    let live = try host.client.get("/api/v1/plugins/\(id)").json()["live_calls"]
                    let names = ["incoming", "outgoing", "abandoned"]
                    return names.allSatisfy { live?[$0]?.int == 0 } ? true : nil
                }
            }
            upstream.answer(.completion("recovered"))
            // The model has 300 ms, of which a busy machine may take all.
            _ = try host.eventually("an answer from the upstream that has recovered") {
                try Asking.content(host.client.complete("hello")) == "recovered" ? true : nil
            }
        }
    }

    /// The host's descriptors once nothing is under way. The one request that counts the others is counted too.
    private static func settled(_ host: HostProcess, _ upstream: ProgrammableUpstream) throws -> Int {
        _ = try host.eventually("all requests to end") {
            try host.metric("http.server.active_requests").flatMap { $0 <= 1 ? true : nil }
        }
        return try host.openDescriptors
    }

    private static func round(_ host: HostProcess, _ upstream: ProgrammableUpstream, _ count: Int) throws {
        let scripts: [UpstreamScript] = [
            .close, .reset(), .bytes("nonsense\r\n\r\n"), .rubbish(), .error(500, "broken"), .reset(after: ["half "]),
            .cut(after: ["half "]), .hang, .stall(after: ["half "]),
            .bytes("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"),
        ]
        let client = host.client
        let port = host.port
        _ = try inParallel(count, width: 16) { index in
            switch index % 10 {
            case 0: _ = try client.complete("hello", model: "refused")
            case 1: _ = try client.post("/v1/chat/completions", text: "{")
            case 2: _ = try client.invoke("malformed", "event range")
            case 3: _ = try client.invoke("failing", "12")
            case 4:  // leaves in the middle of a request
                let connection = try HTTPTestConnection(port: port)
                try connection.socket.write(
                    "POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n\r\n{")
                connection.socket.reset()
            case 5, 6:  // leaves while it waits for the answer
                upstream.answer(scripts[index / 10 % scripts.count])
                let connection = try HTTPTestConnection(port: port)
                try connection.write(
                    "POST", "/v1/chat/completions", headers: [("content-type", "application/json")],
                    body: Asking.completion("hello", stream: index % 2 == 0).bytes)
                if index % 4 == 1 { connection.socket.reset() } else { connection.close() }
            default:
                upstream.answer(scripts[index / 10 % scripts.count])
                // A stream may have begun before the fault: then its body says so, and is read to its end.
                let stream = try client.streamCompletion("hello")
                _ = try stream.rest()
                stream.leave()
            }
        }
    }
}
