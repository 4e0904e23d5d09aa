import ArgumentParser
import JackfieldJSON
import Loading
import Manifest
import Registry

/// `jackfield plugin`: for operators and authors.
struct PluginCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plugin", abstract: "Begin, check, list, inspect, sign and verify plugins.",
        subcommands: [
            List.self, PluginInspectCommand.self, PluginNewCommand.self, PluginCheckCommand.self,
            PluginSignCommand.self, PluginVerifyCommand.self,
        ])

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
}
