import Foundation
import JackfieldJSON
import TestSupport
import Testing

/// The manifests that people copy: docs/examples, and those that stand whole in the pages of docs.
@Suite("An example manifest")
struct ExampleManifestTests {
    private static let files = files(below: "docs/examples", ending: ".yaml")

    /// "docs/providers.md:12": where a block of YAML begins that is a whole manifest.
    private static let blocks: [String] = files(below: "docs", ending: ".md").flatMap { page in
        (try? Repository.read(page)).map { text in wholeManifests(in: text).map { "\(page):\($0.line)" } } ?? []
    }

    @Test("is accepted by jackfield check, with its plugins", arguments: files)
    func isAccepted(file: String) throws {
        try accept(Repository.read(file), file)
    }

    @Test("in a page of the docs is accepted as well", arguments: blocks)
    func isAcceptedInAPage(place: String) throws {
        let page = String(place.prefix { $0 != ":" })
        let block = try #require(
            Self.wholeManifests(in: Repository.read(page)).first { "\(page):\($0.line)" == place })
        try accept(block.text, place)
    }

    @Test("is there for every provider, and for every part of the layer above them")
    func noneIsMissing() throws {
        let names = Set(Self.files.map { ($0 as NSString).lastPathComponent })
        let wanted = ["openai", "azure", "anthropic", "bedrock", "ollama", "scripted"].map { "\($0).yaml" }
        #expect(
            names.isSuperset(of: wanted + ["all-providers.yaml", "resilient.yaml", "accounting.yaml", "caching.yaml"]))
        #expect(Self.blocks.contains { $0.hasPrefix("docs/providers.md") })
        let all = try Repository.read("docs/examples/all-providers.yaml")
        let plugins = Self.files(below: "Plugins/LLMProviders", ending: "plugin.json")
        #expect(plugins.count >= 6)
        for plugin in plugins {
            let id = try #require(JSON(parsing: Repository.read(plugin))["id"]?.string)
            #expect(all.contains("use: \(id)\n") || all.contains("use: \(id) }"), "all-providers.yaml lacks \(id)")
        }
    }

    @Test("with a mistake is refused, so that the tests above mean something")
    func aMistakeIsFound() throws {
        let text = try Repository.read("docs/examples/resilient.yaml")
        let ended = try check(text.replacing("error_rate: 0.5", with: "error_rate: 5"))
        #expect(ended.status == .exited(1))
        #expect((ended.output + ended.errors).contains("error_rate"))
    }

    @Test("with a script answers, retries, falls back and calls a tool")
    func theScriptPlays() throws {
        let environment = ["SCRIPT": Repository.root + "/docs/examples/scripted.json"]
        try HostProcess.serving(
            Repository.read("docs/examples/scripted.yaml"), environment: environment,
            arguments: ["--set", "logging.format=json"]
        ) { host throws in
            #expect(try Asking.content(host.client.complete("hello")) == "You said: hello")
            #expect(try Asking.content(host.client.streamCompletion("hello").events()) == "You said: hello")
            let call = try host.client.complete("What is the weather?").json()["choices"]?[0]?["message"]?["tool_calls"]
            #expect(call?[0]?["function"]?["name"]?.string == "weather")

            let late = try host.client.complete("hello", model: "moody")
            #expect(try Asking.content(late) == "You said: hello")
            #expect(late.headers["x-jackfield-attempts"] == "2")
            let replaced = try host.client.complete("help", model: "moody")
            #expect(try Asking.content(replaced) == "The understudy says: help")
            #expect(replaced.headers["x-jackfield-upstream"] == "understudy/script")
        }
    }

    @Test("with every provider works without a key as well")
    func noKeyIsNeeded() throws {
        try HostProcess.serving(
            Repository.read("docs/examples/all-providers.yaml"), arguments: ["--set", "logging.format=json"]
        ) { host throws in
            #expect(try host.client.complete("hello").headers["x-jackfield-upstream"] == "offline/notes")
            #expect(try Asking.content(host.client.complete("hello", model: "script")) == "A script says: hello")
        }
    }

    // MARK: Finding

    /// Paths below the repository.
    private static func files(below folder: String, ending: String) -> [String] {
        let found = (try? FileManager.default.subpathsOfDirectory(atPath: "\(Repository.root)/\(folder)")) ?? []
        return found.filter { $0.hasSuffix(ending) }.sorted().map { "\(folder)/\($0)" }
    }

    // MARK: Checking

    private func accept(_ manifest: String, _ place: String) throws {
        let ended = try check(manifest)
        #expect(ended.status == .exited(0), "\(place):\n\(ended.output)\(ended.errors)")
        #expect(ended.output.contains("ready"), "\(place) starts no plugin:\n\(ended.output)")
    }

    /// With every variable that the manifest asks for.
    private func check(_ manifest: String) throws -> EndedProcess {
        let folder = try TemporaryFolder()
        let file = try folder.write("jackfield.yaml", manifest)
        let store = folder.path + "/jackfield.db"
        return try HostProcess.run(
            ["check", "--manifest", file, "--set", "storage.path=\(store)"],
            environment: Self.variables(of: manifest))
    }

    /// A value for each `${NAME}`, `${NAME:+text}` and `${secret:NAME}`. What has a default keeps it, except the script,
    /// whose default counts from the repository.
    private static func variables(of manifest: String) -> [String: String] {
        var variables: [String: String] = [:]
        for match in manifest.matches(of: /\$\{(?:secret:)?([A-Z0-9_]+)(:\+[^}]*)?\}/) {
            let name = String(match.1)
            variables[name] = name.hasSuffix("_URL") ? "http://127.0.0.1:9" : "example-1"
        }
        variables["SCRIPT"] = Repository.root + "/docs/examples/scripted.json"
        return variables
    }

    /// Fenced blocks of YAML that begin with the version of the format.
    private static func wholeManifests(in page: String) -> [(line: Int, text: String)] {
        var found: [(line: Int, text: String)] = []
        var block: [Substring]?
        for (index, line) in page.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if let lines = block {
                if line == "```" {
                    if lines.contains("jackfield: 1") {
                        found.append((index + 1 - lines.count, lines.joined(separator: "\n") + "\n"))
                    }
                    block = nil
                } else {
                    block = lines + [line]
                }
            } else if line == "```yaml" {
                block = []
            }
        }
        return found
    }
}
