import JackfieldJSON
import Testing

@testable import Manifest

@Suite struct DecodingTests {
    @Test func theManifestOfTheContractIsUnderstood() throws {
        let manifest = try load(
            """
            profile: production
            server: { listen: "0.0.0.0:9000", max_body: 1MiB, request_timeout: 2m, loops: 2, cors: { origins: ["https://a.example"] } }
            features: { fast: true }
            plugins:
              system: { use: agent/system-monitoring, grants: { models: [default] } }
              openai:
                use: llm/openai
                isolation: process
                required: true
                sha256: "\(String(repeating: "aB", count: 32))"
                config: { base_url: "https://api.openai.com/v1", n: 3, deep: [{ x: null }], quoted: "3", on: true }
                grants: { http: ["https://api.openai.com"], topics: [a.b], secrets: [KEY], read: [/etc] }
              guard: { file: ./libguard.so }
            models:
              default: { route: ["openai/gpt-4o-mini"], timeout: 30s, retries: 0 }
            validators: { input: [guard], on_failure: { guard: allow } }
            orchestrator: { max_agents: 5, threshold: 0.5 }
            """)
        #expect(manifest.profile == .production)
        #expect(manifest.logging.level == .info)
        #expect(manifest.server.listen == ListenAddress(host: "0.0.0.0", port: 9000))
        #expect(manifest.server.maxBody == .mebibytes(1))
        #expect(manifest.server.requestTimeout == .seconds(120))
        #expect(manifest.server.idleTimeout == .seconds(60))
        #expect(manifest.isOn(try FeatureName("fast")))
        #expect(manifest.plugins.map(\.id.text) == ["system", "openai", "guard"])
        let openai = manifest.plugins[1]
        #expect(openai.isolation == .process)
        #expect(openai.required)
        #expect(openai.sha256 == String(repeating: "ab", count: 32))
        #expect(
            openai.configuration.reveal()
                == json(#"{"base_url":"https://api.openai.com/v1","n":3,"deep":[{"x":null}],"quoted":"3","on":true}"#))
        #expect(openai.grants.http.map(\.description) == ["https://api.openai.com"])
        #expect(manifest.plugins[2].source == .file("./libguard.so"))
        #expect(manifest.models[0].upstreams[0].upstreamModel == "gpt-4o-mini")
        #expect(manifest.models[0].retries == 0)
        #expect(manifest.validators.actionOnFailure(of: try PluginInstanceID("guard")) == .allow)
        #expect(manifest.orchestrator.threshold == 0.5)
    }

    @Test func allMistakesAreToldAtOnceInReadingOrder() {
        let found = problems(
            """
            profil: production
            server:
              listen: 8080
              max_body: 3XB
              loops: 999
              cors: { origins: ["*", "https://a.example"] }
            logging: { level: loud, format: jsn }
            storage: [data]
            debug: maybe
            plugins:
              openai: { use: llm/openai, isolaton: process, grants: { http: ["api.openai.com"], read: [relative] } }
              Bad_Id: { use: llm/offline }
              both: { use: llm/offline, file: x }
              none: {}
            models:
              empty: { route: [] }
              missing: { timeout: 60 }
              twice: { route: [openai/a, openai/a], retries: 11 }
            """)
        let expected = [
            "jackfield.yaml:2:1: profil: unknown key; did you mean \"profile\"?",
            "jackfield.yaml:4:11: server.listen: \"8080\" names no port: write HOST:PORT, like \"127.0.0.1:8080\" or \"[::1]:8080\"",
            "jackfield.yaml:5:13: server.max_body: \"3XB\" is not a size: write a number and B, KB, MB, GB, KiB, MiB or GiB, like \"16MiB\"",
            "jackfield.yaml:6:10: server.loops: expected a whole number from 0 to 256, found \"999\"",
            "jackfield.yaml:7:20: server.cors.origins: \"*\" is every origin already: leave out the others",
            "jackfield.yaml:8:19: logging.level: expected one of trace, debug, info, notice, warning, error, critical, found \"loud\"",
            "jackfield.yaml:8:33: logging.format: expected one of auto, json, human, found \"jsn\"; did you mean \"json\"?",
            "jackfield.yaml:9:10: storage: expected a map of keys, found a list",
            "jackfield.yaml:10:8: debug: expected true or false, found \"maybe\"",
            "jackfield.yaml:12:30: plugins.openai.isolaton: unknown key; did you mean \"isolation\"?",
            "jackfield.yaml:12:66: plugins.openai.grants.http[0]: \"api.openai.com\" is not an origin: write \"https://HOST\" or \"http://HOST:PORT\"",
            "jackfield.yaml:12:92: plugins.openai.grants.read[0]: expected an absolute path, found \"relative\"",
            "jackfield.yaml:13:3: plugins.Bad_Id: \"Bad_Id\" is not a plugin id: 1 to 63 of a-z, 0-9 and \"-\", not starting or ending with \"-\"",
            "jackfield.yaml:14:35: plugins.both.file: stands beside use: write one of the two",
            "jackfield.yaml:15:9: plugins.none: says not what it is: write use: KIND/NAME, or file: PATH",
            "jackfield.yaml:17:19: models.empty.route: is empty: at least 1 needed",
            "jackfield.yaml:18:12: models.missing.route: is missing: Which plugin instance to ask for which of its models, in order of preference. A list within the list shares the load, as \"INSTANCE/MODEL weight=3\" says. Entries of disabled plugins are passed over.",
            "jackfield.yaml:18:23: models.missing.timeout: \"60\" is not a duration: write a number and ms, s, m, h or d, like \"30s\"",
            "jackfield.yaml:19:30: models.twice.route[1]: stands in this list twice",
            "jackfield.yaml:19:50: models.twice.retries: expected a whole number from 0 to 10, found \"11\"",
        ]
        #expect(found == expected)
    }

    @Test func theVersionMustBeStated() {
        func lines(_ text: String) -> [String] {
            do throws(ManifestProblems) { _ = try ManifestLoader.load([.text(text)], environment: [:]) } catch {
                return error.problems.map(\.description)
            }
            return []
        }
        #expect(lines("debug: true") == ["jackfield.yaml:1:1: jackfield: is missing: The version of this format: 1."])
        #expect(lines("") == ["jackfield.yaml:1:1: jackfield: is missing: The version of this format: 1."])
        #expect(
            lines("jackfield: 2") == [
                "jackfield.yaml:1:12: jackfield: expected 1, found \"2\""
            ])
        #expect(lines("[a, b]").count == 1)
        #expect(lines("jackfield").count == 1)
    }

