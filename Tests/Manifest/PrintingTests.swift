import JackfieldJSON
import Testing

@testable import Manifest

@Suite struct PrintingTests {
    private let text = """
        plugins:
          a:
            use: llm/offline
            config: { key: "Bearer ${secret:KEY}", n: 1.50, list: [{ x: "on", y: [1, [2]] }, "5"], "odd key: #": "a\\nb", t: "true" }
            grants: { http: ["https://a.example/v1"] }
        models: { default: { route: [a/m], timeout: 90s } }
        features: { fast: true }
        """

    @Test func secretsAreNeverPrinted() throws {
        let manifest = try load(self.text, environment: ["KEY": "hunter2"])
        var dumped = ""
        dump(manifest, to: &dumped)
        for printed in [
            manifest.redactedYAML(), manifest.redactedJSON().text, "\(manifest)", String(reflecting: manifest),
        ] {
            #expect(!printed.contains("hunter2"))
        }
        #expect(!dumped.contains("hunter2"))
        #expect(manifest.redactedYAML().contains("\"Bearer ${secret:KEY}\""))
    }

    @Test func whatIsPrintedMeansTheSame() throws {
        let manifest = try load(self.text, environment: ["KEY": "hunter2"])
        let again = try ManifestLoader.load([.text(manifest.redactedYAML())], environment: ["KEY": "hunter2"])
        #expect(again.redactedJSON() == manifest.redactedJSON())
        #expect(again.plugins == manifest.plugins)
        #expect(again.models == manifest.models)
        #expect(again.server == manifest.server)
    }

    @Test func theSchemaAcceptsWhatIsInForce() throws {
        // The manifest's own schema keeps within what ConfigSchema knows, so that it can be checked by it.
        let schema = try ConfigSchema(ManifestSchema.json)
        let manifest = try load(self.text, environment: ["KEY": "hunter2"])
        #expect(schema.validate(manifest.redactedJSON()) == [])
        #expect(schema.validate(json(#"{"jackfield": 1, "server": {"lops": 1}, "plugins": {"A": {}}}"#)).count == 2)
    }

    @Test func theReferenceNamesEveryKey() {
        let markdown = ConfigurationReference.markdown
        for section in ConfigTables.manifest.sections(Manifest(), "") {
            for row in section.rows { #expect(markdown.contains("| `\(row.key)` |")) }
        }
        #expect(markdown.contains("## `plugins.ID.grants`"))
        #expect(markdown.contains("| `max_body` | size | `\"16MiB\"` |"))
    }
}
