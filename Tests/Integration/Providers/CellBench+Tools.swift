import JackfieldJSON
import TestSupport
import Testing

// Tools, in both directions.

extension CellBench {
    /// The members of a request that offer these tools.
    static func offering(_ names: [String]) -> JSON {
        let tools = names.map { name -> JSON in
            let parameters: JSON = [
                "type": "object", "properties": ["place": ["type": "string"]], "required": ["place"],
            ]
            let function: JSON = [
                "name": .string(name), "description": .string("Tells the \(name)."), "parameters": parameters,
            ]
            return ["type": "function", "function": function]
        }
        return ["tools": .array(tools)]
    }

    private static func calls(_ names: [String]) -> [DialectAnswer.Call] {
        names.enumerated().map { index, name in
            .init(id: "call_\(index + 1)", name: name, arguments: #"{"place":"Brno \#(index) \"é\""}"#)
        }
    }

    /// The same calls, whatever has become of the spaces in their arguments.
    private func check(_ calls: [DialectAnswer.Call], are wanted: [DialectAnswer.Call]) throws {
        #expect(calls.map(\.name) == wanted.map(\.name))
        for (call, wanted) in zip(calls, wanted) {
            #expect(try JSON(parsing: call.arguments) == JSON(parsing: wanted.arguments), "\(call.arguments)")
        }
        #expect(calls.map(\.id) == wanted.map(\.id))
    }

    func tools(_ names: [String], streamed: Bool) throws {
        let calls = Self.calls(names)
        var answer = DialectAnswer()
        answer.calls = calls
        answer.stop = .toolCalls
        provider.upstream.answer(dialect.answer(answer))
        if streamed {
            let stream = try askStream([Self.user("How is it?")], Self.offering(names))
            try check(stream.calls, are: calls)
            #expect(stream.reasons == ["tool_calls"])
        } else {
            let whole = try ask([Self.user("How is it?")], Self.offering(names))
            let got = (message(whole)?["tool_calls"]?.array ?? []).map { call in
                DialectAnswer.Call(
                    id: call["id"]?.string ?? "", name: call["function"]?["name"]?.string ?? "",
                    arguments: call["function"]?["arguments"]?.string ?? "")
            }
            try check(got, are: calls)
            #expect(reason(whole) == "tool_calls")
        }
        #expect(try request().tools == names)
    }

    /// A conversation in which two tools were called at once and have answered.
    func toolResults() throws {
        let calls = Self.calls(["weather", "time"])
        provider.upstream.answer(dialect.answer(DialectAnswer("Rain at noon.")))
        let made = calls.map { call -> JSON in
            let function: JSON = ["name": .string(call.name), "arguments": .string(call.arguments)]
            return ["id": .string(call.id), "type": "function", "function": function]
        }
        let answer = try ask(
            [
                Self.user("How is it?"),
                ["role": "assistant", "content": nil, "tool_calls": .array(made)],
                ["role": "tool", "tool_call_id": "call_1", "content": "Rain."],
                ["role": "tool", "tool_call_id": "call_2", "content": "Noon."],
            ], Self.offering(["weather", "time"]))
        #expect(message(answer)?["content"]?.string == "Rain at noon.")
        let read = try request()
        #expect(read.messages == [.init(role: "user", text: "How is it?")])
        #expect(read.results.map(\.text) == ["Rain.", "Noon."])
        #expect(read.calls.map(\.name) == ["weather", "time"])
        for (call, wanted) in zip(read.calls, calls) {
            #expect(try JSON(parsing: call.arguments) == JSON(parsing: wanted.arguments))
        }
        #expect(read.calls.map(\.id) == ["call_1", "call_2"])
        #expect(read.results.map(\.role) == ["call_1", "call_2"])
    }

    /// The members of a request that leave the model no choice, or nothing to choose from.
    var choiceOfTool: JSON {
        var more = Self.offering(["weather", "time"]).object ?? JSONObject()
        switch cell {
        case .anyTool: more["tool_choice"] = "required"
        case .namedTool: more["tool_choice"] = ["type": "function", "function": ["name": "time"]]
        default: more["tool_choice"] = "none"
        }
        return .object(more)
    }

    func toolChoice() throws {
        var answer = DialectAnswer("Noon.")
        if cell != .noTool {
            answer = DialectAnswer()
            answer.calls = [.init(id: "call_1", name: "time", arguments: #"{"place":"Brno"}"#)]
            answer.stop = .toolCalls
        }
        provider.upstream.answer(dialect.answer(answer))
        let whole = try ask([Self.user("How late is it?")], choiceOfTool)
        #expect(message(whole)?["tool_calls"]?.array?.count ?? 0 == answer.calls.count)
        if cell != .noTool { #expect(try request().tools == ["weather", "time"]) }
    }

    /// The members of a request that wants JSON.
    var format: JSON {
        guard cell == .jsonSchema else { return ["response_format": ["type": "json_object"]] }
        let schema: JSON = [
            "type": "object", "properties": ["river": ["type": "string"]], "required": ["river"],
            "additionalProperties": false,
        ]
        let named: JSON = ["name": "answer", "strict": true, "schema": schema]
        return ["response_format": ["type": "json_schema", "json_schema": named]]
    }

    func responseFormat() throws {
        provider.upstream.answer(dialect.answer(DialectAnswer(#"{"river":"#, #""Svratka"}"#)))
        let whole = try ask([Self.user("Which river?")], format)
        #expect(message(whole)?["content"]?.string == #"{"river":"Svratka"}"#)
        #expect(reason(whole) == "stop")
        let asked = provider.upstream.requests.last?.text ?? ""
        #expect(asked.contains(cell == .jsonSchema ? "river" : "json") || asked.contains("JSON"), "\(asked)")
    }
}
