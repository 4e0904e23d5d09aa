import JackfieldJSON
import TestSupport
import Testing

@Suite("A plugin that reaches for what is not its own")
struct HostileAttemptTests {
    /// The report of one that attacks when it is asked or when it was loaded.
    private func report(_ host: HostProcess, _ id: String, _ moment: String = "now") throws -> String {
        let response = try host.client.invoke(id, moment, within: .seconds(60))
        guard let answer = try response.json()["answer"]?.string else {
            let end = try host.isolation(of: id)["last_end"]?.string
            throw TestFailure("\(id), \(moment): \(response.status) \(response.text); \(end ?? "its process lives")")
        }
        return answer
    }

    /// The names of refused calls, of which the host hears behind the answers.
    private func told(_ host: HostProcess, _ id: String, _ expected: Set<String>) throws -> Set<String> {
        func now() throws -> Set<String> {
            Set(try host.isolation(of: id)["refused_calls"]?.object?.members.map(\.key) ?? [])
        }
        _ = try host.eventually("the host to hear of what \(id) tried") {
            try now().isSuperset(of: expected) ? true : nil
        }
        return try now()
    }

    @Test("is refused it with an error of the system, whenever it tries; and the host names the call")
    func strict() throws {
        let attempts = HostileAttempt.strict
        try HostileHost.serving(attempts.map { HostileInstance($0.name) }) { host in
            _ = try inParallel(attempts.count, width: 4) { index in
                let attempt = attempts[index]
                for moment in attempt.moments {
                    let complaints = attempt.complaints(about: try report(host, attempt.name, moment))
                    try demand(complaints == [], "\(attempt.name), \(moment): \(complaints)")
                }
                let told = try told(host, attempt.name, attempt.told)
                try demand(told == attempt.told, "\(attempt.name): the host was told of \(told.sorted())")
                for call in attempt.told {
                    try host.logLine("\(attempt.name) and \(call)") {
                        $0["message"]?.string == "sandbox refused a system call"
                            && $0["plugin"]?.string == attempt.name && $0["call"]?.string == call
                            && $0["level"]?.string == "warning"
                    }
                }
                let process = try host.isolation(of: attempt.name)
                try demand(process["last_end"]?.string == nil, "\(attempt.name): \(process.text)")
                try demand(process["sandbox"]?["level"]?.string == "strict", "\(attempt.name): \(process.text)")
            }
            #expect(try host.metric("jackfield.plugin.sandbox.refusals") ?? 0 > 100)
        }
    }

    @Test("with calls that cannot be answered is ended, and that says so")
    func fatal() throws {
        #if arch(x86_64)
            let names = ["system", "sigsys-blocked", "other-abi-x32", "other-abi-int80"]
        #else
            let names = ["system", "sigsys-blocked"]
        #endif
        try HostileHost.serving(names.map { HostileInstance($0) }) { host in
            for name in names {
                #expect(try host.client.invoke(name, "now").status == 503, "\(name)")
                try host.end(of: name, "signal SIGSYS")
                try host.restarted(name)
            }
        }
    }

    @Test("by code that comes while it is loaded gets it from files alone")
    func code() throws {
        try HostileHost.serving([HostileInstance("maps-at-load")]) { host in
            let report = try report(host, "maps-at-load")
            let attempt = HostileAttempt("maps-at-load", others: ["mmap rw": "done"])
            #expect(attempt.complaints(about: report) == [])
        }
    }

    @Test("is given what its manifest grants, and no more")
    func granted() throws {
        let granted = [
            HostileInstance(
                "reads-passwd", options: "isolation: process, grants: { read: [\"/etc/passwd\"] }"),
            HostileInstance("huge-file", options: "isolation: process, grants: { temporary: true }"),
            HostileInstance(
                "leak", options: "isolation: process, sandbox: { memory: 256MiB }"),
            HostileInstance(
                "thread-bomb", options: "isolation: process, sandbox: { threads: 16 }"),
            HostileInstance(
                "descriptor-bomb", options: "isolation: process, sandbox: { open_files: 64 }"),
        ]
        try HostileHost.serving(granted) { host in
            let passwd = HostileAttempt(
                "reads-passwd", "EACCES",
                others: [
                    "open /etc/passwd": "done", "open by a detour": "done", "fopen": "done", "openat2": "ENOSYS",
                ])
            #expect(passwd.complaints(about: try report(host, "reads-passwd")) == [])
            let file = HostileAttempt(
                "huge-file",
                others: ["64 GiB of memory": "EBADF", "a file of its own": "done", "64 GiB of disk": "EFBIG"])
            #expect(file.complaints(about: try report(host, "huge-file")) == [])
            #expect(try report(host, "thread-bomb") == "EAGAIN after 15 threads")
            #expect(try report(host, "descriptor-bomb") == "EMFILE after 60 descriptors")
            let leaked = try report(host, "leak").split(separator: " ")
            let mebibytes = leaked.compactMap { Int($0) }.first ?? 0
            #expect(leaked.first == "ENOMEM" && (64...320).contains(mebibytes), "\(leaked)")
            // It lives on what it has left, and is no worse off for having tried.
            #expect(try report(host, "leak", "report").hasPrefix("ENOMEM"))
        }
    }

    @Test("at the level `basic` reads what its user may, and nothing else is different")
    func basic() throws {
        let options = "isolation: process, sandbox: { level: basic }"
        let names = ["reads-passwd", "tcp-connect", "kills-host", "executable-mapping"]
        try HostileHost.serving(names.map { HostileInstance($0, options: options) }) { host in
            let report = try report(host, "reads-passwd")
            #expect(report.hasPrefix("open /etc/passwd: done\n"), "\(report)")
            for attempt in HostileAttempt.strict where names.contains(attempt.name) && attempt.name != "reads-passwd" {
                #expect(attempt.complaints(about: try self.report(host, attempt.name)) == [], "\(attempt.name)")
                #expect(try host.isolation(of: attempt.name)["sandbox"]?["level"]?.string == "basic")
            }
        }
    }
}
