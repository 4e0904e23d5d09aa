import Glibc
import Isolation
import Loading
import Manifest
import Telemetry

extension PluginRegistry {
    /// Load a plugin into a process of its own.
    func isolate(
        _ plugin: RegisteredPlugin, _ location: PluginLocation, _ request: PluginLoader.Request, _ loader: PluginLoader
    ) throws(LoadError) -> RunningPlugin {
        guard let launcher else {
            throw LoadError(
                .notIsolated, "\(plugin.id) cannot have a process of its own here: this command starts none")
        }
        let config = plugin.config.sandbox
        let level = SandboxLevel(rawValue: config.level.rawValue)!
        if let missing = SandboxSupport.probe().missing(for: level) {
            throw LoadError(
                .notIsolated, "\(plugin.id) cannot be isolated as plugins.\(plugin.id).sandbox asks: \(missing)")
        }
        if level == .basic { launcher.closeHost() }
        let library = try Self.resolve(request.library)
        let folder = try Self.resolve(location.folder)
        let temporary = plugin.config.grants.temporary ? try TemporaryFolder(for: plugin.id.text) : nil
        let order = RunnerOrder(
            id: request.id, library: library,
            sandbox: SandboxSettings(
                level: level, memory: UInt64(config.memory.bytes), openFiles: UInt64(config.openFiles),
                threads: UInt64(config.threads), fileSize: UInt64(config.fileSize.bytes),
                executable: [folder, library],
                readable: plugin.config.grants.read, temporary: temporary?.path))
        var request = request
        request.library = library
        var isolated: IsolatedPlugin?
        do throws(LoadError) {
            return try loader.load(request) { _ throws(LoadError) in
                let made = try IsolatedPlugin.load(
                    order,
                    keeping: RunnerKeeping(
                        grace: config.grace.nanoseconds, processors: config.cpu, sha256: request.sha256),
                    launcher: launcher, observer: isolationObserver)
                isolated = made
                plugin.update { state in
                    state.isolated = made
                    state.temporary = temporary
                }
                return made
            }
        } catch {
            isolated?.stop()
            temporary?.remove()
            throw error
        }
    }

    /// Without symbolic links, so that rules for the path are rules for the file.
    private static func resolve(_ path: String) throws(LoadError) -> String {
        guard let real = realpath(path, nil) else {
            throw LoadError(.notFound, "\(path) cannot be found: \(String(cString: strerror(errno)))")
        }
        defer { free(real) }
        return String(cString: real)
    }
}

extension Duration {
    fileprivate var nanoseconds: Int64 { components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000 }
}
