import JackfieldJSON
import Testing

@testable import Manifest

@Suite struct InterpolationTests {
    private func config(_ text: String, _ environment: [String: String] = [:]) throws -> String? {
        let manifest = try load(
            "plugins: { a: { use: llm/offline, config: { value: \(text) } } }", environment: environment)
        return manifest.plugins[0].configuration.reveal()["value"]?.string
    }

    @Test(arguments: [
        (#""${A}""#, "1"), (#""${A:-d}""#, "1"), (#""${NO:-d}""#, "d"), (#""${EMPTY:-d}""#, "d"), (#""${EMPTY}""#, ""),
        (#""${A:+yes}""#, "yes"), (#""${NO:+yes}""#, ""), (#""${EMPTY:+yes}""#, ""), (#""a${A}b${A}c""#, "a1b1c"),
        (#""$${A}""#, "${A}"), (#""$5 and $A""#, "$5 and $A"), (#""${NO:-${A}2}""#, "12"), (#""${NO:-}""#, ""),
        (#""${NO:-http://x:1/y}""#, "http://x:1/y"),
    ])
    func textsAreReplaced(text: String, result: String) throws {
        #expect(try self.config(text, ["A": "1", "EMPTY": ""]) == result)
    }

    @Test func anUnsetVariableIsAProblemWithItsLine() {
        #expect(
            problems("server:\n  listen: \"${ADDRESS}\"") == [
                "jackfield.yaml:3:11: server.listen: the environment variable ADDRESS is not set; set it, or write ${ADDRESS:-default}"
            ])
    }

    @Test(arguments: [#""${A""#, #""${}""#, #""${A-b}""#, #""${1A}""#, #""${secret:}""#, #""${secret:A:+x}""#])
    func malformedExpressionsAreProblems(text: String) {
        #expect(
            problems("plugins: { a: { use: llm/offline, config: { v: \(text) } } }", environment: ["A": "1"]).count == 1
        )
    }

    @Test func malformedExpressionsAreProblemsInADisabledPluginToo() {
        #expect(problems("plugins: { a: { use: llm/offline, enabled: false, config: { v: \"${A\" } } }").count == 1)
    }

    @Test func valuesAreNotInterpolatedAgain() throws {
        #expect(try self.config(#""${A}""#, ["A": "${B}", "B": "x"]) == "${B}")
    }

    @Test func aDisabledPluginNeedsNothing() throws {
        let text = """
            plugins:
              cloud:
                use: llm/openai
                enabled: "${KEY:+true}"
                config: { api_key: "${secret:KEY}", url: "${URL}" }
                grants: { http: ["${URL}"] }
            """
        let manifest = try load(text)
        #expect(!manifest.plugins[0].enabled)
        let found = problems(text, environment: ["KEY": "k"])
        #expect(found.count == 2)
        #expect(found.allSatisfy { $0.contains("URL is not set") })
        let enabled = try load(text, environment: ["KEY": "k", "URL": "http://x"])
        #expect(enabled.plugins[0].enabled)
        #expect(enabled.plugins[0].configuration.reveal()["api_key"] == "k")
    }

    @Test(arguments: [
        ("", false), ("false", false), ("0", false), ("no", false), ("true", true), ("truetrue", true), ("1", true),
    ])
    func conditionsReadAsPeopleMeanThem(value: String, isOn: Bool) throws {
        let manifest = try load(
            "plugins: { a: { use: llm/offline, enabled: \"${A}\" } }", environment: ["A": value])
        #expect(manifest.plugins[0].enabled == isOn)
    }

    @Test func aMisspeltConditionIsAProblem() {
        #expect(problems("plugins: { a: { use: llm/offline, enabled: flase } }").count == 1)
    }

    @Test func secretsComeFromVariablesFilesAndTheFolder() throws {
        let folder = TemporaryFolder()
        let file = folder.put("from-file\n", in: "key.txt")
        folder.put("from-folder", in: "C")
        let manifest = try load(
            """
            secrets: { directory: "${DIR}" }
            plugins:
              a:
                use: llm/offline
                config: { a: "${secret:A}", b: "${secret:B}", c: "Bearer ${secret:C}", d: "${secret:D:-none}" }
            """, environment: ["DIR": folder.path, "A": "from-variable", "B_FILE": file])
        let configuration = manifest.plugins[0].configuration
        #expect(
            configuration.reveal()
                == json(#"{"a":"from-variable","b":"from-file","c":"Bearer from-folder","d":"none"}"#))
        #expect(configuration.redacted["c"] == "Bearer ${secret:C}")
        #expect(try manifest.secretSource.secret(SecretName("C"))?.reveal() == "from-folder")
        #expect(try manifest.secretSource.secret(SecretName("Z")) == nil)
    }

    @Test func aMissingSecretSaysHowToSetIt() {
        let found = problems("plugins:\n  a: { use: llm/offline, config: { k: \"${secret:KEY}\" } }")
        #expect(found.count == 1)
        #expect(found[0].hasPrefix("jackfield.yaml:3:"))
        #expect(
            found[0].contains(
                "plugins.a.config.k: the secret KEY is not set; set the environment variable KEY, or KEY_FILE"))
    }

    @Test func anUnreadableSecretFileIsAProblem() {
        let found = problems(
            "plugins: { a: { use: llm/offline, config: { k: \"${secret:KEY}\" } } }",
            environment: ["KEY_FILE": "/no/such"])
        #expect(found.count == 1)
        #expect(found[0].contains("/no/such cannot be read: no such file"))
    }

    @Test func secretsStandOnlyInConfig() {
        let found = problems("storage: { path: \"${secret:KEY}\" }", environment: ["KEY": "hunter2"])
        #expect(found.count == 1)
        #expect(found[0].contains("only in a plugin's config"))
        #expect(!found[0].contains("hunter2"))
    }
}
