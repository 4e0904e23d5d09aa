import JackfieldJSON
import TestSupport
import Testing

@Suite("A budget")
struct BudgetScopeTests {
    /// Every request uses 16 tokens, as many as it reserves.
    private static let script = Accounted.counting(prompt: 6, completion: 10)

    private func serving(
        _ budgets: String, rest: String = "", _ body: (HostProcess, ProgrammableUpstream) throws -> Void
    ) throws {
        let upstream = try ProgrammableUpstream(Self.script)
        let manifest = Manifests.gateway([upstream.baseURL], rest: "budgets: { \(budgets) }\n\(rest)")
        try HostProcess.serving(manifest, environment: Manifests.environment) { host throws in try body(host, upstream)
        }
    }

    @Test("for each key leaves every key its own, and what comes without a key shares one")
    func keys() throws {
        try serving("fair: { per: key, period: day, tokens: 20 }") { host, upstream throws in
            for key in ["first", "second"] {
                let headers = Accounted.bearer(key)
                #expect(try host.complete(Accounted.request(), headers: headers).status == 200)
                #expect(try host.complete(Accounted.request(), headers: headers).status == 429)
                // The same key in Anthropic's manner.
                #expect(try host.complete(Accounted.request(), headers: [("x-api-key", key)]).status == 429)
            }
            #expect(try host.complete(Accounted.request(), headers: []).status == 200)
            let refused = try host.complete(Accounted.request(user: "another"), headers: [])
            #expect(refused.status == 429 && refused.text.contains("anonymous"), "\(refused.text)")
            #expect(upstream.requests.count == 3)
        }
    }

    @Test("for each user goes by the header's user, or else by the body's, so that a gateway has the last word")
    func users() throws {
        try serving("fair: { per: user, period: month, tokens: 20 }") { host, upstream throws in
            #expect(try host.complete(Accounted.request(user: "ada")).status == 200)
            #expect(try host.complete(Accounted.request(user: "ada")).status == 429)
            #expect(try host.complete(Accounted.request(), headers: [("x-jackfield-user", "ada")]).status == 429)
            let gateway = [("x-jackfield-user", "bob")]
            #expect(try host.complete(Accounted.request(), headers: gateway).status == 200)
            #expect(try host.complete(Accounted.request(user: "made-up"), headers: gateway).status == 429)
            #expect(upstream.requests.count == 2)
        }
    }

    @Test("for one user stands in place of the one for each")
    func oneUser() throws {
        let budgets = """
            each: { per: user, period: day, tokens: 20 }, guest: { per: user, period: day, tokens: 1, only: [guest] }
            """
        try serving(budgets) { host, upstream throws in
            #expect(try host.complete(Accounted.request(user: "ada")).status == 200)
            #expect(try host.complete(Accounted.request(user: "guest")).status == 429)
            #expect(upstream.requests.count == 1)
        }
    }

    @Test("for an agent holds for what that agent asks, and for nothing else")
    func agent() throws {
        let upstream = try ProgrammableUpstream(Accounted.counting(prompt: 1990, completion: 10))
        let manifest = Manifests.gateway(
            [upstream.baseURL], plugins: "  asks-model: { use: agent/asks-model, grants: { models: [default] } }",
            rest: "budgets: { busy: { per: agent, only: [asks-model], period: day, tokens: 2000 } }")
        try HostProcess.serving(
            manifest, plugins: FixturePath(["agent/asks-model"]), environment: Manifests.environment
        ) { host throws in
            for wanted in ["the model ended with 0", "the model ended with 9"] {
                #expect(try host.client.invoke("asks-model", "go").json()["answer"]?.string == wanted)
            }
            #expect(upstream.requests.count == 1)
            #expect(try host.complete(Accounted.request(maxTokens: 3000)).status == 200)
        }
    }

