import ArgumentParser
import JackfieldJSON
import Loading
import Manifest
import Registry

/// `jackfield plugin`: for operators and authors.
struct PluginCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plugin", abstract: "List and inspect plugins.", subcommands: [List.self, Inspect.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List the plugins on the plugin path.")

        @Option(
            name: .long, help: "A folder with plugins, searched before JACKFIELD_PLUGIN_PATH.", completion: .directory)
        var pluginPath: [String] = []

        @Flag(name: .long, help: "Print JSON.")
        var json = false

        func run() async throws {
            let path = PluginPath(
                given: pluginPath, environment: ManifestOptions.environment, executable: ManifestOptions.executable)
            let found = path.all()
            if json {
                let list = found.map { entry -> JSON in
                    switch entry.result {
                    case .success(let location):
                        [
                            "id": .string(entry.id), "version": .string(location.manifest.version),
                            "role": .string(location.manifest.role.description),
                            "description": .string(location.manifest.description), "folder": .string(location.folder),
                        ]
                    case .failure(let error): ["id": .string(entry.id), "error": .string(error.message)]
                    }
                }
                return Terminal.out(JSON.array(list).text + "\n")
            }
            let rows = found.map { entry in
                switch entry.result {
                case .success(let location):
                    [entry.id, location.manifest.version, location.manifest.description]
                case .failure(let error): [entry.id, "-", "broken: \(error.message)"]
                }
            }
            guard !rows.isEmpty else {
                throw CommandFailure.failed("there are no plugins in \(path.folders.joined(separator: ", "))")
            }
            Terminal.out(Terminal.table(["PLUGIN", "VERSION", "DESCRIPTION"], rows))
        }
    }

    struct Inspect: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "inspect",
            abstract: "Show what a plugin is and needs, without running any of its code.",
            discussion: "FILE is a plugin's folder, its plugin.json or its library.")

        @Argument(help: "A plugin's folder, plugin.json or library.", completion: .file())
        var file: String

        @Flag(name: .long, help: "Print JSON.")
        var json = false

        func run() async throws {
            do throws(LoadError) {
                let location = try PluginPath.at(file: file)
                let library = file.hasSuffix(".so") ? file : location.library
                let elf = try ELFFile(path: library)
                let hash = try PluginLoader.sha256(of: library)
                let manifest = location.manifest
                let facts: [(String, [String])] = [
                    ("id", [manifest.id.description]), ("version", [manifest.version]),
                    ("description", [manifest.description]), ("license", [manifest.license]),
                    ("role", [manifest.role.description]), ("abi", ["\(manifest.abi)"]), ("library", [library]),
                    ("sha256", [hash]), ("requires", manifest.services.required.map(\.description)),
                    ("can use", manifest.services.optional.map(\.description)), ("exports", elf.exports),
                    ("links", elf.needed),
                ]
                if json {
                    let listed: Set = ["requires", "can use", "exports", "links"]
                    let object = JSONObject(
                        facts.map { name, values in
                            (
                                name == "can use" ? "optional" : name,
                                listed.contains(name) ? .array(values.map { .string($0) }) : .string(values[0])
                            )
                        })
                    Terminal.out(JSON.object(object).text + "\n")
                } else {
                    for (name, values) in facts {
                        let label = name + String(repeating: " ", count: 12 - name.count)
                        Terminal.out(
                            "\(Terminal.styled(label, .bold)) \(values.isEmpty ? "-" : values.joined(separator: ", "))\n"
                        )
                    }
                }
            } catch {
                throw CommandFailure.failed(error.message)
            }
        }
    }
}
