import JackfieldJSON
import Testing

@Suite("Every plugin's folder has the same rooms")
struct PluginRoomTests {
    /// What the folders under Plugins are called, and the kind of what is in them.
    private static let kinds = [
        "Agents": "agent", "LLMProviders": "llm", "Validators": "validator", "MetricExporters": "exporter",
        "Notifiers": "notifier", "Tools": "tool", "Stores": "store",
    ]
    private static let rooms = ["README.md", "plugin.json", "config.schema.json", "Entry.swift"]
    private static let package = PackageDeclarations(SourceTree.text(of: "Package.swift"))
    static let folders: [String] = SourceTree.names(in: "Plugins").flatMap { kind in
        SourceTree.names(in: "Plugins/\(kind)").map { "Plugins/\(kind)/\($0)" }
    }.filter { SourceTree.isFolder($0) }

    @Test("Package.swift and the tree name the same plugins")
    func listed() {
        let declared = Set(Self.package.plugins.map { "Plugins/\($0.folder)/\($0.module)" })
        for folder in Set(Self.folders).subtracting(declared).sorted() {
            Issue.record(
                "\(folder) is not in the list `plugins` of Package.swift, so it is not built: add a Plugin(…) line")
        }
        for folder in declared.subtracting(Self.folders).sorted() {
            Issue.record("Package.swift lists a plugin in \(folder), which is not there")
        }
        for kind in SourceTree.names(in: "Plugins") where Self.kinds[kind] == nil {
            Issue.record(
                "Plugins/\(kind): no kind of plugin is called so; there are \(Self.kinds.keys.sorted().joined(separator: ", "))"
            )
        }
    }

    @Test("README, plugin.json, schema, entry, configuration and tests", arguments: folders)
    func rooms(folder: String) {
        for room in Self.rooms {
            let bytes = SourceTree.bytes(of: "\(folder)/\(room)")
            #expect(
                bytes != nil, "\(folder)/\(room) is missing: every plugin has \(Self.rooms.joined(separator: ", "))")
            #expect(bytes?.isEmpty != true, "\(folder)/\(room) is empty: write what a newcomer needs to know")
        }
        let parts = folder.split(separator: "/").map(String.init)
        let module = parts[2]
        // A plugin that takes no configuration has no type for it.
        if Self.takesConfiguration(folder) {
            let hasType = SourceTree.files(under: folder, named: ["Config.swift"]).contains {
                $0.split(separator: "/").last?.hasPrefix(module) == true
            }
            #expect(hasType, "\(folder): its schema has keys, so it needs a type for them in \(module)Config.swift")
        }
        let tests = SourceTree.files(under: "Tests/Plugins/\(module)Tests", named: [".swift"])
        #expect(
            tests.contains { SourceTree.text(of: $0).contains("@Test") },
            "Tests/Plugins/\(module)Tests holds no test of \(folder)")
        #expect(
            Self.package.tests["\(module)Tests"] == "Plugins/\(module)Tests",
            "Package.swift has no line tests(\"\(module)Tests\", \"Plugins/\(module)Tests\", …)")
        let entry = SourceTree.text(of: "\(folder)/Entry.swift").lines.count
        #expect(
            entry <= 12, "\(folder)/Entry.swift has \(entry) lines: it exports the one symbol and does nothing else")
    }

    @Test("plugin.json says what the folder and Package.swift say", arguments: folders)
    func identity(folder: String) throws {
        let parts = folder.split(separator: "/").map(String.init)
        let file = "\(folder)/plugin.json"
        let json: JSON
        do {
            json = try JSON(parsing: SourceTree.bytes(of: file) ?? [])
        } catch {
            Issue.record("\(file) is not JSON: \(error)")
            return
        }
        let kind = Self.kinds[parts[1]] ?? ""
        let line = Self.package.plugins.first { $0.folder == parts[1] && $0.module == parts[2] }
        let product = line?.id ?? ""
        let name = product.hasPrefix("\(kind)-") ? String(product.dropFirst(kind.utf8.count + 1)) : ""
        #expect(
            !name.isEmpty, "Package.swift: the id of \(folder) is \"\(product)\"; it should begin with \"\(kind)-\"")
        for (key, right) in [
            ("id", "\(kind)/\(name)"), ("role", "jackfield.\(kind)/1"), ("library", "lib\(product).so"),
            ("license", "Apache-2.0"), ("config", "config.schema.json"),
        ] {
            let found = json[key]?.string ?? "nothing"
            #expect(found == right, "\(file): \"\(key)\" is \(found); it should be \(right)")
        }
        #expect(json["abi"]?.int == 1, "\(file): \"abi\" should be 1, the major version of the plugin ABI")
        #expect(
            Self.spelling(name) == Self.spelling(parts[2]),
            "\(folder): a plugin called \(kind)/\(name) lies in a folder of that name, in upper camel case")
        let source = SourceTree.files(under: folder, named: [".swift"]).map(SourceTree.text(of:)).joined()
        #expect(source.contains("\"\(kind)/\(name)\""), "no definition in \(folder) says id: \"\(kind)/\(name)\"")
        let version = json["version"]?.string ?? "nothing"
        #expect(
            source.contains("version: \"\(version)\""), "\(file) says version \(version); the definition says another")
    }

    @Test("config.schema.json is a schema that leaves no key unchecked and describes each", arguments: folders)
    func schema(folder: String) {
        let file = "\(folder)/config.schema.json"
        let json: JSON
        do {
            json = try JSON(parsing: SourceTree.bytes(of: file) ?? [])
        } catch {
            Issue.record("\(file) is not JSON: \(error)")
            return
        }
        #expect(json["type"]?.string == "object", "\(file): \"type\" should be \"object\"")
        #expect(
            json["additionalProperties"]?.bool == false,
            "\(file): \"additionalProperties\" should be false, so that a misspelt key is found")
        for member in json["properties"]?.object?.members ?? [] {
            #expect(
                member.value["description"]?.string?.isEmpty == false, "\(file): \"\(member.key)\" has no description")
        }
    }

    private static func takesConfiguration(_ folder: String) -> Bool {
        let json = try? JSON(parsing: SourceTree.bytes(of: "\(folder)/config.schema.json") ?? [])
        return json?["properties"]?.object?.isEmpty == false
    }

    /// "prompt-injection" and "PromptInjection" are the same name.
    private static func spelling(_ name: String) -> String { name.lowercased().filter { $0 != "-" } }
}
