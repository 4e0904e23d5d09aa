import JackfieldJSON
import TestSupport
import Testing

@Suite("What the operator and a visitor can rely on")
struct TrustTests {
    @Test("an upstream that was passed over is in the log, with its reason and the request")
    func passedOver() throws {
        let broken = try ProgrammableUpstream(.error(401, "the key is wrong"))
        let good = try ProgrammableUpstream(.completion("from the second"))
        let manifest = Manifests.gateway([broken.baseURL, good.baseURL])
        try HostProcess.serving(manifest, environment: Manifests.environment) { host in
            let response = try host.client.complete("hello")
            #expect(try Asking.content(response) == "from the second")
            let line = try host.logLine("the upstream that failed") { $0["message"]?.string == "upstream failed" }
            #expect(line["upstream"]?.string == "up0/upstream-model")
            #expect(line["code"]?.string == "unauthenticated")
            #expect(line["request_id"]?.string == response.headers["x-request-id"])
        }
    }

    @Test("a web page of an origin that is not listed cannot make a browser ask, one that is listed can")
    func origins() throws {
        let upstream = try ProgrammableUpstream(.completion("hi"))
        let manifest = Manifests.gateway([upstream.baseURL], server: #"cors: { origins: ["https://good.example"] }"#)
        let body: JSON = ["model": "default", "messages": [["role": "user", "content": "hello"]]]
        try HostProcess.serving(manifest, environment: Manifests.environment) { host in
            let before = upstream.requests.count
            let refused = try host.client.post(
                "/v1/chat/completions", body, headers: [("origin", "https://evil.example")])
            #expect(refused.status == 403)
            #expect(try refused.json()["error"]?["message"]?.string?.contains("server.cors.origins") == true)
            #expect(upstream.requests.count == before)
            let admitted = try host.client.post(
                "/v1/chat/completions", body, headers: [("origin", "https://good.example")])
            #expect(admitted.status == 200)
        }
    }
}
