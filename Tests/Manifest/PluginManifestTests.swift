import JackfieldJSON
import Testing

@testable import Manifest

@Suite struct PluginManifestTests {
    private func parse(_ text: String) -> (PluginManifest?, [String]) {
        do throws(ManifestProblems) {
            return (try PluginManifest(parsing: Array(text.utf8), file: "plugin.json"), [])
        } catch {
            return (nil, error.problems.map(\.description))
        }
    }

    @Test func aWholeFileIsRead() throws {
        let manifest = try #require(
            self.parse(
                """
                {"id": "agent/system-monitoring", "version": "0.1.0", "description": "Measures.", "license": "Apache-2.0",
                 "abi": 1, "role": "jackfield.agent/1", "library": "libx.so", "config": "config.schema.json",
                 "services": {"required": ["jackfield.log/1"], "optional": ["jackfield.llm/1"]},
                 "grants": {"models": ["default"], "read": ["/proc"], "http": ["https://a.example"]}}
                """
            ).0)
        #expect(manifest.id == (try PluginReference("agent/system-monitoring")))
        #expect(manifest.role.revision == 1)
        #expect(manifest.services.required.map(\.description) == ["jackfield.log/1"])
        #expect(manifest.grants.read == ["/proc"])
        #expect(manifest.configSchema == "config.schema.json")
    }

    @Test func allMistakesAreToldAtOnce() {
        let found = self.parse(
            """
            {"id": "system", "version": "1", "abi": 2, "role": "agent", "libary": "x", "library": "../x.so",
             "services": {"required": "log"}, "grants": {"http": [1]}}
            """
        ).1
        #expect(found.count == 9, "\(found)")
        for part in [
            "id: \"system\" is not KIND/NAME", "version: expected a semantic version",
            "abi: expected 1, found",
            "role: \"agent\" is not a contract", "libary: unknown key; did you mean \"library\"?",
            "library: expected the name of a file",
            "services.required: expected a list", "grants.http[0]: \"1\" is not an origin", "description: is missing",
        ] {
            #expect(found.contains { $0.hasPrefix("plugin.json: \(part)") }, "\(part)")
        }
    }

    @Test func theRoleFitsTheKind() {
        let found = self.parse(
            #"{"id": "llm/x", "version": "1.0.0", "description": "d", "abi": 1, "role": "jackfield.agent/1", "library": "l.so"}"#
        ).1
        #expect(
            found == ["plugin.json: role: jackfield.agent/1 is not the role of the kind llm: expected jackfield.llm/1"])
    }

    @Test func malformedJSONHasAPlace() {
        #expect(self.parse("{\n  \"id\": x}").1.first?.hasPrefix("plugin.json:2:9: is not JSON: ") == true)
    }
}
