import ArgumentParser
import Glibc
import Manifest
import Registry

/// Which manifest, and what is changed in it: the same for every command that needs one.
struct ManifestOptions: ParsableArguments {
    @Option(
        name: .long,
        help:
            "A manifest; later ones overlay earlier ones. Without it: JACKFIELD_MANIFEST, ./jackfield.yaml, or the one that came with the program.",
        completion: .file(extensions: ["yaml", "yml"]))
    var manifest: [String] = []

    @Option(name: .long, help: "Change one value of the manifest, such as server.listen=127.0.0.1:9000.")
    var set: [String] = []

    @Option(name: .long, help: "Run these plugins alone: ids separated by commas.")
    var only: String?

    @Option(name: .long, help: "Run without these plugins: ids separated by commas.")
    var without: String?

    @Option(name: .long, help: "A folder with plugins, searched before JACKFIELD_PLUGIN_PATH.", completion: .directory)
    var pluginPath: [String] = []

    /// The manifests to read, in order.
    var sources: [ManifestSource] {
        if !manifest.isEmpty { return manifest.map { .file($0) } }
        if let path = Self.environment["JACKFIELD_MANIFEST"] {
            return path.split(separator: ":").map { .file(String($0)) }
        }
        if access("jackfield.yaml", F_OK) == 0 { return [.file("jackfield.yaml")] }
        let home = Self.executable.lastIndex(of: "/").map { String(Self.executable[..<$0]) } ?? "."
        for candidate in ["\(home)/jackfield.yaml", "\(home)/../share/jackfield/jackfield.yaml"]
        where access(candidate, F_OK) == 0 { return [.file(candidate)] }
        return [.file("jackfield.yaml")]
    }

    /// What could be understood of the manifest, and every mistake in it.
    ///
    /// - Throws: if a text is no YAML.
    func inspect() throws(CommandFailure) -> (manifest: Manifest, problems: [ManifestProblem]) {
        do throws(ManifestProblems) {
            return try ManifestLoader.inspect(
                sources, environment: Self.environment, sets: set, only: only.map(Self.list),
                without: without.map(Self.list) ?? [])
        } catch {
            throw .configuration(error.problems.map(\.description))
        }
    }

    /// - Throws: every mistake, one sentence each, exit code 78.
    func load() throws(CommandFailure) -> Manifest {
        let (manifest, problems) = try inspect()
        guard problems.isEmpty else { throw .configuration(problems.map(\.description)) }
        return manifest
    }

    var path: PluginPath {
        PluginPath(given: pluginPath, environment: Self.environment, executable: Self.executable)
    }

    private static func list(_ text: String) -> [String] { text.split(separator: ",").map(String.init) }

    static let environment: [String: String] = {
        var variables: [String: String] = [:]
        var entry = environ
        while let text = entry.pointee {
            let pair = String(cString: text)
            if let equals = pair.firstIndex(of: "=") {
                variables[String(pair[..<equals])] = String(pair[pair.index(after: equals)...])
            }
            entry += 1
        }
        return variables
    }()

    static let executable: String = {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = buffer.withUnsafeMutableBytes {
            readlink("/proc/self/exe", $0.bindMemory(to: CChar.self).baseAddress!, $0.count)
        }
        return count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : CommandLine.arguments[0]
    }()
}
