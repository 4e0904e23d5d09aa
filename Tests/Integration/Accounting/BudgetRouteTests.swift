import JackfieldJSON
import TestSupport
import Testing

@Suite("A budget that is used up")
struct BudgetRouteTests {
    /// A host whose budget for all is used up by the first request.
    private func usedUp(
        period: String = "day", fixtures: [String] = [], plugins: String = "",
        _ body: (HostProcess, ProgrammableUpstream) throws -> Void
    ) throws {
        let upstream = try ProgrammableUpstream(Accounted.counting(prompt: 4990, completion: 10))
        let manifest = Manifests.gateway(
            [upstream.baseURL], plugins: plugins,
            rest: "budgets: { whole-house: { per: all, period: \(period), tokens: 5000 } }")
        try HostProcess.serving(
            manifest, plugins: fixtures.isEmpty ? nil : FixturePath(fixtures), environment: Manifests.environment
        ) { host throws in
            #expect(try host.complete(Accounted.request()).status == 200)
            try body(host, upstream)
        }
    }

    @Test("refuses completions, whole and streamed, and embeddings before an upstream is asked")
    func openAI() throws {
        try usedUp { host, upstream throws in
            let chat = "/v1/chat/completions"
            for (path, body) in [
                (chat, Accounted.request()), (chat, Accounted.request(stream: true)),
                ("/v1/embeddings", ["model": "default", "input": "hello"] as JSON),
            ] {
                let response = try host.client.post(path, body)
                let error = try RequestFaultTests.envelope(response, status: 429, path)
                #expect(error["type"]?.string == "insufficient_quota" && error["code"]?.string == "insufficient_quota")
                let message = error["message"]?.string ?? ""
                #expect(message.contains("\"whole-house\"") && message.contains("5000 tokens in a day"), "\(message)")
                #expect(message.contains("next window begins at 20"), "\(message)")
                // Nobody waits until midnight in a loop.
                #expect(response.headers["x-should-retry"] == "false")
                let seconds = try #require(response.headers["retry-after"].flatMap(Int.init))
                #expect((1...86_400).contains(seconds))
            }
            #expect(upstream.requests.count == 1)
            #expect(try host.metric("jackfield.budget.refusals") == 3)
        }
    }

    @Test("refuses a question that goes to the model, as a problem")
    func orchestrate() throws {
        try usedUp { host, upstream throws in
            for isStreamed in [false, true] {
                let response = try host.client.post(
                    "/api/v1/orchestrate", ["input": "hello", "stream": .bool(isStreamed)])
                #expect(response.status == 429, "\(response.text)")
                #expect(response.headers["content-type"]?.hasPrefix("application/problem+json") == true)
                #expect(response.headers["x-should-retry"] == "false")
                #expect(response.headers["retry-after"] != nil)
                #expect(try response.json()["detail"]?.string?.contains("5000 tokens in a day") == true)
            }
            #expect(upstream.requests.count == 1)
        }
    }

    @Test("refuses what agents ask of the model, and the agent hears why")
    func agents() throws {
        try usedUp(
            fixtures: ["agent/asks-model"],
            plugins: "  asks-model: { use: agent/asks-model, grants: { models: [default] } }"
        ) { host, upstream throws in
            let answer = try host.client.invoke("asks-model", "go")
            // JACKFIELD_EXHAUSTED
            #expect(try answer.json()["answer"]?.string == "the model ended with 9", "\(answer.text)")
            #expect(upstream.requests.count == 1)
        }
    }

    @Test("of a minute says that the same request may be sent again in that minute's rest")
    func minute() throws {
        let answer = try WithinOneMinute.run { () -> HTTPTestResponse? in
            var answer: HTTPTestResponse?
            try usedUp(period: "minute") { host, _ throws in answer = try host.complete(Accounted.request()) }
            return answer
        }
        let response = try #require(answer)
        let error = try RequestFaultTests.envelope(response, status: 429, "minute")
        #expect(error["type"]?.string == "rate_limit_error" && error["code"]?.string == "rate_limit_exceeded")
        #expect(response.headers["x-should-retry"] == "true")
        let seconds = try #require(response.headers["retry-after"].flatMap(Int.init))
        #expect((1...60).contains(seconds))
    }

    @Test("of a month names its end")
    func month() throws {
        try usedUp(period: "month") { host, _ throws in
            let response = try host.complete(Accounted.request())
            #expect(response.status == 429 && response.text.contains("5000 tokens in a month"), "\(response.text)")
            #expect(response.headers["x-should-retry"] == "false")
            #expect(response.text.contains("-01T00:00:00Z"), "\(response.text)")
        }
    }

    @Test("is not what a request hears that is larger than the whole budget: to wait would not help it")
    func tooLarge() throws {
        let upstream = try ProgrammableUpstream()
        let manifest = Manifests.gateway(
            [upstream.baseURL], rest: "budgets: { small: { per: all, period: day, tokens: 100 } }")
        try HostProcess.serving(manifest, environment: Manifests.environment) { host throws in
            let response = try host.complete(Accounted.request(maxTokens: 200))
            let error = try RequestFaultTests.envelope(response, status: 429, "too large")
            #expect(error["message"]?.string?.contains("this request alone may need 206") == true)
            #expect(response.headers["x-should-retry"] == "false")
            #expect(response.headers["retry-after"] == nil)
            #expect(upstream.requests.isEmpty)
            #expect(try host.complete(Accounted.request()).status == 200)
        }
    }
}
