import JackfieldJSON
import TestSupport
import Testing

@Suite("Calling a tool")
struct ToolCallTests {
    private func serving(isolation: String = "process", _ body: (HostProcess) throws -> Void) throws {
        try HostProcess.serving(
            Tools.manifest(isolation: isolation), plugins: FixturePath(Tools.fixtures), body: body)
    }

    @Test("answers with JSON as it is, in both modes", arguments: ["process", "in-process"])
    func answers(isolation: String) throws {
        try serving(isolation: isolation) { host in
            let response = try host.client.tool("basics/add", #"{"a": 40, "b": 2}"#)
            #expect(response.status == 200, "\(response.text)")
            let json = try response.json()
            #expect(json["tool"] == "basics/add" && json["content"] == ["sum": 42] && json["failed"] == false)
            #expect(json["media_type"] == "application/json" && json["duration_ms"]?.double != nil)
            #expect(try host.client.send("POST", "/api/v1/tools/basics/echo").json()["content"] == [:])
            let failed = try host.client.tool("basics/fail")
            #expect(failed.status == 200, "a failure of the tool's own is an answer")
            #expect(try failed.json()["failed"] == true)
            #expect(try failed.json()["content"] == ["problem": "the printer is on fire"])
            let line = try host.logLine("a call that failed") {
                $0["message"]?.string == "tool called" && $0["tool"]?.string == "basics/fail"
            }
            #expect(line["caller"]?.string == "api" && line["code"]?.string == "ok")
            #expect(line["failed"]?.string == "true" && line["request_id"]?.string?.isEmpty == false)
            #expect(try host.metric("jackfield.tool.calls") == 3)
        }
    }

    @Test("is listed with what the plugin said, by name and by alias")
    func listed() throws {
        try serving { host in
            let tools = try host.client.get("/api/v1/tools").json()["tools"]?.array ?? []
            #expect(
                tools.compactMap { $0["name"]?.string } == [
                    "basics/add", "basics/echo", "basics/wait", "basics/fail", "basics/refuse", "basics/long",
                    "basics/progress", "basics/crash",
                ])
            #expect(tools.first?["alias"] == "basics__add" && tools.first?["plugin"] == "basics")
            #expect(tools.first?["parameters"]?["type"] == "object")
            #expect(tools.first?["read_only"] == true && tools.last?["destructive"] == true)
            let plugin = try host.client.get("/api/v1/plugins/basics").json()
            #expect(plugin["tools"]?.array?.count == 8 && plugin["tools"]?[0]?["name"] == "add")
            #expect(try host.client.get("/api/v1/plugins/asker").json()["tools"] == nil)
        }
    }

    @Test("goes by its alias as well, and who is called is told by its name")
    func alias() throws {
        try serving { host in
            let json = try host.client.tool("basics__add", #"{"a": 1, "b": 2}"#).json()
            #expect(json["tool"] == "basics/add" && json["content"] == ["sum": 3], "\(json)")
            let absent = try host.client.tool("basics__nope", "{}")
            #expect(absent.status == 404)
            #expect(
                absent.text.contains("there is no tool \\\"basics__nope\\\"; there are basics/add"), "\(absent.text)")
        }
    }

    @Test("is refused with a sentence that says what would be right")
    func refused() throws {
        try serving { host in
            for (name, arguments, status, part) in [
                ("basics/nope", "{}", 404, "there is no tool \"basics/nope\"; there are basics/add"),
                ("nobody/add", "{}", 404, "there is no tool \"nobody/add\""),
                ("basics/add", "[1]", 400, "are an array; they must be a JSON object"),
                ("basics/add", "{\"a\":", 400, "the arguments of the tool basics/add are not JSON"),
                ("basics/add", "{}", 400, "add wants whole numbers `a` and `b`"),
            ] {
                let response = try host.client.tool(name, arguments)
                #expect(response.status == status, "\(name): \(response.text)")
                #expect(response.headers["content-type"] == "application/problem+json")
                let detail = try response.json()["detail"]?.string ?? ""
                #expect(detail.contains(part), "\(name): \(detail)")
            }
            #expect(try host.client.tool("basics/long", #"{"bytes": 2000000}"#).status == 200)
            #expect(try host.client.get("/api/v1/tools/basics/add").status != 200)
        }
    }

    @Test("does not tell a client what a plugin says of its own trouble; the log has it")
    func hidden() throws {
        try serving { host in
            let response = try host.client.tool("basics/refuse")
            #expect(response.status == 503, "\(response.text)")
            #expect(!response.text.contains("10.1.2.3") && response.text.contains("The tool could not be called"))
            try host.logLine("the reason") {
                $0["message"]?.string == "tool called" && $0["reason"]?.string?.contains("10.1.2.3") == true
            }
        }
    }

    @Test("ends at the deadline, and the next one waits for its turn no longer than it must")
    func deadline() throws {
        try serving { host in
            let response = try host.client.tool("basics/wait", headers: [("x-jackfield-timeout-ms", "200")])
            #expect(response.status == 504, "\(response.text)")
            #expect(try host.client.tool("basics/add", #"{"a": 1, "b": 2}"#).status == 200)
            // While one is inside, the others wait in the host, and their deadlines pass there.
            let statuses = try inParallel(4, width: 4) { [client = host.client] _ in
                try client.tool("basics/wait", headers: [("x-jackfield-timeout-ms", "300")]).status
            }
            #expect(statuses.allSatisfy { $0 == 504 }, "\(statuses)")
            #expect(try host.client.tool("basics/add", #"{"a": 1, "b": 2}"#).status == 200)
            #expect(try host.isolation(of: "basics")["restarts"]?.int == 0)
        }
    }

    @Test(
        "brings its events to an agent that calls it, all of them, however slow it reads",
        arguments: ["process", "in-process"])
    func events(isolation: String) throws {
        try serving(isolation: isolation) { host in
            let (answer, _) = try host.client.ask(#"call basics/progress {"steps": 5000}"#)
            #expect(answer == #"{"steps":5000} after 5000 events"#)
        }
    }

    /// Nobody else would end it, and the tool's only handler would wait for good.
    @Test("of an agent that takes none of its events ends at the deadline that the agent set")
    func held() throws {
        try serving { host in
            let (answer, _) = try host.client.ask(#"hold basics/progress {"steps": 5000}"#)
            #expect(answer.hasPrefix("error 2: "), "\(answer)")
            #expect(try host.client.tool("basics/add", #"{"a": 1, "b": 2}"#).status == 200)
        }
    }

    @Test("ends with the client that asked")
    func leaves() throws {
        try serving { host in
            let connection = try HTTPTestConnection(port: host.port)
            try connection.write("POST", "/api/v1/tools/basics/wait", body: Array("{}".utf8))
            _ = try host.eventually("the call to be inside") {
                try host.client.get("/api/v1/plugins/basics").json()["live_calls"]?["incoming"]?.int == 1 ? true : nil
            }
            connection.close()
            _ = try host.eventually("the call to be over") {
                let live = try host.client.get("/api/v1/plugins/basics").json()["live_calls"]
                return live?["incoming"]?.int == 0 && live?["abandoned"]?.int == 0 ? true : nil
            }
            #expect(try host.client.tool("basics/add", #"{"a": 1, "b": 2}"#).status == 200)
        }
    }
}
