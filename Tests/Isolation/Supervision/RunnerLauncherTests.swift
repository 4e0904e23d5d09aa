import EventLoops
import Foundation
import Glibc
import Loading
import NIOCore
import NIOPosix
import TestSupport
import Testing

@testable import Isolation

@Suite("What starts runners")
struct RunnerLauncherTests {

    private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    private let launcher: RunnerLauncher

    init() {
        launcher = RunnerLauncher(
            executors: LoopExecutors(Array(group.makeIterator())), executable: Repository.jackfield)
    }

    private func load() throws -> (plugin: IsolatedPlugin, process: Int32) {
        let home = URL(fileURLWithPath: try FixturePlugin.build("tool/basics")).resolvingSymlinksInPath().path
        let order = RunnerOrder(
            id: "basics", library: "\(home)/libtool-basics.so", sandbox: SandboxSettings(level: .none))
        // What is loaded first was verified by whoever loads it, and is not looked at again.
        let plugin = try IsolatedPlugin.load(
            order, keeping: RunnerKeeping(), launcher: launcher, observer: SilentObserver()
        ) { () throws(LoadError) in throw LoadError(.changedFile, "it was asked again") }
        return (plugin, try #require(plugin.report.process))
    }

    /// Event loops that are shut down must not be told anything more.
    @Test("has stopped when the loops have heard of every runner's end, however late they come to it")
    func stop() throws {
        let (plugin, process) = try load()
        // The loop is busy until the process is gone: it hears of the end later than anybody else.
        group.next().execute { while kill(process, 0) == 0 { sched_yield() } }
        plugin.stop()
        launcher.stop()
        #expect(plugin.report.process == nil)
        #expect(plugin.report.lastEnd?.contains("it is not needed") == true, "\(plugin.report.lastEnd ?? "")")
        try group.syncShutdownGracefully()
    }

    @Test("ends what nobody else has ended, may be stopped twice, and starts nothing afterwards")
    func left() throws {
        let (plugin, process) = try load()
        launcher.stop()
        launcher.stop()
        #expect(kill(process, 0) == -1 && errno == ESRCH)
        #expect(plugin.report.lastEnd?.contains("its host stops") == true, "\(plugin.report.lastEnd ?? "")")
        let error = #expect(throws: LoadError.self) { try load() }
        #expect(error?.message == "basics is not started: its host stops")
        try group.syncShutdownGracefully()
    }
}
