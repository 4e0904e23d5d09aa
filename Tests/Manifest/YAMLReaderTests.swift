import JackfieldJSON
import Testing

@testable import Manifest

@Suite struct YAMLReaderTests {
    private func problem(_ source: ManifestSource) -> String? {
        do throws(ManifestProblems) {
            _ = try ManifestLoader.load([source], environment: [:])
            return nil
        } catch {
            return error.description
        }
    }

    @Test func syntaxErrorsHaveAPlace() throws {
        let found = try #require(self.problem(.text("jackfield: 1\nserver:\n  listen: \"x\n", name: "a.yaml")))
        #expect(found.hasPrefix("a.yaml:4:1: is not YAML: "))
        #expect(try #require(self.problem(.text("a: b: c"))).hasPrefix("jackfield.yaml:1:5: is not YAML: "))
        #expect(
            try #require(self.problem(.text("a: \u{1}"))).contains("is not YAML: control characters are not allowed"))
    }

    @Test func aKeyMayStandOnlyOnce() {
        #expect(
            self.problem(.text("jackfield: 1\nserver: {}\nserver: {}"))
                == "jackfield.yaml:2:1: key \"server\" is written more than once in the same map; the first one is here"
        )
    }

    @Test func aMissingFileIsNamed() {
        #expect(self.problem(.file("/no/such.yaml")) == "/no/such.yaml: the manifest cannot be read: no such file")
        #expect(self.problem(.file("/tmp")) == "/tmp: the manifest cannot be read: it is a folder")
    }

    @Test func otherEncodingsAreNamed() {
        let latin = Array("jackfield: 1\nstorage: { path: \"".utf8) + [0xFC] + Array("\" }".utf8)
        #expect(self.problem(.bytes(latin)) == "jackfield.yaml:2:19: is not UTF-8 text: save the file in UTF-8")
        #expect(self.problem(.bytes([0xEF, 0xBB, 0xBF] + Array("jackfield: 1".utf8))) == nil)
    }

    @Test func severalUnreadableFilesAreToldTogether() {
        do throws(ManifestProblems) {
            _ = try ManifestLoader.load([.file("/no/a.yaml"), .text("a: [", name: "b.yaml")], environment: [:])
            Issue.record("was loaded")
        } catch {
            #expect(error.problems.map(\.file) == ["/no/a.yaml", "b.yaml"])
        }
    }

    @Test(.timeLimit(.minutes(1))) func aliasesThatMultiplyAreBounded() throws {
        var text = "jackfield: 1\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...12 {
            text += "a\(level): &a\(level) [\(Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", "))]\n"
        }
        #expect(try #require(self.problem(.text(text))).contains("more than 100000 values"))
    }

    @Test(.timeLimit(.minutes(1)), arguments: ["? *a40\n: 1", "*a40 : 1", "b: { [*a40]: 1 }", "? [*a40]\n: 1"])
    func aliasesThatMultiplyInAKeyAreBounded(key: String) throws {
        var text = "jackfield: 1\na0: &a0 [x, x]\n"
        for level in 1...40 { text += "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n" }
        #expect(try #require(self.problem(.text(text + key))).contains("write the keys as words"))
    }

    @Test func manyAliasesAsValuesAreFine() throws {
        var text = "plugins:\n  p: &p { use: llm/offline, config: &c { note: \"is *it* so? yes\" } }\n"
        for index in 0..<30 { text += "  p\(index): { <<: *p, config: *c }\n" }
        #expect(try load(text).plugins.count == 31)
    }

    @Test(.timeLimit(.minutes(1)), arguments: [80, 2_000, 200_000])
    func deepNestingIsBounded(depth: Int) throws {
        let text = "jackfield: 1\na: " + String(repeating: "[", count: depth)
        #expect(self.problem(.text(text + String(repeating: "]", count: depth))) != nil)
    }

    @Test func aliasesAndMergeKeysWork() throws {
        let manifest = try load(
            """
            plugins:
              a: &base { use: llm/offline, config: { x: 1 } }
              b: { <<: *base, config: { y: 2 } }
            """)
        #expect(manifest.plugins[1].use?.description == "llm/offline")
        #expect(manifest.plugins[1].configuration.redacted.description == #"{"y":2}"#)
    }

    @Test(arguments: [
        ("1", "1"), ("-5", "-5"), ("010", "10"), ("0x1F", "31"), ("0o17", "15"), ("1.50", "1.50"), (".5", "0.5"),
        ("1e3", "1e3"),
        ("true", "true"), ("yes", "\"yes\""), ("null", "null"), ("~", "null"), ("\"5\"", "\"5\""),
        ("1.2.3", "\"1.2.3\""),
        (".inf", "\".inf\""), ("2024-01-01", "\"2024-01-01\""), ("12abc", "\"12abc\""),
        ("123456789012345678901234567890", "123456789012345678901234567890"),
    ])
    func plainScalarsFollowTheCoreSchema(yaml: String, result: String) throws {
        let manifest = try load("plugins: { a: { use: llm/offline, config: { v: \(yaml) } } }")
        #expect(manifest.plugins[0].configuration.redacted.description == "{\"v\":\(result)}")
    }
}
