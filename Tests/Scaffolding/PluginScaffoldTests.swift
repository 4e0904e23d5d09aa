import Glibc
import Manifest
import Testing

@testable import Scaffolding

@Suite struct PluginScaffoldTests {
    private func kit() throws -> KitFolder { try KitFolder(given: kitOfTheTree, environment: [:], executable: "") }

    private static let combinations = TemplateLanguage.allCases.flatMap { language in
        PluginScaffold.kinds.map { (language, $0) }
    }

    @Test func thereAreTwentyFourCombinations() { #expect(Self.combinations.count == 24) }

    @Test(arguments: combinations)
    func everyCombinationExpands(language: TemplateLanguage, kind: PluginKind) throws {
        let scaffold = try PluginScaffold(try PluginReference("\(kind)/my-thing"), language: language, kit: kit())
        for file in ["Makefile", "README.md", "plugin.json", "config.schema.json"] {
            #expect(scaffold.paths.contains(file), "\(language) \(kind) has no \(file)")
        }
        for file in scaffold.files where !file.path.hasPrefix("vendor/") {
            let text = String(decoding: file.bytes, as: UTF8.self)
            #expect(text.firstMatch(of: /@[A-Z]+@/) == nil, "\(file.path) still has a placeholder")
            #expect(file.path.firstMatch(of: /@/) == nil, "\(file.path) still has a placeholder in its name")
        }
        let manifest = try #require(scaffold.files.first { $0.path == "plugin.json" })
        #expect(String(decoding: manifest.bytes, as: UTF8.self).contains("\"id\": \"\(kind)/my-thing\""))
    }

    @Test(arguments: [TemplateLanguage.c, .cpp, .rust])
    func theKitIsVendored(language: TemplateLanguage) throws {
        let paths = try PluginScaffold(try PluginReference("tool/a"), language: language, kit: kit()).paths
        let expected: [TemplateLanguage: [String]] = [
            .c: ["include/jackfield/abi.h", "include/jackfield/layouts/base.h"],
            .cpp: ["include/jackfield/abi.h", "include/jackfield/jackfield.hpp", "include/jackfield/cpp/core.hpp"],
            .rust: ["Cargo.toml", "src/lib.rs"],
        ]
        for file in expected[language] ?? [] {
            #expect(paths.contains("vendor/jackfield/\(file)"))
        }
        #expect(!paths.contains { $0.hasPrefix("vendor/jackfield/tests/") || $0.hasPrefix("vendor/jackfield/target/") })
    }

    @Test func aKindWithoutTemplatesIsRefused() throws {
        #expect(
            throws: ScaffoldError(
                "there are no templates for the kind \"store\" yet: agent, llm, validator, exporter, notifier, tool")
        ) { try PluginScaffold(try PluginReference("store/a"), language: .c, kit: kit()) }
    }

    @Test func aLanguageWithoutTemplatesIsRefused() {
        #expect(
            throws: ScaffoldError("\"zig\" is not a language that there are templates for: c, cpp, rust, swift")
        ) { try TemplateLanguage(named: "zig") }
    }
}

@Suite struct PluginScaffoldWriteTests {
    /// A kit with one template, in which there are two files of the same name.
    private func scaffold(_ folder: TemporaryFolder) throws -> PluginScaffold {
        folder.make("kit/Templates/c/common/Makefile", "common")
        folder.make("kit/Templates/c/common/run.sh", "#!/bin/sh\n")
        chmod("\(folder.path)/kit/Templates/c/common/run.sh", 0o755)
        folder.make("kit/Templates/c/agent/Makefile", "of the agent @ID@")
        folder.make("kit/Templates/c/agent/src/@SNAKE@.c", "@TYPE@")
        folder.make("kit/C/include/jackfield/abi.h", "@NOT_FILLED@ @NAME@")
        let kit = try KitFolder(given: "\(folder.path)/kit", environment: [:], executable: "")
        return try PluginScaffold(try PluginReference("agent/my-thing"), language: .c, kit: kit)
    }

    @Test func aNewFolderHoldsTheFilesOfTheKindOverTheCommonOnes() throws {
        let folder = TemporaryFolder()
        try scaffold(folder).write(to: "\(folder.path)/deep/er/new")
        #expect(folder.text("deep/er/new/Makefile") == "of the agent agent/my-thing")
        #expect(folder.text("deep/er/new/src/my_thing.c") == "MyThingAgent")
        #expect(folder.names("deep/er") == ["new"])
    }

    @Test func theKitIsCopiedAsItIs() throws {
        let folder = TemporaryFolder()
        try scaffold(folder).write(to: "\(folder.path)/new")
        #expect(folder.text("new/vendor/jackfield/include/jackfield/abi.h") == "@NOT_FILLED@ @NAME@")
    }

