import JackfieldJSON
import TestSupport
import Testing

@Suite("What is used")
struct UsageTests {
    @Test("is added up by model, upstream, user and key, with its cost by the manifest's prices")
    func dimensions() throws {
        let upstream = try ProgrammableUpstream()
        let manifest = Manifests.gateway([upstream.baseURL], rest: Accounted.prices)
        try HostProcess.serving(manifest, environment: Manifests.environment) { host throws in
            let key = Accounted.bearer("sk-of-a-client")
            #expect(try host.complete(Accounted.request(user: "ada"), headers: key).status == 200)
            #expect(try host.complete(Accounted.request(), headers: key + [("x-jackfield-user", "bob")]).status == 200)
            // What a gateway says in the header counts more than what the client says in the body.
            let both = try host.complete(Accounted.request(user: "ada"), headers: [("x-jackfield-user", "bob")])
            #expect(both.status == 200)

            let model = try host.usage(of: "default", by: "model", requests: 3)
            #expect(model["prompt_tokens"]?.int == 33)
            #expect(model["completion_tokens"]?.int == 21)
            #expect(model["cost_usd"]?.double == 0.075)
            #expect(model["requests_estimated"]?.int == 0 && model["requests_without_price"]?.int == 0)
            #expect(try host.usage(of: "up0/upstream-model", by: "upstream")?["requests"]?.int == 3)
            #expect(try host.usage(of: "ada", by: "user")?["cost_usd"]?.double == 0.025)
            #expect(try host.usage(of: "bob", by: "user")?["cost_usd"]?.double == 0.05)
            #expect(try host.usage(of: "anonymous", by: "key")?["requests"]?.int == 1)

            let keys = try host.client.get("/api/v1/usage?by=key")
            let named = try keys.json()["lines"]?.array?.first { $0["key"]?.string?.hasPrefix("key-") == true }
            #expect(named?["requests"]?.int == 2)
            #expect(!keys.text.contains("sk-of-a-client"), "a key is told apart by a digest, never shown")
            // A sum of binary fractions: what is shown to people is counted exactly, above.
            #expect(abs((try host.metric("jackfield.model.cost") ?? 0) - 0.075) < 1e-9)
        }
    }

    @Test("by an agent counts for the agent, the session, and the user who asked")
    func agents() throws {
        let upstream = try ProgrammableUpstream()
        let manifest = Manifests.gateway(
            [upstream.baseURL], plugins: "  asks-model: { use: agent/asks-model, grants: { models: [default] } }",
            rest: Accounted.prices)
        try HostProcess.serving(
            manifest, plugins: FixturePath(["agent/asks-model"]), environment: Manifests.environment
        ) { host throws in
            let question: JSON = ["input": "go", "session": "s-7", "agents": ["asks-model"]]
            let response = try host.client.post("/api/v1/orchestrate", question, headers: [("x-jackfield-user", "eve")])
            #expect(response.status == 200, "\(response.text)")
            for (dimension, subject) in [
                ("agent", "asks-model"), ("session", "s-7"), ("user", "eve"), ("model", "default"), ("all", "all"),
            ] {
                let line = try host.usage(of: subject, by: dimension, requests: 1)
                #expect(line["prompt_tokens"]?.int == 11, "\(dimension)")
                #expect(line["cost_usd"]?.double ?? 0 > 0, "\(dimension)")
            }
            #expect(try host.usage(of: "asks-model", by: "user") == nil)
        }
    }

    @Test("of a well-known model has its built-in price, and of an unknown one none, which is said")
    func builtIn() throws {
        let upstream = try ProgrammableUpstream(Accounted.counting(prompt: 1_000_000, completion: 100_000))
        let manifest = Manifests.gateway(
            [upstream.baseURL], models: "  known: { route: [\"up0/gpt-4o-2024-08-06\"], retries: 0 }")
        try HostProcess.serving(manifest, environment: Manifests.environment) { host throws in
            #expect(try host.client.complete("hello", model: "known").status == 200)
            #expect(try host.client.complete("hello").status == 200)
            // 2.50 dollars for the prompt, a tenth of 10 for the answer.
            #expect(try host.usage(of: "known", by: "model", requests: 1)["cost_usd"]?.double == 3.5)
            let unknown = try host.usage(of: "default", by: "model", requests: 1)
            #expect(unknown["cost_usd"]?.double == 0 && unknown["requests_without_price"]?.int == 1)
            #expect(try host.metric("jackfield.model.requests.unpriced") == 1)
        }
    }

    @Test("is estimated where the upstream does not count, and marked as estimated", arguments: [false, true])
    func estimated(isStreamed: Bool) throws {
        let upstream = try ProgrammableUpstream(Accounted.uncounted)
        let manifest = Manifests.gateway([upstream.baseURL], rest: Accounted.prices)
        try HostProcess.serving(manifest, environment: Manifests.environment) { host throws in
            let answer = try host.client.stream("/v1/chat/completions", Accounted.request(stream: isStreamed))
            #expect(answer.status == 200)
            _ = try answer.rest()
            let line = try host.usage(of: "default", by: "model", requests: 1)
            #expect(line["requests_estimated"]?.int == 1)
            #expect(line["prompt_tokens"]?.int == 6)
            #expect(line["completion_tokens"]?.int == 3, "twelve characters are about three tokens")
            #expect(line["cost_usd"]?.double == 0.012)
        }
    }

    @Test("by embeddings counts too")
    func embeddings() throws {
        let upstream = try ProgrammableUpstream()
        let manifest = Manifests.gateway([upstream.baseURL], rest: Accounted.prices)
        try HostProcess.serving(manifest, environment: Manifests.environment) { host throws in
            let request: JSON = ["model": "default", "input": ["one", "two"], "user": "ada"]
            #expect(try host.client.post("/v1/embeddings", request).status == 200)
            let line = try host.usage(of: "ada", by: "user", requests: 1)
            #expect(line["prompt_tokens"]?.int == 5 && line["completion_tokens"]?.int == 0)
            #expect(line["cost_usd"]?.double == 0.005)
        }
    }

    @Test("is still known after a restart of the host")
    func restart() throws {
        let upstream = try ProgrammableUpstream()
        let folder = try TemporaryFolder()
        let manifest = Manifests.gateway(
            [upstream.baseURL], rest: Accounted.prices + "\nstorage: { path: \"\(folder.path)/host.db\" }")
        for round in 1...2 {
            try HostProcess.serving(manifest, environment: Manifests.environment) { host throws in
                #expect(try host.client.complete("hello").status == 200)
                let line = try host.usage(of: "default", by: "model", requests: round)
                #expect(line["cost_usd"]?.double == 0.025 * Double(round))
            }
        }
    }

    @Test("is not reported for a query that means nothing; the answer says what would")
    func wrongQueries() throws {
        let upstream = try ProgrammableUpstream()
        try HostProcess.serving(Manifests.gateway([upstream.baseURL]), environment: Manifests.environment) {
            host throws in
            for (query, hint) in [
                ("by=colour", "session"), ("from=yesterday", "like 20"), ("from=2026-02-30", "is a day"),
                ("from=2026-03-02&until=2026-03-01", "before"), ("limit=0", "1 to 10000"),
            ] {
                let response = try host.client.get("/api/v1/usage?\(query)")
                #expect(response.status == 400, "\(query)")
                #expect(response.text.contains(hint), "\(query): \(response.text)")
            }
            let quiet = try host.client.get("/api/v1/usage?by=model&from=2026-01-01&until=2026-01-31").json()
            #expect(quiet["lines"]?.array?.isEmpty == true && quiet["total"]?["requests"]?.int == 0)
        }
    }
}
