import Testing

@Suite("Dependencies run one way")
struct DependencyDirectionTests {
    private static let package = PackageDeclarations(SourceTree.text(of: "Package.swift"))
    private static let plugins = Set(package.plugins.map(\.module))

    @Test("in every file of the host and of PluginAPI", arguments: ["Host", "PluginAPI/Swift"])
    func imports(area: String) {
        let files = SourceTree.files(under: area, named: [".swift"])
        #expect(!files.isEmpty, "\(area) holds no Swift file: did it move?")
        // What is packed beside the host is no module of it.
        for file in files where !file.hasPrefix("Host/Packaging/") {
            let module = Self.module(of: file)
            let declared = Self.package.dependencies[module]
            if declared == nil { Issue.record("\(file): Package.swift declares no target \(module) for its folder") }
            for found in SwiftImport.all(in: SourceTree.text(of: file)) where found.module != module {
                let place = "\(file):\(found.line): import \(found.module)"
                if let objection = Layers.objection(module, importing: found.module, plugins: Self.plugins) {
                    Issue.record("\(place) runs the wrong way: \(objection)")
                } else if Self.isOurs(found.module), declared?.contains(found.module) == false {
                    Issue.record("\(place) is not declared: add it to the dependencies of \(module) in Package.swift")
                }
            }
        }
    }

    @Test("in Package.swift")
    func declarations() {
        for module in Layers.host.joined() + Layers.api {
            guard let dependencies = Self.package.dependencies[module] else {
                Issue.record("Package.swift has no target \(module), which Layers.swift names: take it out there")
                continue
            }
            for dependency in dependencies {
                if let objection = Layers.objection(module, importing: dependency, plugins: Self.plugins) {
                    Issue.record("Package.swift: \(module) depends on \(dependency): \(objection)")
                }
            }
        }
    }

    @Test("in every plugin: PluginAPI and the language alone")
    func pluginImports() {
        let files = SourceTree.files(under: "Plugins", named: [".swift"])
        #expect(!files.isEmpty, "Plugins holds no Swift file: did it move?")
        for file in files {
            let own = String(file.split(separator: "/")[2])
            for found in SwiftImport.all(in: SourceTree.text(of: file)) {
                let module = found.module
                if Layers.api.contains(module) || Layers.system.contains(module) || Layers.libraries.contains(module) {
                    continue
                }
                if file.hasSuffix("/Entry.swift"), module == own { continue }
                Issue.record(
                    """
                    \(file):\(found.line): import \(module): a plugin may import \(Layers.api.joined(separator: ", ")) and the \
                    language (\(Layers.system.union(Layers.libraries).sorted().joined(separator: ", "))), so that any plugin can leave this repository
                    """)
            }
        }
    }

    @Test("in the C headers: each other and the C library alone")
    func includes() {
        let allowed: Set = ["<stddef.h>", "<stdint.h>", "<string.h>", "<stdlib.h>"]
        let folder = "PluginAPI/C/include/jackfield"
        let headers = SourceTree.files(under: folder, named: [".h"])
        #expect(!headers.isEmpty, "\(folder) holds no header: did it move?")
        for file in headers {
            for (index, line) in SourceTree.text(of: file).lines.enumerated() where line.hasPrefix("#include ") {
                let name = line.dropFirst("#include ".count).trimmed
                let home = file.split(separator: "/").dropLast().joined(separator: "/")
                let isOwn = name.hasPrefix("\"") && SourceTree.exists("\(home)/\(name.filter { $0 != "\"" })")
                if isOwn || allowed.contains(String(name)) { continue }
                Issue.record(
                    "\(file):\(index + 1): #include \(name): a plugin in C must need these headers alone; allowed besides are \(allowed.sorted().joined(separator: ", "))"
                )
            }
        }
    }

    private static func isOurs(_ module: String) -> Bool {
        Layers.api.contains(module) || Layers.hostLayer(module) != nil
    }

    /// The module of a file of the host or of PluginAPI: its folder's.
    private static func module(of file: String) -> String {
        let parts = file.split(separator: "/").map(String.init)
        guard parts[0] == "PluginAPI" else { return parts[1] }
        return parts[2] == "Kit" ? "JackfieldPlugin" : "Jackfield\(parts[2])"
    }
}

@Suite("The check of dependencies sees what it should")
struct DependencyCheckTests {
    @Test("every way to write an import")
    func parsing() {
        let text = """
            // import Commented
            import Plain
            package import Packaged
            @testable import Tested
            @preconcurrency public import struct Nested.Type
            /* import Blocked
               import Blocked */
            let text = \"""
                import Quoted
                \"""
            import Last // for a reason
            important()
            """
        #expect(
            SwiftImport.all(in: text).map(\.module) == ["Plain", "Packaged", "Tested", "Nested", "Last"])
        #expect(SwiftImport.all(in: text).map(\.line) == [2, 3, 4, 5, 11])
    }

    @Test(
        "a wrong way, and no other",
        arguments: [
            Direction("Loading", "Registry", isWrong: true), Direction("Telemetry", "Manifest", isWrong: true),
            Direction("Storage", "Outbound", isWrong: true), Direction("Manifest", "Orchestration", isWrong: true),
            Direction("HTTPServer", "Jackfield", isWrong: true), Direction("JackfieldJSON", "Manifest", isWrong: true),
            Direction("JackfieldVocabulary", "JackfieldPlugin", isWrong: true),
            Direction("Orchestration", "JackfieldPlugin", isWrong: true),
            Direction("Registry", "Offline", isWrong: true), Direction("Unknown", "Manifest", isWrong: true),
            Direction("Registry", "Loading", isWrong: false), Direction("Jackfield", "HTTPServer", isWrong: false),
            Direction("JackfieldPlugin", "CJackfield", isWrong: false), Direction("Loading", "NIOCore", isWrong: false),
        ])
    func direction(direction: Direction) {
        let objection = Layers.objection(direction.module, importing: direction.other, plugins: ["Offline"])
        #expect((objection != nil) == direction.isWrong, "\(objection ?? "no objection")")
    }

    struct Direction: Sendable, CustomTestStringConvertible {
        let module: String
        let other: String
        let isWrong: Bool

        init(_ module: String, _ other: String, isWrong: Bool) {
            self.module = module
            self.other = other
            self.isWrong = isWrong
        }
        var testDescription: String { "\(module) importing \(other) is \(isWrong ? "wrong" : "right")" }
    }

    @Test("targets, aliases and plugins of a package")
    func package() {
        let package = PackageDeclarations(
            """
            let json: Target.Dependency = "JackfieldJSON"
            let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
            func host(_ name: String, _ dependencies: [Target.Dependency]) -> Target { .target(name: name) }
            // host("Commented", [])
            host("Upper", [
                json, yams,
                "Lower",
            ]),
            .target(name: "Kit", dependencies: [json], path: "Kit"),
            Plugin(module: "Offline", folder: "LLMProviders", id: "llm-offline"),
            tests("OfflineTests", "Plugins/OfflineTests", [json]),
            """)
        #expect(package.dependencies["Upper"] == ["JackfieldJSON", "Yams", "Lower"])
        #expect(package.dependencies["Kit"] == ["JackfieldJSON"])
        #expect(package.dependencies["Commented"] == nil)
        #expect(package.plugins.map(\.id) == ["llm-offline"])
        #expect(package.tests["OfflineTests"] == "Plugins/OfflineTests")
    }
}