    @Test func aProgramStaysOne() throws {
        let folder = TemporaryFolder()
        try scaffold(folder).write(to: "\(folder.path)/new")
        #expect(access("\(folder.path)/new/run.sh", X_OK) == 0)
        var status = stat()
        #expect(stat("\(folder.path)/new/Makefile", &status) == 0 && status.st_mode & 0o111 == 0)
    }

    @Test func anEmptyFolderIsTaken() throws {
        let folder = TemporaryFolder()
        folder.makeFolder("\(folder.path)/new")
        try scaffold(folder).write(to: "\(folder.path)/new/")
        #expect(folder.text("new/Makefile") != nil)
    }

    @Test func aFolderThatIsNotEmptyIsRefusedAndLeftAlone() throws {
        let folder = TemporaryFolder()
        folder.make("new/mine", "mine")
        let scaffold = try scaffold(folder)
        #expect(
            throws: ScaffoldError("the folder \(folder.path)/new is there and not empty: name another with --into")
        ) { try scaffold.write(to: "\(folder.path)/new") }
        #expect(folder.names("new") == ["mine"])
        #expect(folder.names() == ["kit", "new"])
    }

    @Test func aFileOfThatNameIsRefused() throws {
        let folder = TemporaryFolder()
        folder.make("new", "mine")
        let scaffold = try scaffold(folder)
        #expect(throws: ScaffoldError("\(folder.path)/new is there and no folder: name another with --into")) {
            try scaffold.write(to: "\(folder.path)/new")
        }
    }

    @Test func nothingHalfDoneIsLeftWhenWritingFails() throws {
        let folder = TemporaryFolder()
        let good = try scaffold(folder)
        // A name that is too long for any file system, after others that are not.
        let bad = PluginScaffold(
            plugin: good.plugin, language: good.language,
            files: good.files + [
                TemplateFile(path: String(repeating: "x", count: 300), bytes: [], isExecutable: false)
            ])
        #expect(throws: ScaffoldError.self) { try bad.write(to: "\(folder.path)/new") }
        #expect(folder.names() == ["kit"])
    }
}

@Suite struct TemporaryFolderTests {
    @Test func whatALinkLeadsToOutlivesTheFolder() throws {
        let kept = TemporaryFolder()
        kept.make("mine", "mine")
        do {
            let folder = TemporaryFolder()
            #expect(symlink(kept.path, "\(folder.path)/link") == 0)
        }
        #expect(kept.text("mine") == "mine")
    }
}

@Suite struct KitFolderTests {
    @Test func aFolderThatWasNamedIsTheOnlyOneLookedAt() {
        #expect(
            throws: ScaffoldError(
                "--kit names /nowhere, which is no kit: it has no folder Templates. Name the folder PluginAPI")
        ) { try KitFolder(given: "/nowhere", environment: ["JACKFIELD_KIT": kitOfTheTree], executable: "") }
        #expect(
            throws: ScaffoldError(
                "JACKFIELD_KIT names /nowhere, which is no kit: it has no folder Templates. Name the folder PluginAPI")
        ) { try KitFolder(given: nil, environment: ["JACKFIELD_KIT": "/nowhere"], executable: "") }
    }

    @Test func withoutANameItLiesBesideTheProgramOrWhereItIsInstalled() throws {
        let folder = TemporaryFolder()
        let program = "\(folder.path)/bin/jackfield"
        #expect(
            throws: ScaffoldError(
                """
                the kit was found neither in \(folder.path)/bin/PluginAPI nor in \
                \(folder.path)/bin/../share/jackfield/PluginAPI: name its folder PluginAPI with --kit or JACKFIELD_KIT
                """)
        ) { try KitFolder(given: nil, environment: [:], executable: program) }
        folder.make("bin/jackfield", "")
        folder.make("share/jackfield/PluginAPI/Templates/x", "")
        let installed = try KitFolder(given: nil, environment: [:], executable: program).path
        #expect(installed.hasSuffix("/share/jackfield/PluginAPI"))
        // Staged beside the program is a link to the source tree.
        folder.make("source/PluginAPI/Templates/x", "")
        #expect(symlink("../source/PluginAPI", "\(folder.path)/bin/PluginAPI") == 0)
        let staged = try KitFolder(given: nil, environment: [:], executable: program).path
        #expect(staged.hasSuffix("/source/PluginAPI"))
    }

    @Test func thePackageOfTheKitIsTheKitsFolder() throws {
        let kit = try KitFolder(given: kitOfTheTree, environment: [:], executable: "")
        #expect(try kit.package() == kitOfTheTree)
        let folder = TemporaryFolder()
        folder.make("kit/Templates/x", "")
        let bare = try KitFolder(given: "\(folder.path)/kit", environment: [:], executable: "")
        #expect(throws: ScaffoldError.self) { try bare.package() }
    }
}
