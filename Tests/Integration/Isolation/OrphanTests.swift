import Foundation
import Glibc
import JackfieldJSON
import Synchronization
import TestSupport
import Testing

@Suite("Runners of plugins", .serialized)
struct OrphanTests {
    /// What a host holds; processes are counted by /proc, whoever started them.
    private struct Holdings: CustomStringConvertible {
        var descriptors: Int
        var threads: Int
        var megabytes: Int
        var description: String { "\(descriptors) descriptors, \(threads) threads, \(megabytes) MiB" }

        init(of host: HostProcess) throws {
            descriptors = try host.openDescriptors
            threads = try host.threads
            megabytes = try host.residentMegabytes
        }
    }

    private static let count = 8
    private static let ids = (0..<count).map { "p\($0)" }

    /// End runners until there were `total` ends, from as many threads as there are plugins. Half of the threads wait
    /// until the plugin is ready; the others hit what is there, also in the middle of its start. The operator restarts
    /// what has ended too often.
    private func kill(_ total: Int, _ host: HostProcess) throws {
        // Two threads may choose the same process: it counts once.
        let killed = Mutex<Set<pid_t>>([])
        _ = try inParallel(Self.count, width: Self.count, within: .seconds(900)) { index in
            let id = Self.ids[index]
            while killed.withLock({ $0.count }) < total {
                let process = try host.isolation(of: id)
                var victim = process["pid"]?.int.map { pid_t($0) }
                if index % 2 == 1 { victim = try host.runners.randomElement() ?? victim }
                if let victim, Runners.parent(of: victim) == host.process.pid,
                    killed.withLock({ $0.insert(victim).inserted })
                {
                    Glibc.kill(victim, SIGKILL)
                } else if process["state"]?.string != "running" {
                    _ = try host.client.send("POST", "/api/v1/plugins/\(id)/restart")
                }
            }
        }
    }

    /// Wait until every plugin runs in a process of its own, and there is no other child, living or dead.
    private func settle(_ host: HostProcess) throws {
        _ = try host.eventually("all plugins to run, and nothing beside them", within: .seconds(60)) {
            var pids: Set<pid_t> = []
            for id in Self.ids {
                let process = try host.isolation(of: id)
                if process["state"]?.string == "running", let pid = process["pid"]?.int {
                    pids.insert(pid_t(pid))
                } else {
                    _ = try host.client.send("POST", "/api/v1/plugins/\(id)/restart")
                }
            }
            let children = try host.children
            return pids.count == Self.count && Set(children) == pids ? true : nil
        }
        for id in Self.ids { #expect(try host.client.invoke(id, "there?").status == 200) }
    }

    @Test("leave no zombie, no orphan and nothing in the host after 1,000 kills", .timeLimit(.minutes(20)))
    func kills() throws {
        let lines = Self.ids.map {
            "  \($0): { use: agent/hello, isolation: process, grants: { temporary: true } }"
        }
        let manifest = """
            jackfield: 1
            profile: testing
            logging: { level: info, format: json }
            plugins:
            \(lines.joined(separator: "\n"))
            """
        let folder = try TemporaryFolder("jackfield-orphans")
        try HostProcess.serving(
            manifest, plugins: FixturePath(["agent/hello"]),
            environment: ["TMPDIR": folder.path]
        ) { host in
            let started = monotonicNanoseconds()
            // What a host allocates once, it allocates in the first hundred.
            try kill(100, host)
            try settle(host)
            let before = try Holdings(of: host)
            try kill(900, host)
            try settle(host)
            let seconds = Double(monotonicNanoseconds() - started) / 1e9
            var after = try Holdings(of: host)
            _ = try? host.eventually("threads and descriptors to be given back", within: .seconds(60)) {
                after = try Holdings(of: host)
                return after.descriptors <= before.descriptors && after.threads <= before.threads ? true : nil
            }
            print("1,000 kills took \(seconds) s: \(before) after 100, \(after) after 1,000")
            #expect(after.descriptors <= before.descriptors, "\(before), then \(after)")
            #expect(after.threads <= before.threads, "\(before), then \(after)")
            #expect(after.megabytes <= before.megabytes + 32, "\(before), then \(after)")
            let ends = try host.metric("jackfield.plugin.process.ends") ?? 0
            #expect(ends >= 1000, "each end is counted: \(ends)")
            #expect(try host.client.get("/health").json()["status"]?.string == "ok")
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == Self.count)
            let last = try host.children
            #expect(try host.stop().status == .exited(0))
            #expect(last.filter { Runners.isLive($0) }.isEmpty)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
        }
    }

    @Test("end with their host when that is killed, also those that listen to nobody")
    func hostIsKilled() throws {
        let fixtures = ["agent/hello", "agent/deaf", "agent/hostile-endless-loop", "agent/hostile-deadlock"]
        let manifest = Manifests.plugins(fixtures, options: "isolation: process", requestTimeout: "120s")
        try HostProcess.serving(manifest, plugins: FixturePath(fixtures)) { host in
            for fixture in fixtures.dropFirst() {
                let id = Manifests.instance(fixture)
                onThread { [client = host.client] in _ = try? client.invoke(id, "now", within: .seconds(60)) }
                _ = try host.eventually("\(id) to be asked") {
                    let live = try host.client.get("/api/v1/plugins/\(id)").json()["live_calls"]
                    return live?["incoming"]?.int == 1 ? true : nil
                }
            }
            let runners = try host.runners
            #expect(runners.count == fixtures.count)
            let killed = monotonicNanoseconds()
            host.process.signal(SIGKILL)
            _ = try host.process.wait()
            let deadline = Deadline.after(.seconds(20))
            var left = runners
            while !left.isEmpty, !deadline.hasPassed { left = left.filter(Runners.isLive) }
            print(
                "the last runner was gone \(Double(monotonicNanoseconds() - killed) / 1e6) ms after its host's SIGKILL")
            #expect(left.isEmpty, "\(left) live on without a host")
        }
    }
}

extension HostProcess {
    /// Every process whose parent is this host, those that have ended and were not waited for among them.
    fileprivate var children: [pid_t] {
        get throws {
            try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap { pid_t($0) }.filter { pid in
                guard let stat = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8),
                    let name = stat.lastIndex(of: ")")
                else { return false }
                let fields = stat[stat.index(after: name)...].split(separator: " ")
                return fields.count > 1 && fields[1] == "\(process.pid)"
            }
        }
    }
}
