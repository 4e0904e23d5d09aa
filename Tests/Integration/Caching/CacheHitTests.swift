import JackfieldJSON
import TestSupport
import Testing

@Suite("A kept answer")
struct CacheHitTests {
    @Test("is given to the next who asks the same, and its headers say where it came from")
    func hit() throws {
        try Cached.serving { host, upstream throws in
            let miss = try host.client.complete("hello")
            #expect(try Cached.outcome(miss) == "miss: answer 1")
            #expect(miss.headers["x-jackfield-attempts"] == "1")
            #expect(miss.headers["age"] == nil)

            let hit = try host.client.complete("hello")
            #expect(try Cached.outcome(hit) == "hit: answer 1")
            #expect(hit.headers["x-jackfield-attempts"] == "0")
            #expect(hit.headers["x-jackfield-upstream"] == "up0/upstream-model")
            #expect(hit.headers["age"].flatMap(Int.init) ?? -1 >= 0)
            #expect(try hit.json()["usage"]?["total_tokens"]?.int == 18)
            #expect(upstream.requests.count == 1)

            // It costs nobody anything.
            #expect(try host.usage(of: "default", by: "model")?["requests"]?.int == 1)
            let stats = try host.client.get("/api/v1/cache").json()
            #expect(stats["entries"]?.int == 1 && stats["hits"]?.int == 1 && stats["misses"]?.int == 1)
            #expect(stats["stores"]?.int == 1 && stats["bytes"]?.int ?? 0 > 0)
            #expect(try host.metric("jackfield.cache.lookups") == 2)
        }
    }

    @Test("is found whatever the order and the white space of the request's members")
    func canonical() throws {
        let head = #""model":"default","messages":[{"role":"user","content":"hi"}]"#
        try Cached.serving { host, upstream throws in
            let spellings = [
                #"{\#(head),"temperature":0.5,"x_odd":{"a":1,"b":2}}"#,
                #"{ "x_odd": {"b": 2, "a": 1}, "temperature": 5e-1, \#(head) }"#,
                #"{"user":"ada",\#(head),"temperature":0.50,"x_odd":{"a":1,"b":2}}"#,
                #"{"messages":[ {"content": "hi", "role": "user"} ],"model":"default","temperature":0.5,"#
                    + #""x_odd":{"a":1,"b":2}}"#,
            ]
            let outcomes = try spellings.map { try Cached.outcome(host.client.post("/v1/chat/completions", text: $0)) }
            #expect(outcomes == ["miss: answer 1", "hit: answer 1", "hit: answer 1", "hit: answer 1"])
            for other in [
                #"{\#(head),"temperature":0.6,"x_odd":{"a":1,"b":2}}"#,
                #"{\#(head),"temperature":0.5,"x_odd":{"a":1,"b":3}}"#,
                #"{\#(head.replacing("user", with: "system")),"temperature":0.5,"x_odd":{"a":1,"b":2}}"#,
            ] {
                let response = try host.client.post("/v1/chat/completions", text: other)
                #expect(response.headers["x-jackfield-cache"] == "miss", "\(other)")
            }
            #expect(upstream.requests.count == 4)
        }
    }

    @Test("of a stream is played back as a stream, piece by piece, with its usage")
    func streamed() throws {
        let pieces = ["one ", "two ", "three ", "four"]
        let read = Monitor(0)
        // Each piece is sent when the client has the one before, so that no two are joined on their way.
        let script = UpstreamScript.stream(pieces) { number in
            _ = try read.wait(for: "piece \(number) to be read") { $0 >= number ? true : nil }
        }
        try Cached.serving(script) { host, upstream throws in
            for wanted in ["miss", "hit"] {
                let stream = try host.client.streamCompletion("hello", usage: true)
                #expect(stream.headers["content-type"]?.hasPrefix("text/event-stream") == true)
                #expect(stream.headers["x-jackfield-cache"] == wanted)
                var (deltas, last): ([String], [ServerSentEvent]) = ([], [])
                while let event = try stream.event() {
                    last = last.suffix(1) + [event]
                    let text = event.data == "[DONE]" ? "" : try Asking.content([event])
                    if text.isEmpty { continue }
                    deltas.append(text)
                    read.withLock { $0 = max($0, deltas.count) }
                }
                #expect(deltas == pieces, "\(wanted)")
                #expect(try last[0].json()["usage"]?["completion_tokens"]?.int == 4)
                #expect(last[1].data == "[DONE]")
            }
            #expect(upstream.requests.count == 1)
        }
    }

