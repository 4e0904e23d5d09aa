import JackfieldJSON
import JackfieldTesting
import JackfieldVocabulary
import Testing

@testable import @TYPE@Plugin

@Suite("@ID@")
struct @TYPE@Tests {
    private func call(_ tool: String, _ arguments: String, config: JSON = [:]) async throws -> Tool.Result {
        try await TestHost(@TYPE@.definition, config: config).call(tool, arguments).result()
    }

    @Test("lists two tools with schemas that are JSON")
    func list() throws {
        let tools = try TestHost(@TYPE@.definition).tools()
        #expect(tools.map(\.name) == ["convert", "units"])
        for tool in tools {
            #expect(try JSON(parsing: tool.parameters)["type"] == "object")
            #expect(tool.traits == [.readOnly, .idempotent])
        }
    }

    @Test(
        "converts",
        arguments: [
            (#"{"value":1,"from":"km","to":"m"}"#, #"{"value":1000,"unit":"m"}"#),
            (#"{"value":1,"from":"ft","to":"in"}"#, #"{"value":12,"unit":"in"}"#),
            (#"{"value":-40,"from":"C","to":"F"}"#, #"{"value":-40,"unit":"F"}"#),
            (#"{"value":0,"from":"K","to":"C"}"#, #"{"value":-273.15,"unit":"C"}"#),
            (#"{"value":1,"from":"lb","to":"oz"}"#, #"{"value":16,"unit":"oz"}"#),
        ])
    func conversion(arguments: String, content: String) async throws {
        #expect(try await call("convert", arguments) == Tool.Result(content: content))
    }

    @Test("rounds as configured")
    func rounding() async throws {
        let result = try await call("convert", #"{"value":1,"from":"m","to":"ft"}"#, config: ["decimals": 2])
        #expect(result.content == #"{"value":3.28,"unit":"ft"}"#)
    }

    @Test("lets the model read why it cannot convert")
    func kinds() async throws {
        let result = try await call("convert", #"{"value":1,"from":"kg","to":"m"}"#)
        #expect(result.isFailure)
        #expect(result.content == #"{"error":"cannot convert kg to m: mass is not length"}"#)
    }

    @Test("lists the units of a kind")
    func units() async throws {
        #expect(try await call("units", #"{"kind":"temperature"}"#).content == #"{"temperature":["C","F","K"]}"#)
        #expect(try JSON(parsing: await call("units", "{}").content)["length"]?.array?.count == 7)
    }

    @Test(
        "says which argument is wrong",
        arguments: [
            ("convert", "[]", "the arguments must be a JSON object with value, from, to"),
            ("convert", #"{"from":"m","to":"km"}"#, "value: it must be a number"),
            ("convert", #"{"value":1,"from":"yard","to":"m"}"#, #"from: "yard" is none of m, km, cm, "#),
            ("units", #"{"sort":true}"#, "sort: there is no such argument; there are kind"),
        ])
    func mistakes(tool: String, arguments: String, sentence: String) async throws {
        let error = await #expect(throws: CallError.self) { try await call(tool, arguments) }
        #expect(error?.code == .invalidArgument)
        #expect(error?.message.hasPrefix(sentence) == true)
    }

    @Test("knows no other tool")
    func unknown() async throws {
        let error = await #expect(throws: CallError.self) { try await call("multiply", "{}") }
        #expect(error?.code == .notFound)
    }
}
