import Foundation

/// Compiles the plugins of Tests/Fixtures/Plugins, each once in a run of the tests.
package enum FixturePlugin {
    private static let built = Monitor<[String: String]>([:])
    private static let folder: TemporaryFolder = {
        // The folder outlives the statics' owner only if somebody removes it: a program's statics are never freed.
        let folder = try! TemporaryFolder("jackfield-fixtures")
        atexit { try? FileManager.default.removeItem(atPath: FixturePlugin.folder.path) }
        return folder
    }()

    /// A folder with plugin.json, config.schema.json and the library of `name`, KIND/NAME as in the fixtures' folder.
    /// It is shared by all tests of the run: leave it as it is.
    package static func build(_ name: String) throws -> String {
        try built.withLock { built in
            if let folder = built[name] { return folder }
            let target = folder.path + "/" + name
            let source = source(of: name)
            let isCPlusPlus = FileManager.default.fileExists(atPath: source + ".cpp")
            try compile(source: source + (isCPlusPlus ? ".cpp" : ".c"), name: name, into: target)
            built[name] = target
            return target
        }
    }

    /// The source of KIND/NAME, without its ending. Those that mean harm are in a folder of their own, whatever their kind:
    /// "agent/hostile-segfault" is hostile/segfault.
    private static func source(of name: String) -> String {
        guard let hostile = name.firstRange(of: "/hostile-") else { return sources + "/" + name }
        return sources + "/hostile/" + name[hostile.upperBound...]
    }

    /// Where the fixtures' sources are.
    package static var sources: String { Repository.root + "/Tests/Fixtures/Plugins" }

    /// Compile one file, C or C++, as plugin `name` (KIND/NAME) into a folder, with the plugin.json that lies beside it, or one
    /// that says what the name says.
    package static func compile(source: String, name: String, into folder: String) throws {
        let library = "lib\(name.replacingOccurrences(of: "/", with: "-")).so"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let compiler = source.hasSuffix(".cpp") ? ["c++", "-std=c++17"] : ["cc", "-std=gnu11"]
        let ended = try ChildProcess.run(
            "/usr/bin/env",
            compiler + [
                "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-pthread",
                "-fvisibility=hidden",
                "-I", Repository.root + "/PluginAPI/C/include", "-I", sources, "-DFIXTURE_ID=\"\(name)\"",
                "-o", "\(folder)/\(library)", source,
            ], environment: ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"])
        guard ended.status == .exited(0) else { throw TestFailure("\(compiler[0]) \(source): \(ended.errors)") }
        let own = (source as NSString).deletingPathExtension + ".json"
        let description = (try? String(contentsOfFile: own, encoding: .utf8)) ?? manifest(of: name, library: library)
        try description.write(toFile: folder + "/plugin.json", atomically: true, encoding: .utf8)
        try #"{"type": "object", "properties": {}, "additionalProperties": false}"#
            .write(toFile: folder + "/config.schema.json", atomically: true, encoding: .utf8)
    }

    /// The plugin.json of a plugin that needs nothing. `name` is KIND/NAME.
    package static func manifest(of name: String, library: String) -> String {
        let kind = name.split(separator: "/").first.map(String.init) ?? name
        return """
            {
              "id": "\(name)",
              "version": "1.0.0",
              "description": "A fixture of the tests.",
              "license": "Apache-2.0",
              "abi": 1,
              "role": "jackfield.\(kind)/1",
              "library": "\(library)",
              "config": "config.schema.json",
              "services": { "required": [], "optional": [] },
              "grants": {}
            }
            """
    }
}

/// A folder for `--plugin-path` with copies of fixtures, which the test may damage.
package struct FixturePath: Sendable {
    package let folder: TemporaryFolder
    package var path: String { folder.path }

    package init(_ fixtures: [String] = []) throws {
        folder = try TemporaryFolder("jackfield-plugins")
        for fixture in fixtures { try add(fixture) }
    }

    /// Put a copy of a fixture at KIND/NAME and give its folder.
    @discardableResult
    package func add(_ fixture: String) throws -> String {
        let source = try FixturePlugin.build(fixture)
        let target = folder.path + "/" + fixture
        try FileManager.default.createDirectory(
            atPath: (target as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: source, toPath: target)
        return target
    }

    /// A plugin whose library is this file: for what cannot be compiled. Without bytes there is a plugin.json and no
    /// library.
    package func add(_ name: String, library bytes: [UInt8]?) throws {
        let library = "lib\(name.replacingOccurrences(of: "/", with: "-")).so"
        try folder.write("\(name)/plugin.json", FixturePlugin.manifest(of: name, library: library))
        try folder.write(
            "\(name)/config.schema.json", #"{"type": "object", "properties": {}, "additionalProperties": false}"#)
        if let bytes { try folder.write("\(name)/\(library)", bytes) }
    }
}