    @Test("of a stream serves who wants it whole, and the other way round")
    func eitherWay() throws {
        try Cached.serving { host, upstream throws in
            _ = try host.client.streamCompletion("streamed first").rest()
            let whole = try host.client.complete("streamed first")
            #expect(try Cached.outcome(whole) == "hit: answer 1")
            #expect(try whole.json()["choices"]?[0]?["finish_reason"]?.string == "stop")

            #expect(try Cached.outcome(host.client.complete("whole first")) == "miss: answer 2")
            let stream = try host.client.streamCompletion("whole first")
            #expect(stream.headers["x-jackfield-cache"] == "hit")
            let events = try stream.events()
            #expect(try Asking.content(events) == "answer 2")
            #expect(events.last?.data == "[DONE]")
            #expect(upstream.requests.count == 2)
        }
    }

    @Test("with a tool call comes back as it was")
    func toolCall() throws {
        try Cached.serving(.toolCall("weather", arguments: #"{"city": "Brno"}"#)) { host, upstream throws in
            let answers = try (0..<2).map { _ in try host.client.complete("weather?").json()["choices"]?[0] }
            #expect(answers[0]?["message"]?["tool_calls"]?[0]?["function"]?["name"]?.string == "weather")
            #expect(answers[0] == answers[1])
            #expect(upstream.requests.count == 1)
        }
    }

    @Test("of embeddings is kept as well")
    func embeddings() throws {
        try Cached.serving { host, upstream throws in
            let request: JSON = ["model": "default", "input": ["one", "three"]]
            let first = try host.client.post("/v1/embeddings", request)
            let second = try host.client.post("/v1/embeddings", request)
            #expect(first.headers["x-jackfield-cache"] == "miss" && second.headers["x-jackfield-cache"] == "hit")
            #expect(second.headers["x-jackfield-attempts"] == "0" && second.headers["age"] != nil)
            #expect(try first.json()["data"] == second.json()["data"])
            let swapped = try host.client.post("/v1/embeddings", ["model": "default", "input": ["three", "one"]])
            #expect(swapped.headers["x-jackfield-cache"] == "miss")
            #expect(upstream.requests.count == 2)
        }
    }

    @Test("is never another tenant's: keys do not share, and neither do those without a key")
    func tenants() throws {
        try Cached.serving { host, upstream throws in
            func ask(_ headers: [(String, String)]) throws -> String {
                try Cached.outcome(host.client.complete("hello", headers: headers))
            }
            #expect(try ask(Accounted.bearer("first")) == "miss: answer 1")
            #expect(try ask(Accounted.bearer("second")) == "miss: answer 2")
            #expect(try ask([]) == "miss: answer 3")
            #expect(try ask(Accounted.bearer("first")) == "hit: answer 1")
            #expect(try ask([("x-api-key", "second")]) == "hit: answer 2")
            // Whoever names himself in another way is somebody else, too.
            #expect(try ask([("authorization", "Basic Zmlyc3Q6")]) == "miss: answer 4")
            #expect(try ask([("authorization", "Basic c2Vjb25kOg==")]) == "miss: answer 5")
            #expect(upstream.requests.count == 5)
        }
    }

    @Test("is not used by a model that does not ask for it")
    func off() throws {
        let upstream = try ProgrammableUpstream(Cached.numbered())
        try HostProcess.serving(Manifests.gateway([upstream.baseURL]), environment: Manifests.environment) {
            host throws in
            for number in 1...2 {
                #expect(try Cached.outcome(host.client.complete("hello")) == "nothing: answer \(number)")
            }
            #expect(try host.client.get("/api/v1/cache").json()["enabled"]?.bool == false)
            #expect(try host.client.send("DELETE", "/api/v1/cache").status == 404)
        }
    }

    @Test("passes the output validators each time, so that a stricter one holds for it too")
    func validated() throws {
        let upstream = try ProgrammableUpstream(.completion("Your token is \(ValidatorTests.token), keep it."))
        let folder = try TemporaryFolder()
        let rest = "cache: { storage: sqlite }\nstorage: { path: \"\(folder.path)/host.db\" }\n"
        try HostProcess.serving(Cached.manifest(upstream, rest: rest), environment: Manifests.environment) {
            host throws in
            #expect(try host.client.complete("hello").text.contains(ValidatorTests.token))
        }
        let strict = Cached.manifest(
            upstream, plugins: "  secrets: { use: validator/secrets }",
            rest: rest + "validators: { output: [secrets] }")
        try HostProcess.serving(strict, environment: Manifests.environment) { host throws in
            for isStreamed in [false, true] {
                let answer = try host.client.stream(
                    "/v1/chat/completions", Asking.completion("hello", stream: isStreamed))
                #expect(answer.headers["x-jackfield-cache"] == "hit")
                let text = String(decoding: try answer.rest(), as: UTF8.self)
                #expect(text.contains("Your token is") && !text.contains(ValidatorTests.token))
            }
        }
        #expect(upstream.requests.count == 1)
    }
}
