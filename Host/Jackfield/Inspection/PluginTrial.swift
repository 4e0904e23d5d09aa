import EventLoops
import Glibc
import Isolation
import Loading
import NIOCore
import NIOPosix

/// A plugin's descriptor, read in a process of its own: if the library crashes, hangs or means harm, that process does.
struct PluginTrial {
    var descriptor: PluginDescriptor
    var level: SandboxLevel

    /// Loads the library, which runs its constructors and its entry function; no instance is made.
    ///
    /// Blocks until it is done; never on a loop.
    init(library: String) throws(LoadError) {
        guard let real = realpath(library, nil) else {
            throw LoadError(.notFound, "\(library) cannot be found: \(String(cString: strerror(errno)))")
        }
        let path = String(cString: real)
        free(real)
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "/"
        let support = SandboxSupport.probe()
        level = [.strict, .basic].first { support.missing(for: $0) == nil } ?? .none
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let launcher = RunnerLauncher(executors: LoopExecutors(Array(group.makeIterator())))
        defer {
            launcher.stop()
            group.shutdownGracefully { _ in }
        }
        if level == .basic { launcher.closeHost() }
        let order = RunnerOrder(
            id: "inspected", library: path,
            sandbox: SandboxSettings(level: level, memory: 1 << 30, executable: [folder, path]))
        let plugin = try IsolatedPlugin.load(
            order, keeping: RunnerKeeping(), launcher: launcher, observer: SilentObserver())
        descriptor = plugin.descriptor
        plugin.stop()
    }

}
