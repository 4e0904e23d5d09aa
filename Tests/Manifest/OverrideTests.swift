import JackfieldJSON
import Testing

@testable import Manifest

@Suite struct OverrideTests {
    private let text = """
        server: { listen: "127.0.0.1:1" }
        plugins:
          openai: { use: llm/openai, config: { base_url: "https://a", list: [1] } }
          prompt-injection: { use: validator/prompt-injection }
        models: { gpt-4.1: { route: [openai/gpt-4.1] } }
        validators: { input: [prompt-injection] }
        """

    @Test func laterFilesOverlayEarlierOnes() throws {
        let overlay = "plugins: { openai: { config: { list: [2, 3], n: 1 } } }\nserver: { loops: 3 }\nlogging:"
        let manifest = try ManifestLoader.load(
            [.text("jackfield: 1\n" + self.text), .text(overlay, name: "production.yaml")], environment: [:])
        #expect(manifest.server.listen.port == 1)
        #expect(manifest.server.loops == 3)
        #expect(manifest.plugins[0].configuration.reveal() == json(#"{"base_url":"https://a","list":[2,3],"n":1}"#))
        #expect(manifest.position(of: "server.loops").file == "production.yaml")
    }

    @Test func variablesOverrideFiles() throws {
        let manifest = try load(
            self.text,
            environment: [
                "JACKFIELD_SERVER__LISTEN": "0.0.0.0:2",
                "JACKFIELD_SERVER__CORS__ORIGINS": "https://a.example, https://b.example",
                "JACKFIELD_PLUGINS__PROMPT_INJECTION__REQUIRED": "true",
                "JACKFIELD_PLUGINS__OPENAI__CONFIG__BASE_URL": "${X}",
                "JACKFIELD_PLUGINS__OPENAI__CONFIG__NEW_KEY": "5", "JACKFIELD_MODELS__GPT_4_1__RETRIES": "7",
                "JACKFIELD_FEATURES": "{fast: true}", "JACKFIELD_MANIFEST": "x", "JACKFIELD_PLUGIN_PATH": "y",
                "JACKFIELD_SERVICE_HOST": "10.0.0.1", "JACKFIELD_PORT": "tcp://10.0.0.1:80",
                "JACKFIELD_PORT_80_TCP": "z",
            ])
        #expect(manifest.server.listen.description == "0.0.0.0:2")
        #expect(manifest.server.cors.origins.map(\.description) == ["https://a.example", "https://b.example"])
        #expect(manifest.plugins[1].required)
        #expect(manifest.plugins[0].configuration.reveal() == json(#"{"base_url":"${X}","list":[1],"new_key":5}"#))
        #expect(manifest.models[0].retries == 7)
        #expect(manifest.isOn(try FeatureName("fast")))
    }

    @Test func variablesThatNameNoKeyAreProblems() {
        #expect(
            problems(self.text, environment: ["JACKFIELD_SERVER__LISTN": "x"]) == [
                "environment JACKFIELD_SERVER__LISTN: sets nothing: variables that begin with JACKFIELD_ name a key, with \"__\" between levels; did you mean \"JACKFIELD_SERVER__LISTEN\"?"
            ])
        #expect(problems(self.text, environment: ["JACKFIELD_PLUGINS__NOBODY__REQUIRED": "true"]).count == 1)
        #expect(
            problems(self.text, environment: ["JACKFIELD_SERVER__LOOPS": "many"]) == [
                "environment JACKFIELD_SERVER__LOOPS: server.loops: expected a whole number from 0 to 256, found \"many\""
            ])
    }

    @Test func setsOverrideVariables() throws {
        let manifest = try load(
            self.text, environment: ["JACKFIELD_SERVER__LOOPS": "2", "A": "b"],
            sets: [
                "server.loops=4", "models.\"gpt-4.1\".route=[openai/x,openai/y]", "plugins.openai.config.k=${A}",
                "validators.input=",
            ])
        #expect(manifest.server.loops == 4)
        #expect(manifest.models[0].upstreams.map(\.description) == ["openai/x", "openai/y"])
        #expect(manifest.plugins[0].configuration.reveal()["k"] == "b")
        #expect(manifest.validators.input.isEmpty)
    }

    @Test func oddSetsAreProblems() {
        #expect(problems(self.text, sets: ["server.loops"])[0].contains("write PATH=VALUE"))
        #expect(problems(self.text, sets: ["server.lops=1"])[0].contains("did you mean \"loops\"?"))
        #expect(problems(self.text, sets: ["validators.input[0]=x"])[0].contains("a list is set as a whole"))
        #expect(problems(self.text, sets: ["=x"]).count == 1)
        #expect(problems(self.text, sets: ["features=[{"]).count == 1)
    }

    @Test func onlyAndWithoutDisablePlugins() throws {
        let without = try load(self.text, without: ["prompt-injection"])
        #expect(without.plugins.map(\.enabled) == [true, false])
        #expect(without.validators.input.isEmpty)
        #expect(without.notes.map(\.message) == ["\"prompt-injection\" is left out by the command line"])

        let only = try load(self.text, only: ["prompt-injection"])
        #expect(only.plugins.map(\.enabled) == [false, true])
        #expect(only.models.isEmpty)
        #expect(
            problems(self.text, only: ["opnai"]) == [
                "--only: no plugin has the id \"opnai\"; there are openai, prompt-injection; did you mean \"openai\"?"
            ])
    }
}
