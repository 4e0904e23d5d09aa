import Glibc
import JackfieldJSON
import TestSupport
import Testing

@Suite("A plugin in a process of its own that misuses its start or its end")
struct HostileLifecycleTests {
    @Test("by dying while it is loaded, made or opened is listed as failed with what ended it")
    func deaths() throws {
        let failing: [(name: String, reason: String)] = [
            ("segfault-at-load", "signal SIGSEGV"), ("exit-at-load", "exited with code 0"),
            ("segfault-in-create", "signal SIGSEGV"), ("segfault-in-open", "signal SIGSEGV"),
        ]
        try HostileHost.serving(failing.map { HostileInstance($0.name) }) { host in
            for (name, reason) in failing {
                let state = try PluginState(of: name, in: host)
                #expect(state.status == "failed" && state.reason.contains(reason), "\(name): \(state)")
                #expect([404, 503].contains(try host.client.invoke(name, "hello?").status), "\(name)")
            }
        }
    }

    @Test("by never coming back from it is ended, and listed as failed")
    func hangs() throws {
        let names = ["endless-at-load", "endless-in-create", "endless-in-open"]
        try HostileHost.serving(names.map { HostileInstance($0) }) { host in
            for name in names {
                let state = try PluginState(of: name, in: host)
                #expect(state.status == "failed" && state.reason.contains("seconds"), "\(name): \(state)")
            }
            // Nothing of them goes on burning a processor.
            _ = try host.eventually("their processes to be gone") { try host.runners.count == 1 ? true : nil }
        }
    }

    @Test("by dying or staying in its end does not keep the host from ending well, and nothing is left of it")
    func ends() throws {
        let names = [
            "segfault-in-drain", "segfault-in-close", "endless-in-drain", "endless-in-close", "ignores-signals",
        ]
        var runners: [pid_t] = []
        try HostileHost.serving(names.map { HostileInstance($0) }) { host in
            for name in names { #expect(try host.client.invoke(name, "now").status == 200, "\(name)") }
            runners = try host.runners
            #expect(runners.count == names.count + 1)
        }
        // `serving` stopped the host and saw its exit code 0.
        #expect(runners.filter(Runners.isLive) == [])
    }

    @Test("goes with its host, also where that is killed")
    func orphans() throws {
        let names = ["outlives-host", "ignores-signals", "endless-loop", "deadlock", "escapes-group", "moves-wire"]
        let path = try FixturePath(names.map { "agent/hostile-\($0)" })
        let lines = names.map { HostileInstance($0).line }.joined(separator: "\n")
        let host = try HostProcess.start(
            "jackfield: 1\nprofile: testing\nlogging: { level: debug, format: json }\nplugins:\n\(lines)\n",
            plugins: path)
        for name in names where name != "endless-loop" && name != "deadlock" {
            #expect(try host.client.invoke(name, "now").status == 200, "\(name)")
        }
        for name in ["endless-loop", "deadlock"] {
            #expect(try host.client.invoke(name, "answered").status == 200, "\(name)")
        }
        let runners = try host.runners
        #expect(runners.count >= names.count - 1, "one may have stopped reading its wire, and ended")
        host.process.signal(SIGKILL)
        _ = try host.process.wait()
        // There is nothing to wait on that belongs to somebody else's child; the deadline ends it.
        let deadline = Deadline.after(.generous)
        while runners.contains(where: Runners.isLive), !deadline.hasPassed { sched_yield() }
        #expect(runners.filter(Runners.isLive) == [])
    }
}
