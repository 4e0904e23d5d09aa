import JackfieldJSON
import TestSupport
import Testing

@Suite("DELETE /api/v1/cache")
struct CacheInvalidationTests {
    private static let tags = [("x-jackfield-cache-tags", "news, weather")]
    private static let models = "  other: { route: [\"up0/other\"], retries: 0, cache: { enabled: true } }"

    /// Asks four different questions, of which each is kept, and removes some.
    private func removing(_ query: String, _ check: (_ removed: Int, _ left: [String]) throws -> Void) throws {
        try Cached.serving(models: Self.models) { host, _ throws in
            func outcomes() throws -> [String] {
                let client = host.client
                let answers = [
                    try client.complete("tagged", headers: Self.tags), try client.complete("plain"),
                    try client.complete("plain", headers: Accounted.bearer("tenant")),
                    try client.complete("plain", model: "other"),
                ]
                return answers.map { $0.headers["x-jackfield-cache"] ?? "" }
            }
            #expect(try outcomes() == ["miss", "miss", "miss", "miss"])
            #expect(try outcomes() == ["hit", "hit", "hit", "hit"])
            let tenant = try host.client.get("/api/v1/usage?by=key").json()["lines"]?.array?
                .compactMap { $0["key"]?.string }.first { $0.hasPrefix("key-") }
            let query = query.replacing("TENANT", with: tenant ?? "unknown")
            let response = try host.client.send("DELETE", "/api/v1/cache\(query)")
            #expect(response.status == 200, "\(response.text)")
            try check(response.json()["removed"]?["memory"]?.int ?? -1, outcomes())
        }
    }

    @Test(
        "removes by model, tenant and tag, and all of it where nothing is named",
        arguments: [
            ("?model=default", 3, ["miss", "miss", "miss", "hit"]),
            ("?tenant=TENANT", 1, ["hit", "hit", "miss", "hit"]),
            ("?tag=weather", 1, ["miss", "hit", "hit", "hit"]),
            ("?model=other&tag=news", 0, ["hit", "hit", "hit", "hit"]),
            ("", 4, ["miss", "miss", "miss", "miss"]),
        ])
    func removes(query: String, count: Int, left: [String]) throws {
        try removing(query) { removed, outcomes throws in
            #expect(removed == count)
            #expect(outcomes == left)
        }
    }

    @Test("refuses a parameter that means nothing, instead of removing everything")
    func unknown() throws {
        try Cached.serving { host, _ throws in
            #expect(try Cached.outcome(host.client.complete("hello")) == "miss: answer 1")
            for query in ["?modle=default", "?model=default&all=true"] {
                let response = try host.client.send("DELETE", "/api/v1/cache\(query)")
                #expect(response.status == 400, "\(query)")
                #expect(response.text.contains("`model`, `tenant` and `tag`"), "\(response.text)")
            }
            #expect(try Cached.outcome(host.client.complete("hello")) == "hit: answer 1")
        }
    }

    @Test("also keeps away the answer that is being made while it is called")
    func underWay() throws {
        let gate = Gate()
        let numbered = Cached.numbered()
        let script = UpstreamScript { exchange in
            try gate.wait()
            try numbered.play(exchange)
        }
        try Cached.serving(script) { host, upstream throws in
            let connection = try HTTPTestConnection(port: host.port)
            try connection.write(
                "POST", "/v1/chat/completions", headers: [("content-type", "application/json")],
                body: Asking.completion("hello").bytes)
            try upstream.waitForRequests(1)
            #expect(try host.client.send("DELETE", "/api/v1/cache?model=default").status == 200)
            gate.open()
            #expect(try Cached.outcome(connection.readResponse()) == "miss: answer 1")
            #expect(try Cached.outcome(host.client.complete("hello")) == "miss: answer 2")
        }
    }
}
