import Glibc
import JackfieldJSON
import TestSupport
import Testing

@Suite("A plugin that dies in a process of its own")
struct HostileDeathTests {
    /// The fixture, and what the host says that it did.
    static let deaths: [(name: String, reason: String)] = [
        ("segfault", "signal SIGSEGV"),
        ("abort", "signal SIGABRT"),
        ("illegal-instruction", "signal SIG"),  // SIGILL or SIGTRAP: the processor chooses
        ("division-by-zero", "signal SIGFPE"),
        ("double-free", "signal SIGABRT"),
        ("long-jump", "signal SIGABRT"),
        ("kills-itself", "signal SIGKILL"),
        ("stack-overflow", "signal SIGSEGV"),
        ("leak-until-death", "signal SIG"),
        ("exit-zero", "exited with code 0"),
        ("exit-three", "exited with code 3"),
        ("exit-at-once", "exited with code 7"),
    ]

    @Test("takes its call with it, is named with what ended it, and is there again for the next one")
    func calls() throws {
        let deaths = Self.deaths
        try HostileHost.serving(deaths.map { HostileInstance($0.name) }) { host in
            _ = try inParallel(deaths.count, width: 4) { index in
                let (name, reason) = deaths[index]
                for (times, moment) in [(1, "now"), (2, "thread")] {
                    let response = try host.client.invoke(name, moment)
                    try demand(response.status == 503, "\(name) \(moment): \(response.status) \(response.text)")
                    let type = response.headers["content-type"]
                    try demand(type?.hasPrefix("application/problem+json") == true, "\(name) \(moment): \(type ?? "")")
                    try host.end(of: name, reason)
                    try host.restarted(name, times: times)
                    let last = try host.isolation(of: name)["last_end"]?.string ?? ""
                    try demand(last.contains(reason), "\(name) \(moment): \(last), and not \(reason)")
                    // Asked, not attacked: the new one has nothing to report.
                    let again = try host.eventually("\(name) to answer again") { () -> HTTPTestResponse? in
                        let response = try host.client.invoke(name, "report")
                        return response.status == 200 ? response : nil
                    }
                    try demand(try again.json()["answer"]?.string == "", "\(name): \(again.text)")
                }
            }
        }
    }

    @Test("after its answer was given has given it")
    func afterwards() throws {
        let names = ["segfault", "exit-zero", "abort"]
        try HostileHost.serving(names.map { HostileInstance($0) } + [.init("time-bomb"), .init("exit-answer")]) {
            host in
            for name in names {
                let response = try host.client.invoke(name, "answered")
                #expect(try response.json()["answer"]?.string == "answered", "\(name): \(response.text)")
                try host.end(of: name, "")
                try host.restarted(name)
            }
            let bomb = try host.client.invoke("time-bomb", "now")
            #expect(try bomb.json()["answer"]?.string == "setitimer: done", "\(bomb.text)")
            try host.end(of: "time-bomb", "signal SIGALRM")
            let grave = try host.client.invoke("exit-answer", "now")
            // Its last words may not have left the process.
            let words = try grave.json()["answer"]?.string
            #expect(grave.status == 503 || words == "from the grave", "\(grave.text)")
            try host.end(of: "exit-answer", "exited with code 5")
        }
    }

    @Test("with many calls under way fails all of them, and none twice")
    func inFlight() throws {
        try HostileHost.serving([.init("endless-loop", id: "many"), .init("segfault")], requestTimeout: "60s") { host in
            // One that never ends holds the others behind it; they are on the wire when it is ended.
            let statuses = Monitor<[Int]>([])
            for _ in 0..<16 {
                onThread { [client = host.client] in
                    let status = (try? client.invoke("many", "thread", within: .seconds(60)).status) ?? -1
                    statuses.withLock { $0.append(status) }
                }
            }
            _ = try host.eventually("the calls to be under way") {
                let plugin = try host.client.get("/api/v1/plugins/many").json()
                return plugin["live_calls"]?["incoming"]?.int == 16 ? true : nil
            }
            let pid = try #require(try host.isolation(of: "many")["pid"]?.int)
            kill(pid_t(pid), SIGKILL)
            let all = try statuses.wait(for: "the answers of all calls") { $0.count == 16 ? $0 : nil }
            #expect(all.allSatisfy { $0 == 503 }, "\(all)")
            try host.end(of: "many", "signal SIGKILL")
            try host.restarted("many")
        }
    }

    @Test("again and again is left alone after the fifth time, and its callers are told at once")
    func circuit() throws {
        try HostileHost.serving([.init("segfault")]) { host in
            for _ in 0..<5 {
                _ = try host.eventually("the plugin to be there for its next death") {
                    try host.client.invoke("segfault", "report").status == 200 ? true : nil
                }
                #expect(try host.client.invoke("segfault", "now").status == 503)
            }
            _ = try host.eventually("the circuit to be open") {
                try host.isolation(of: "segfault")["state"]?.string == "open" ? true : nil
            }
            let refused = try host.client.invoke("segfault", "report")
            #expect(refused.status == 503, "\(refused.text)")
            let process = try host.isolation(of: "segfault")
            #expect(process["pid"]?.int == nil && process["restarts"]?.int == 4, "\(process.text)")
            let health = try host.client.get("/api/v1/health/detailed")
            #expect(health.text.contains("segfault"), "\(health.text)")
        }
    }
}
