import JackfieldJSON
import Testing

@testable import Manifest

@Suite struct ConfigSchemaTests {
    private let schema = try! ConfigSchema(
        json(
            """
            {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "t", "type": "object",
             "additionalProperties": false, "required": ["url"], "properties": {
               "url": {"type": "string", "format": "uri"},
               "wait": {"type": "string", "format": "duration", "default": "30s"},
               "count": {"type": "integer", "minimum": 1, "maximum": 5, "default": 2},
               "ratio": {"type": ["number", "null"], "exclusiveMinimum": 0, "exclusiveMaximum": 1},
               "mode": {"enum": ["fast", "slow"]}, "fixed": {"const": 1},
               "key": {"type": "string", "minLength": 2, "maxLength": 4, "pattern": "^[a-zä]+$"},
               "list": {"type": "array", "minItems": 1, "maxItems": 2, "items": {"type": "object", "properties": {
                  "x": {"type": "boolean", "default": true}}, "additionalProperties": false}},
               "deep": {"type": "object", "properties": {"y": {"type": "integer", "default": 7}}},
               "free": {"type": "object", "additionalProperties": {"type": "integer"}}}}
            """))

    private func problems(_ members: String) -> [String] {
        self.schema.validate(json("{\"url\": \"https://a\"\(members.isEmpty ? "" : ", ")\(members)}")).map(
            \.description)
    }

    @Test(arguments: [
        "", #""wait": "5m""#, #""count": 5"#, #""count": 3.0"#, #""ratio": 0.5"#, #""ratio": null"#, #""mode": "slow""#,
        #""fixed": 1.0"#,
        #""key": "äbcd""#, #""list": [{}, {"x": false}]"#, #""free": {"a": 1}"#, #""deep": {"anything": []}"#,
    ])
    func whatKeepsTheRulesPasses(members: String) {
        #expect(self.problems(members) == [])
    }

    @Test(arguments: [
        (#""wait": "5""#, "wait: expected a duration like \"30s\""), (#""count": 6"#, "count: must be at most 5"),
        (#""count": 0"#, "count: must be at least 1"),
        (#""count": 1.5"#, "count: expected a whole number, found a number"),
        (#""count": "1""#, "count: expected a whole number, found a string"),
        (#""ratio": 0"#, "ratio: must be more than 0"),
        (#""ratio": 1"#, "ratio: must be less than 1"),
        (#""ratio": true"#, "ratio: expected a number or null, found a boolean"),
        (#""mode": "fats""#, "mode: expected one of \"fast\", \"slow\"; did you mean \"fast\"?"),
        (#""fixed": 2"#, "fixed: expected 1"),
        (#""key": "a""#, "key: has 1 characters, needs at least 2"),
        (#""key": "abcde""#, "key: has 5 characters, at most 4 allowed"),
        (#""key": "AB""#, "key: does not match ^[a-zä]+$"), (#""list": []"#, "list: has 0 elements, needs at least 1"),
        (#""list": [{}, {"z": 1}]"#, "list[1].z: unknown key; did you mean \"x\"?"),
        (#""free": {"a": "b"}"#, "free.a: expected a whole number, found a string"),
        (#""cuont": 1"#, "cuont: unknown key; did you mean \"count\"?"),
        (#""list": {}"#, "list: expected a list, found an object"),
    ])
    func whatBreaksOneIsToldWithItsPath(members: String, message: String) {
        #expect(self.problems(members) == [message])
    }

    @Test func messagesNeverHoldTheValue() {
        let found = self.schema.validate(
            json(#"{"url": "hunter2", "key": "hunter2", "mode": "hunter2", "wait": "hunter2"}"#))
        #expect(found.count == 5)
        #expect(!found.description.contains("hunter2"))
    }

    @Test func requiredKeysAreMissed() {
        #expect(self.schema.validate(json("{}")).map(\.description) == ["url: is missing"])
        #expect(self.schema.validate(json("[]")).map(\.description) == ["expected a map, found an array"])
    }

    @Test func defaultsAreFilledInAlsoBelow() {
        #expect(
            self.schema.fillingDefaults(json(#"{"url": "u", "list": [{}]}"#))
                == json(#"{"url": "u", "list": [{"x": true}], "wait": "30s", "count": 2, "deep": {"y": 7}}"#))
        #expect(self.schema.fillingDefaults(json(#"{"count": 1, "deep": {"y": 1}}"#))["count"] == 1)
    }

    @Test(arguments: [
        #"{"oneOf": []}"#, #"{"tpye": "string"}"#, #"{"type": "text"}"#, #"{"properties": []}"#,
        #"{"properties": {"a": {"$ref": "x"}}}"#,
        #"{"minimum": "1"}"#, #"{"minLength": -1}"#, #"{"minItems": 3, "maxItems": 2}"#, #"{"pattern": "["}"#,
        #"{"format": "email"}"#,
        #"{"enum": []}"#, #"{"required": "a"}"#, #"{"type": "integer", "default": "x"}"#, "[]", #"{"items": 5}"#,
    ])
    func unsupportedSchemasAreRefused(text: String) {
        #expect(throws: ConfigSchemaProblems.self) { try ConfigSchema(json(text)) }
    }

    @Test func allThatIsWrongWithASchemaIsTold() {
        do throws(ConfigSchemaProblems) {
            _ = try ConfigSchema(json(#"{"properties": {"a": {"tpye": "string"}, "b": {"oneOf": []}}}"#))
            Issue.record("was read")
        } catch {
            #expect(
                error.problems.map(\.description) == [
                    "properties.a.tpye: this keyword is not supported: it would not be checked; did you mean \"type\"?",
                    "properties.b.oneOf: this keyword is not supported: it would not be checked",
                ])
        }
    }

    @Test func problemsOfAPluginHaveTheManifestsLines() throws {
        let manifest = try load(
            "plugins:\n  a:\n    use: llm/offline\n    config:\n      url: \"${secret:K}\"\n      list:\n        - { z: 1 }",
            environment: ["K": "hunter2"])
        let found = manifest.problems(inConfigurationOf: try PluginInstanceID("a"), by: self.schema).map(\.description)
        #expect(
            found == [
                "jackfield.yaml:6:12: plugins.a.config.url: expected an address with its scheme, like \"https://api.example.com/v1\"",
                "jackfield.yaml:8:16: plugins.a.config.list[0].z: unknown key; did you mean \"x\"?",
            ])
    }
}
