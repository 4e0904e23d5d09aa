import Integrity
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
        try Self.admit(libraries: plugin.config.grants.libraries)
        let temporary = plugin.config.grants.temporary ? try TemporaryFolder(for: plugin.id.text) : nil
        let order = RunnerOrder(
            id: request.id, library: library,
            sandbox: SandboxSettings(
                level: level, memory: UInt64(config.memory.bytes), openFiles: UInt64(config.openFiles),
                threads: UInt64(config.threads), fileSize: UInt64(config.fileSize.bytes),
                executable: [folder, library], libraries: plugin.config.grants.libraries,
                readable: plugin.config.grants.read, temporary: temporary?.path))
        // By the path that was given: a signature knows the library by its name there.
        let verify: IsolatedPlugin.Verify = {
            [admission, given = request.library, config = plugin.config] () throws(LoadError) in
            try Self.admit(libraries: config.grants.libraries)
            // Read again: it may have been signed anew, and what is signed is what lies there now.
            let now = try PluginPath.at(file: location.folder)
            guard now.manifest.isLoaded(like: location.manifest) else {
                throw LoadError(
                    .otherPlugin,
                    "\(now.file) says other things than when the host was started; restart the host to take it up")
            }
            return try admission.admit(now, library: given, pin: config.sha256).library
        }
        var request = request
        request.library = library
        var isolated: IsolatedPlugin?
        do throws(LoadError) {
            return try loader.load(request) { request throws(LoadError) in
                let made = try IsolatedPlugin.load(
                    order, library: request.sealed,
                    keeping: RunnerKeeping(grace: config.grace.nanoseconds, processors: config.cpu),
                    launcher: launcher, observer: isolationObserver, verify: verify)
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

    /// Granted libraries are the plugin's code too. Names without a folder are found in the system's.
    private static func admit(libraries: [String]) throws(LoadError) {
        try LoadError.ofFiles { () throws(IntegrityError) in
            for granted in libraries where granted.contains("/") { try WritePermission.check(granted) }
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
