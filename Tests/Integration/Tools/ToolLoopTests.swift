import JackfieldJSON
import TestSupport
import Testing

/// What a model makes of tools that the host calls for it: the agent asks with JACKFIELD_LLM_RUN_TOOLS, and answers with
/// what it hears, stop and usage in brackets.
@Suite("A model that calls tools")
struct ToolLoopTests {
    private func serving(
        isolation: String = "process", grants: String = "[basics]", loop: String = "", plugins: String = "",
        rest: String = "", fixtures: [String] = [], model: UpstreamScript,
        _ body: (HostProcess, ProgrammableUpstream) throws -> Void
    ) throws {
        let upstream = try ProgrammableUpstream(model)
        let manifest = Tools.manifest(
            isolation: isolation, grants: grants, loop: loop, upstream: upstream.baseURL, plugins: plugins, rest: rest)
        try HostProcess.serving(manifest, plugins: FixturePath(Tools.fixtures + fixtures)) { host in
            try body(host, upstream)
        }
    }

    /// The messages of a question to the model, without the user's.
    private func messages(_ upstream: ProgrammableUpstream, _ index: Int) -> [JSON] {
        Array((upstream.requests[index].json?["messages"]?.array ?? []).dropFirst())
    }

    private func extra(_ answer: String) throws -> JSON {
        let start = try #require(answer.firstRange(of: "[extra "))
        return try #require(try JSON(parsing: String(answer[start.upperBound...].dropLast()))["tool_loop"])
    }

