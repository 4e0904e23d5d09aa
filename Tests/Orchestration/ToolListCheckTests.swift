import JackfieldVocabulary
import Testing

@testable import Registry

@Suite("What a plugin lists as its tools")
struct ToolListCheckTests {
    private static let schema = #"{"type":"object","properties":{"a":{"type":"integer"},"b":true},"required":["a"]}"#

    private func problem(_ tools: [Tool.Entry]) -> String? { ToolListCheck.problem(in: tools) }

    @Test("may be nothing, and names of 1 to 64 letters, digits, _ and -")
    func good() {
        #expect(problem([]) == nil)
        let names = ["a", "A-b_9", String(repeating: "x", count: 64)]
        #expect(
            problem(names.map { Tool.Entry(name: $0, description: "", parameters: Self.schema, result: "true") }) == nil
        )
        #expect(problem([Tool.Entry(name: "a", description: "", parameters: #"{"type":"object"}"#)]) == nil)
    }

    @Test(
        "is refused with the name of the tool and what is wrong",
        arguments: [
            ([("", schema)], "lists a tool 1 whose name \"\" is not 1 to 64 of letters"),
            ([("a", schema), ("a/b", schema)], "lists a tool 2 whose name \"a/b\" is not"),
            ([("ü", schema)], "lists a tool 1 whose name \"ü\" is not"),
            ([(String(repeating: "x", count: 65), schema)], "lists a tool 1 whose name"),
            ([("a", schema), ("a", schema)], "lists the tool a twice"),
            ([("a", "")], "lists the tool a with parameters that are no JSON Schema of type object: there is none"),
            ([("a", "{")], "of type object: it is not JSON"), ([("a", "[]")], "of type object: it is an array"),
            ([("a", "true")], "of type object: they are a boolean"), ([("a", "{}")], "`type` is not \"object\""),
            ([("a", #"{"type":["object"]}"#)], "`type` is not \"object\""),
            ([("a", #"{"type":"object","properties":[]}"#)], "`properties` is an array"),
            ([("a", #"{"type":"object","properties":{"x":1}}"#)], "`properties.x` is a number, and no schema"),
            ([("a", #"{"type":"object","required":"x"}"#)], "`required` is not a list of names"),
            ([("a", #"{"type":"object","required":[1]}"#)], "`required` is not a list of names"),
        ])
    func bad(_ tools: [(String, String)], _ part: String) {
        let found = problem(tools.map { Tool.Entry(name: $0, description: "", parameters: $1) })
        #expect(found?.contains(part) == true, "\(found ?? "nothing")")
    }

    @Test("is refused where a result is no schema, where it is too long, and where it is too much")
    func more() {
        func entry(_ name: String, description: String = "", result: String? = nil) -> Tool.Entry {
            Tool.Entry(name: name, description: description, parameters: Self.schema, result: result)
        }
        #expect(problem([entry("a", result: "7")])?.contains("a result that is no JSON Schema: it is a number") == true)
        #expect(problem([entry("a", description: String(repeating: "x", count: 65537))])?.contains("65536") == true)
        #expect(problem((0..<513).map { entry("t\($0)") }) == "lists 513 tools; 512 are allowed")
        #expect(problem((0..<512).map { entry("t\($0)") }) == nil)
    }
}
