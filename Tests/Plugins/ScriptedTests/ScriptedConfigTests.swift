import Glibc
import JackfieldJSON
import JackfieldVocabulary
import Testing

@testable import Scripted

private func message(_ config: String) -> String {
    do {
        _ = try ScriptedConfig(try JSON(parsing: config))
        return ""
    } catch let error as CallError {
        return error.message
    } catch {
        return "\(error)"
    }
}

/// A file of its own that is gone when the body is.
private func withFile(_ text: String, _ body: (String) throws -> Void) throws {
    var path = Array("/tmp/scripted-test-XXXXXX".utf8CString)
    let descriptor = mkstemp(&path)
    let name = String(decoding: path.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    defer { unlink(name) }
    try #require(descriptor >= 0)
    var bytes = Array(text.utf8)
    try #require(write(descriptor, &bytes, bytes.count) == bytes.count)
    close(descriptor)
    try body(name)
}

struct ScriptedConfigTests {
    @Test func readsAScriptFromAFileAsItReadsOneInTheManifest() throws {
        let text = #"{"rules": [{"answer": {"text": ["a", {"text": "b", "delay_ms": 5}]}, "times": 2}]}"#
        let inline = try ScriptedConfig(try JSON(parsing: "{\"script\": \(text)}"))
        try withFile(text) { path in
            let fromFile = try ScriptedConfig(["file": .string(path)])
            #expect(fromFile == inline)
        }
        #expect(inline.script.models == ["script"])
        #expect(inline.script.rules.map(\.name) == ["rules[0]"])
        #expect(inline.script.rules[0].times == 2)
        #expect(inline.script.rules[0].answer.pieces.map(\.delay) == [0, 5])
    }

    @Test func tellsWhyAFileIsNoScript() throws {
        #expect(
            message(#"{"file": "/nowhere/script.json"}"#)
                == "config.file: /nowhere/script.json cannot be read: No such file or directory")
        #expect(message(#"{"file": "/tmp"}"#) == "config.file: /tmp cannot be read: Is a directory")
        try withFile("{\"rules\": [") { path in
            #expect(message("{\"file\": \"\(path)\"}").hasPrefix("config.file: \(path) is not JSON: the text ends"))
        }
        try withFile("{\"rulse\": []}") { path in
            #expect(
                message("{\"file\": \"\(path)\"}").hasPrefix("config.file: \(path) has 2 mistakes: rulse is not known"))
        }
        try withFile(String(repeating: " ", count: ScriptedConfig.fileBound + 1)) { path in
            #expect(message("{\"file\": \"\(path)\"}").hasSuffix("it has more than 4194304 bytes"))
        }
    }

    @Test(arguments: ["{}", #"{"script": {"rules": []}, "file": "x"}"#, #"{"script": null}"#])
    func wantsEitherAScriptOrAFile(_ config: String) {
        #expect(message(config) == "config must have either script or file, and not both")
    }

    @Test func refusesKeysThatItDoesNotKnow() {
        #expect(message(#"{"scripts": {}}"#) == "config.scripts is not known; the keys here are script, file")
    }

    @Test func tellsAllMistakesAtOnceEachWithItsPath() {
        let text = message(
            """
            {"script": {"models": ["a", "a"], "embeddings": {"dimensions": 0}, "rules": [
              {"wen": {}, "answer": {"text": 7}},
              {"when": {"model": "b", "matches": "(", "contains": "", "tool_result": 1}, "times": 0},
              {"answer": {"text": ["a", {"txt": "b"}], "stop": "done", "usage": {"tokens": 1}}, "hang": {"after_pieces": 3}},
              {"answer": {"tool_calls": [{"arguments": [1]}, {"name": "f", "arguments": {"x": ["{{inptu}}"]}}]}},
              {"fault": {"code": "overloaded", "retry": "yes"}, "hang": true},
              7
            ]}}
            """)
        for mistake in [
            "models[1] names \"a\" a second time",
            "embeddings.dimensions must be a whole number from 1 to 4096",
            "rules[0].wen is not known; the keys here are name, when, after, times, delay_ms, answer, fault, hang",
            "rules[0].answer.text must be a string or a list of pieces, not a number",
            "rules[1].when.model is \"b\", which is not in models: a, a",
            "rules[1].when.contains must not be empty",
            "rules[1].when.matches is not a regular expression: (",
            "rules[1].when.tool_result must be true or false, not a number",
            "rules[1].times must be a whole number from 1 to 1000000000",
            "rules[1] does nothing; it must have an answer, a fault or a hang",
            "rules[2].answer.text[1].txt is not known; the keys here are text, delay_ms",
            "rules[2].answer.text[1].text must be there: a string",
            "rules[2].answer.stop must be one of stop, length, tool_calls, content_filter",
            "rules[2].answer.usage.tokens is not known",
            "rules[2].hang.after_pieces is 3; the pieces of the answer's reasoning and text are 1",
            "rules[3].answer.tool_calls[0].name must be there: the name of a tool",
            "rules[3].answer.tool_calls[0].arguments must be an object, or a string that is passed on as it is, not an array",
            "rules[3].answer.tool_calls[1].arguments.x[0] holds {{inptu}}, which is not known; there are {{input}}",
            "rules[4].fault.code must be one of cancelled, deadline, invalid_argument",
            "and 2 more",
        ] {
            #expect(text.contains(mistake), "missing: \(mistake)")
        }
        #expect(text.hasPrefix("config.script has 22 mistakes: "))
    }

    @Test func knowsEveryCodeOfAFaultAndNoOther() {
        for code in CallError.Code.allCases {
            #expect(message("{\"script\": {\"rules\": [{\"fault\": {\"code\": \"\(code.label)\"}}]}}") == "")
        }
        #expect(
            message(#"{"script": {"rules": [{"fault": {"code": "overloaded"}}]}}"#).hasPrefix(
                "config.script has a mistake: rules[0].fault.code must be one of cancelled, deadline, invalid_argument")
        )
        #expect(message(#"{"script": {"rules": [{"fault": {}}]}}"#).contains("rules[0].fault.code must be one of"))
    }

    @Test func canFailOrHangButNotBoth() {
        #expect(
            message(#"{"script": {"rules": [{"fault": {"code": "internal"}, "hang": true}]}}"#)
                == "config.script has a mistake: rules[0] has a fault and a hang; it can have one of them")
    }

    @Test func wantsRules() {
        #expect(message(#"{"script": {}}"#) == "config.script has a mistake: rules must be there: a list of rules")
        #expect(
            message(#"{"script": []}"#) == "config.script has a mistake: the script must be an object, not an array")
    }
}

struct TemplateTests {
    private func filled(_ text: String) throws -> String {
        try Template(text).filled { $0 == .toolResult ? "r" : "<\($0.rawValue)>" }
    }

    @Test(arguments: [
        ("", ""), ("plain", "plain"), ("{{input}}", "<input>"), ("a{{model}}b{{count}}", "a<model>b<count>"),
        ("{{tool_result}}{{input}}", "r<input>"), ("{{{input}}}", "{<input>}"),
        (#"{"a":{"b":{}}}"#, #"{"a":{"b":{}}}"#),
        ("{{", "{{"), ("{{ input }}", "{{ input }}"), ("{{input}", "{{input}"), ("é{{input}}é", "é<input>é"),
    ])
    func fillsSlotsAndLeavesOtherBracesAlone(_ text: String, _ result: String) throws {
        #expect(try filled(text) == result)
    }

    @Test func refusesASlotThatNobodyKnows() {
        #expect(throws: Template.UnknownSlot(name: "name")) { try Template("Dear {{name}}") }
    }
}