    private static let twice = Tools.model { turn, said in
        switch turn {
        case 0: .calls([("basics__add", #"{"a": 2, "b": 3}"#)], text: "Let me see. ")
        case 1: .calls([("basics__add", #"{"a": 5, "b": 37}"#), ("basics__fail", "")], text: "And again. ")
        default: .text("It is \(said.joined(separator: " and ")).")
        }
    }

    @Test("gets their answers and comes to its own, in both modes", arguments: ["process", "in-process"])
    func twice(isolation: String) throws {
        try serving(isolation: isolation, model: Self.twice) { host, upstream in
            let (answer, findings) = try host.client.ask("run Add them up.")
            #expect(
                answer.hasPrefix(
                    "Let me see.  [usage 11+7]And again.  [usage 22+14]"
                        + #"It is {"sum":42} and {"problem":"the printer is on fire"}. [stop stop] [usage 33+21]"#),
                "\(answer)")
            #expect(
                findings == [
                    #"round 1: basics/add 0: {"sum":5}"#, #"round 2: basics/add 0: {"sum":42}"#,
                    #"round 2: basics/fail failed 0: {"problem":"the printer is on fire"}"#,
                ])
            let loop = try extra(answer)
            #expect(loop["asked"] == 3 && loop["calls"] == 3 && loop["limit"] == nil && loop["unpriced"] == true)

            #expect(upstream.requests.count == 3)
            let tools = upstream.requests[0].json?["tools"]?.array ?? []
            #expect(tools.count == 8 && tools[0]["function"]?["name"] == "basics__add")
            #expect(tools[0]["function"]?["parameters"]?["required"] == ["a", "b"])
            let asked = messages(upstream, 1)
            #expect(asked.count == 2)
            #expect(asked[0]["role"] == "assistant" && asked[0]["content"] == "Let me see. ")
            #expect(asked[0]["tool_calls"]?[0]?["id"] == "call_0")
            #expect(asked[0]["tool_calls"]?[0]?["function"]?["name"] == "basics__add")
            #expect(asked[1]["role"] == "tool" && asked[1]["tool_call_id"] == "call_0")
            #expect(asked[1]["content"]?.text.contains(#"sum\":5"#) == true, "\(asked[1].text)")
            #expect(messages(upstream, 2).count == 5)
        }
    }

    @Test("gets them over the API for agents, with the scripted model as well")
    func scripted() throws {
        let plugins = """
              actor:
                use: llm/scripted
                config:
                  script:
                    rules:
                      - when: { tool_result: false }
                        answer: { tool_calls: [{ name: basics__add, arguments: { a: 1, b: 2 } }] }
                      - when: { tool_result: true }
                        times: 1
                        answer: { tool_calls: [{ name: basics__echo, arguments: { said: "{{tool_result}}" } }] }
                      - answer: { text: "Done: {{tool_result}}" }
            """
        let manifest = Tools.manifest(plugins: plugins, rest: "models: { default: { route: [actor/script] } }")
            .replacing("tools: [basics] }", with: "tools: [basics], models: [default] }")
        try HostProcess.serving(manifest, plugins: FixturePath(Tools.fixtures)) { host in
            let response = try host.client.post(
                "/api/v1/orchestrate", ["input": "run the fixture", "agents": ["asker"]])
            #expect(response.status == 200, "\(response.text)")
            let json = try response.json()
            #expect(json["answer"]?.string?.contains(#"Done: {"said":"{\"sum\":3}"}"#) == true, "\(response.text)")
            #expect(json["findings"]?.array?.count == 2)
        }
    }

    @Test("is told what was wrong with its call: no such tool, arguments that are no JSON, a tool that crashes")
    func wrong() throws {
        let model = Tools.model { turn, said in
            turn == 0
                ? .calls([
                    ("nope", "{}"), ("basics__add", "{\"a\": "), ("basics__add", "{}"),
                    ("basics__crash", #"{"now":true}"#),
                    ("basics__add", #"{"a":1,"b":1}"#),
                ]) : .text(said.joined(separator: "\n"))
        }
        try serving(grants: "[basics/add, basics/crash]", model: model) { host, _ in
            let (answer, findings) = try host.client.ask("run wild")
            let said = answer.dropFirst(" [usage 11+7]".count).split(separator: "\n")
            #expect(said.count == 5, "\(answer)")
            for (index, part) in [
                "The tool could not be called (not_found): there is no tool \"nope\"; there are basics__add, basics__crash",
                "The tool could not be called (invalid_argument): the arguments of the tool basics/add are not JSON",
                "The tool could not be called (invalid_argument): add wants whole numbers `a` and `b`",
                "The tool could not be called (internal): the tool basics/crash crashed during this call",
                #"{"sum":2}"#,
            ].enumerated() where said.indices.contains(index) {
                #expect(said[index].hasPrefix(part), "\(said[index])")
            }
            guard findings.count == 5 else { throw TestFailure("\(findings)") }
            #expect(findings[0].hasPrefix("round 1: nope 6: ") && findings[1].hasPrefix("round 1: basics/add 3: "))
            #expect(
                findings[3].hasPrefix("round 1: basics/crash 12: ") && findings[4].hasPrefix("round 1: basics/add 0: "))
        }
    }

    @Test("that calls a tool of the one who asked gets none called: all calls are told")
    func mixed() throws {
        let model = Tools.model { turn, _ in
            turn == 0
                ? .calls([("basics__add", #"{"a":1,"b":1}"#), ("mine", #"{"x":1}"#)]) : .text("never")
        }
        try serving(model: model) { host, upstream in
            let (answer, findings) = try host.client.ask("own tools")
            #expect(answer.contains(#"CALL basics__add({"a":1,"b":1})"#), "\(answer)")
            #expect(answer.contains(#"CALL mine({"x":1})"#) && answer.contains("[stop tool_calls]"), "\(answer)")
            #expect(findings.isEmpty && upstream.requests.count == 1)
            #expect(try host.metric("jackfield.tool.calls") == nil)
        }
    }

    @Test("is told another name where the request has a tool of that name, and the request's is meant")
    func collision() throws {
        // The agent's own tool is called "mine"; the granted one of an instance would be `INSTANCE__TOOL`, which the
        // request's is not: both are offered.
        try serving(model: Tools.model { _, _ in .text("none") }) { host, upstream in
            _ = try host.client.ask("own tools")
            let names = upstream.requests[0].json?["tools"]?.array?.compactMap { $0["function"]?["name"]?.string } ?? []
            #expect(names.first == "mine" && names.count == 9)
        }
    }

    // MARK: Limits

    private static let forever = Tools.model { _, _ in .calls([("basics__echo", "{}")], text: "again ") }

    @Test(
        "is asked again as often as the manifest or the agent allows, then its text is the answer",
        arguments: [("run", 3), ("run2", 2)])
    func rounds(verb: String, asked: Int) throws {
        try serving(loop: "rounds: 2", model: Self.forever) { host, upstream in
            let (answer, findings) = try host.client.ask("\(verb) on")
            #expect(upstream.requests.count == asked)
            #expect(answer.hasPrefix("again ") && answer.contains("[stop length]"), "\(answer)")
            #expect(findings.count == asked - 1)
            #expect(try extra(answer)["limit"] == "rounds")
            #expect(upstream.requests.last?.json?["tool_choice"] == "none", "calls of the last question are not made")
            #expect(upstream.requests.first?.json?["tool_choice"] == nil)
            try host.logLine("the limit") {
                $0["message"]?.string == "tool loop ended at its limit" && $0["limit"]?.string == "rounds"
            }
        }
    }

    @Test("is not asked again when its answers cost as much as they may")
    func cost() throws {
        // 11 and 7 tokens: 18 dollars a turn.
        let prices = #"prices: { "up/upstream-model": { input: 1000000, output: 1000000 } }"#
        try serving(loop: "cost: 30", rest: prices, model: Self.forever) { host, upstream in
            let (answer, findings) = try host.client.ask("run on")
            #expect(upstream.requests.count == 2 && findings.count == 1)
            let loop = try extra(answer)
            #expect(loop["limit"] == "cost" && loop["cost_usd"]?.double == 36 && loop["unpriced"] == nil, "\(answer)")
        }
    }

    @Test("is not asked again when the time is up, and the tool that runs then is ended")
    func time() throws {
        let model = Tools.model { _, _ in .calls([("basics__wait", "{}")], text: "Waiting. ") }
        try serving(loop: "timeout: 3s", model: model) { host, upstream in
            let (answer, findings) = try host.client.ask("run on")
            #expect(upstream.requests.count == 1)
            #expect(answer.hasPrefix("Waiting. ") && answer.contains("[stop length]"), "\(answer)")
            #expect(findings.count == 1 && findings[0].hasPrefix("round 1: basics/wait 2: "), "\(findings)")
            #expect(try extra(answer)["limit"] == "time")
            _ = try host.eventually("the tool to be through") {
                let live = try host.client.get("/api/v1/plugins/basics").json()["live_calls"]
                return live?["incoming"]?.int == 0 && live?["abandoned"]?.int == 0 ? true : nil
            }
        }
    }

    @Test("that hangs is given up when the time is up, and what it said before is the answer")
    func hang() throws {
        let model = Tools.model { turn, _ in turn == 0 ? .calls([("basics__echo", "{}")], text: "First. ") : .hang }
        try serving(loop: "timeout: 3s", model: model) { host, upstream in
            let (answer, findings) = try host.client.ask("run on")
            #expect(answer.hasPrefix("First. ") && answer.contains("[stop length]"), "\(answer)")
            #expect(findings.count == 1 && upstream.requests.count == 2)
            #expect(try extra(answer)["limit"] == "time")
        }
    }

    @Test("is given up when the time is up and the agent took no events until then, which hears why by the result")
    func stalled() throws {
        try serving(loop: "rounds: 50, timeout: 4s", model: Self.forever) { host, _ in
            let (answer, _) = try host.client.ask("stall on")
            #expect(answer.hasPrefix("again  [extra "), "\(answer)")
            #expect(try extra(answer)["limit"] == "time")
        }
    }

    @Test("and the request's own deadline ends it with an error, tools included")
    func deadline() throws {
        let model = Tools.model { _, _ in .calls([("basics__wait", "{}")]) }
        try serving(model: model) { host, _ in
            let response = try host.client.post(
                "/api/v1/agents/asker/invoke", ["input": "run on"], headers: [("x-jackfield-timeout-ms", "300")])
            #expect(response.status == 504, "\(response.text)")
            _ = try host.eventually("the tool to be through") {
                let live = try host.client.get("/api/v1/plugins/basics").json()["live_calls"]
                return live?["incoming"]?.int == 0 && live?["abandoned"]?.int == 0 ? true : nil
            }
        }
    }

    @Test("is told the first 64 KiB of a long answer, with a note")
    func long() throws {
        let model = Tools.model { turn, said in
            turn == 0
                ? .calls([("basics__long", #"{"bytes": 200000}"#)])
                : .text("\(said[0].utf8.count) \(said[0].suffix(80))")
        }
        try serving(model: model) { host, _ in
            let (answer, _) = try host.client.ask("run on")
            let size = Int(answer.drop { $0 != "]" }.dropFirst().prefix { $0.isNumber }) ?? 0
            #expect((65536...65700).contains(size), "\(answer.prefix(40))")
            #expect(answer.contains("[cut off: the tool answered with 200002 bytes, of which these are the first]"))
        }
    }

    // MARK: Validators

    private static let leaky = Tools.model { turn, said in
        turn == 0 ? .calls([("basics__echo", #"{"key": "AKIAIOSFODNN7EXAMPLE"}"#)]) : .text(said[0])
    }

    @Test(
        "sees of a tool's answer what the input validators let through",
        arguments: [
            ("redact", #"{"key": "[redacted:aws-access-key]"}"#),
            (
                "block",
                "The tool could not be called (refused): what the tool answered was withheld by a validator of this host"
            ),
        ])
    func screened(action: String, told: String) throws {
        let guardian = "  secrets: { use: validator/secrets, config: { action: { input: \(action) } } }"
        try serving(plugins: guardian, rest: "validators: { input: [secrets] }", model: Self.leaky) { host, upstream in
            let (answer, findings) = try host.client.ask("run on")
            #expect(answer.hasPrefix(" [usage 11+7]\(told) [stop stop]"), "\(answer)")
            #expect(messages(upstream, 1)[1].text.contains("AKIA") == false)
            #expect(findings.count == 1 && !findings[0].contains("AKIA"), "\(findings)")
        }
    }

    @Test("sees nothing of it where a validator fails")
    func failClosed() throws {
        let guardian = "  mute: { use: validator/mute }"
        let rest = "validators: { input: [mute], timeout: 100ms }"
        try serving(plugins: guardian, rest: rest, fixtures: ["validator/mute"], model: Self.leaky) { host, upstream in
            // The question itself is an input too.
            let response = try host.client.invoke("asker", "run on")
            #expect(response.status == 503, "\(response.text)")
            #expect(upstream.requests.isEmpty)
        }
    }
}
