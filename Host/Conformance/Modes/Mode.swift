import EventLoops
import Isolation
import JackfieldVocabulary
import Loading
import Manifest
import NIOCore
import NIOPosix
import Registry

/// Where an instance lives: in this process, or in a sandboxed one of its own.
enum Mode: String {
    case inProcess = "in-process"
    case process

    /// The plugin's image, and what must be stopped once its instance is gone.
    ///
    /// - Throws: failed with what loading said; skipped where this machine has no strict sandbox.
    func load(_ subject: Subject) throws -> (image: any PluginImage, stop: () -> Void) {
        do throws(LoadError) {
            switch self {
            case .inProcess: return (try LoadedLibrary.open(path: subject.library), {})
            case .process: return try Self.isolated(subject)
            }
        } catch {
            if error.code == .notIsolated { throw Finding.skipped(error.message) }
            throw Finding.failed(
                "the plugin cannot be loaded \(self == .process ? "in a process of its own" : "here"): \(error.message)"
            )
        }
    }

    private static func isolated(_ subject: Subject) throws(LoadError) -> (image: any PluginImage, stop: () -> Void) {
        if let missing = SandboxSupport.probe().missing(for: .strict) { throw LoadError(.notIsolated, missing) }
        let folder = subject.library.lastIndex(of: "/").map { String(subject.library[..<$0]) } ?? "."
        // What the plugin asks for in plugin.json, a host would grant in the manifest.
        let readable = (try? PluginPath.at(file: subject.library))?.manifest.grants.read ?? []
        let loops = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let launcher = RunnerLauncher(executors: LoopExecutors(loops.makeIterator()))
        let image = try IsolatedPlugin.load(
            RunnerOrder(
                id: "checked", library: subject.library,
                sandbox: SandboxSettings(
                    level: .strict, executable: [folder, subject.library], readable: readable)),
            keeping: RunnerKeeping(), launcher: launcher, observer: SilentObserver())
        return (
            image,
            {
                image.stop()
                launcher.stop()
            }
        )
    }

}
