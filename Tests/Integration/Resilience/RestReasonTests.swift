import JackfieldJSON
import TestSupport
import Testing

@Suite("Of a key that rests a client hears")
struct RestReasonTests {
    private static let limits: [(script: UpstreamScript, status: Int, code: String)] = [
        (.error(429, "slow down", type: "requests", headers: [("retry-after", "60")]), 429, "rate_limit_exceeded"),
        (
            .error(429, "no credit", type: "insufficient_quota", code: "insufficient_quota"), 429,
            "insufficient_quota"
        ),
        (.error(503, "later", headers: [("retry-after", "60")]), 503, "upstream_unavailable"),
    ]

    @Test("what the upstream said when it was last asked", arguments: 0..<3)
    func reason(index: Int) throws {
        let (script, status, code) = Self.limits[index]
        let upstream = try ProgrammableUpstream(script)
        let manifest = Manifests.gateway([upstream.baseURL])
        try HostProcess.serving(manifest, environment: Manifests.environment) { host throws in
            for _ in 0..<2 {
                let response = try host.client.complete("hello")
                #expect(response.status == status, "\(response.text)")
                #expect(try response.json()["error"]?["code"]?.string == code, "\(response.text)")
            }
            #expect(upstream.requests.count == 1, "the second request was not sent")
        }
    }
}
