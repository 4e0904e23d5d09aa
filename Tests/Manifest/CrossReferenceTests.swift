import Testing

@testable import Manifest

@Suite struct CrossReferenceTests {
    private let plugins = """
        plugins:
          cloud: { use: llm/openai, enabled: "${CLOUD:-true}" }
          local: { use: llm/offline }
          guard: { use: validator/secrets, enabled: "${GUARD:-true}" }
          own: { file: ./libown.so }
          system: { use: agent/system-monitoring, grants: { models: [default], agents: [own], tools: [own] } }
        models: { default: { route: [cloud/a, local/b] } }

        """

    @Test func sensibleReferencesHold() throws {
        let manifest = try load(self.plugins + "validators: { input: [guard, own] }\nexporters: [own]")
        #expect(manifest.models[0].route.count == 2)
        #expect(manifest.notes.isEmpty)
    }

    @Test func danglingReferencesAreAllTold() {
        let found = problems(
            """
            plugins:
              cloud: { use: llm/openai }
              guard: { use: validator/secrets }
              system: { use: agent/system-monitoring, grants: { models: [defalt], agents: [cloud], tools: [hammer] } }
            models: { default: { route: [clod/a, guard/b] } }
            validators: { input: [gard, cloud], output: [nobody-knows] }
            exporters: [guard]
            """)
        #expect(
            found == [
                "jackfield.yaml:5:62: plugins.system.grants.models[0]: no model has the name \"defalt\"; did you mean \"default\"?",
                "jackfield.yaml:5:80: plugins.system.grants.agents[0]: \"cloud\" is llm/openai, expected a plugin of the kind agent",
                "jackfield.yaml:5:96: plugins.system.grants.tools[0]: no plugin has the id \"hammer\"; there is no tool plugin",
                "jackfield.yaml:6:30: models.default.route[0]: no plugin has the id \"clod\"; did you mean \"cloud\"?",
                "jackfield.yaml:6:38: models.default.route[1]: \"guard\" is validator/secrets, expected a plugin of the kind llm",
                "jackfield.yaml:7:23: validators.input[0]: no plugin has the id \"gard\"; did you mean \"guard\"?",
                "jackfield.yaml:7:29: validators.input[1]: \"cloud\" is llm/openai, expected a plugin of the kind validator",
                "jackfield.yaml:7:46: validators.output[0]: no plugin has the id \"nobody-knows\"; there are guard",
                "jackfield.yaml:8:13: exporters[0]: \"guard\" is validator/secrets, expected a plugin of the kind exporter",
            ])
    }

    @Test func aDisabledPluginInARouteIsPassedOver() throws {
        let manifest = try load(self.plugins, environment: ["CLOUD": "false"])
        #expect(manifest.models[0].upstreams.map(\.description) == ["local/b"])
        #expect(
            manifest.notes.map(\.description) == [
                "jackfield.yaml:8:30: models.default.route[0]: is passed over: \"cloud\" is disabled"
            ])
    }

    @Test func aRouteWithoutAnEnabledEntryIsAProblem() {
        let found = problems(
            "plugins: { cloud: { use: llm/openai, enabled: no } }\nmodels: { m: { route: [cloud/a] } }")
        #expect(found.count == 1)
        #expect(found[0].contains("models.m.route: no plugin of this route is enabled: cloud"))
    }

    @Test func aDisabledValidatorIsAProblem() {
        let found = problems(self.plugins + "validators: { output: [guard] }", environment: ["GUARD": "0"])
        #expect(
            found == ["jackfield.yaml:9:24: validators.output[0]: \"guard\" is disabled: enable it or take it out here"]
        )
    }

    @Test func failureActionsNameValidatorsInUse() {
        #expect(problems(self.plugins + "validators: { input: [guard], on_failure: { own: allow } }").count == 1)
    }
}