    @Test("on cost refuses by the price table, and for some models leaves the others alone")
    func cost() throws {
        let upstream = try ProgrammableUpstream(Self.script)
        let manifest = Manifests.gateway(
            [upstream.baseURL], models: "  cheap: { route: [\"up0/cheap\"], retries: 0 }",
            rest: """
                \(Accounted.prices)
                budgets: { dear: { per: all, period: day, cost: 0.03, models: [default] } }
                """)
        try HostProcess.serving(manifest, environment: Manifests.environment) { host throws in
            // 6 tokens at 0.001 and 10 at 0.002 dollars.
            #expect(try host.complete(Accounted.request()).status == 200)
            let refused = try host.complete(Accounted.request())
            #expect(refused.status == 429 && refused.text.contains("US dollars"), "\(refused.text)")
            #expect(try host.client.complete("hello", model: "cheap").status == 200)
            #expect(upstream.requests.count == 2)
        }
    }

    @Test("is not overshot by requests at the same time")
    func concurrent() throws {
        let gate = Gate()
        let upstream = try ProgrammableUpstream(
            UpstreamScript { exchange in
                try gate.wait()
                try Self.script.play(exchange)
            })
        let manifest = Manifests.gateway(
            [upstream.baseURL], rest: "budgets: { four: { per: all, period: day, tokens: 64 } }")
        try HostProcess.serving(manifest, environment: Manifests.environment) { host throws in
            let client = host.client
            let refused = RetryTests.Counter()
            // Those that are let through wait until all others are refused.
            let statuses = try inParallel(20) { _ in
                let status = try client.post("/v1/chat/completions", Accounted.request()).status
                if status == 429, refused.increment() == 15 { gate.open() }
                return status
            }
            #expect(statuses.count { $0 == 200 } == 4)
            #expect(statuses.count { $0 == 429 } == 16)
            #expect(upstream.requests.count == 4)
            let standing = try host.client.get("/api/v1/budgets").json()["budgets"]?[0]
            #expect(standing?["used"]?["tokens"]?.int == 64)
        }
    }

    @Test("is still used up after a restart of the host")
    func restart() throws {
        let folder = try TemporaryFolder()
        let storage = "storage: { path: \"\(folder.path)/host.db\" }"
        for wanted in [200, 429] {
            try serving("small: { per: key, period: month, tokens: 20 }", rest: storage) { host, upstream throws in
                #expect(try host.complete(Accounted.request(), headers: Accounted.bearer("k")).status == wanted)
                #expect(upstream.requests.count == (wanted == 200 ? 1 : 0))
            }
        }
    }

    @Test("shows operators whose it is, how much of it is used, and how much is held")
    func standings() throws {
        let gate = Gate()
        let upstream = try ProgrammableUpstream(
            UpstreamScript { exchange in
                try gate.wait()
                try Self.script.play(exchange)
            })
        let manifest = Manifests.gateway(
            [upstream.baseURL], rest: "budgets: { mine: { per: user, period: month, tokens: 32 } }")
        try HostProcess.serving(manifest, environment: Manifests.environment) { host throws in
            func standing() throws -> JSON? { try host.client.get("/api/v1/budgets").json()["budgets"]?[0] }
            let connection = try HTTPTestConnection(port: host.port)
            try connection.write(
                "POST", "/v1/chat/completions", headers: [("content-type", "application/json")],
                body: Accounted.request(user: "ada").bytes)
            try upstream.waitForRequests(1)
            let during = try #require(try standing())
            #expect(during["reserved"]?["tokens"]?.int == 16 && during["used"]?["tokens"]?.int == 0)
            gate.open()
            #expect(try connection.readResponse().status == 200)
            let after = try #require(try standing())
            #expect(after["name"]?.string == "mine" && after["per"]?.string == "user" && after["id"]?.string == "ada")
            #expect(after["reserved"]?["tokens"]?.int == 0 && after["used"]?["tokens"]?.int == 16)
            #expect(after["limit_tokens"]?.int == 32 && after["share"]?.double == 0.5)
        }
    }
}