    @Test func profilesSetDefaultsThatKeysOverrule() throws {
        #expect(try load("").debug)
        #expect(try load("").logging.level == .debug)
        #expect(try load("profile: testing").server.listen.port == 0)
        #expect(try load("profile: testing").logging.level == .warning)
        #expect(try load("profile: testing\nlogging: { level: error }").logging.level == .error)
        #expect(try load("profile: \"${P:-production}\"").logging.level == .info)
    }

    @Test func keysWithoutAValueKeepTheirDefault() throws {
        let manifest = try load("server:\nplugins:\nstorage:\n  path:\nvalidators: ~")
        #expect(manifest.storage.path == "data/jackfield.db")
        #expect(manifest.plugins.isEmpty)
    }

    @Test func positionsCanBeAskedFor() throws {
        let manifest = try load("plugins:\n  a:\n    use: llm/offline\n    config:\n      list: [1, 2]")
        #expect(manifest.position(of: "plugins.a.config.list[1]").description == "jackfield.yaml:6:17")
        #expect(manifest.position(of: "plugins.a.config.absent.deeper").line == 6)
    }

    @Test func nearNamesAreSuggestedAndFarOnesAreNot() {
        #expect(NearestName.of("isolaton", among: ["isolation", "use"]) == "isolation")
        #expect(NearestName.of("uesd", among: ["use", "file"]) == nil)
        #expect(NearestName.of("ues", among: ["use", "file"]) == "use")
        #expect(NearestName.of("banana", among: ["use", "file"]) == nil)
    }
}
