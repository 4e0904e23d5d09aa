import JackfieldJSON
import TestSupport
import Testing

@Suite("A plugin in a process of its own that does not answer")
struct HostileHangTests {
    static let options = "isolation: process, sandbox: { grace: 300ms }"
    /// Milliseconds, for the call that hangs alone: the innocent plugins have the time that a slow machine takes.
    private static let limit = 700

    @Test("is ended a grace after its call was, and is there again for the next one")
    func hangs() throws {
        let names = [
            "endless-loop", "deadlock", "deadlock-with-cancel", "stops-itself", "late-answer", "exit-handler",
            "reads-wire",
        ]
        let instances = names.map { HostileInstance($0, options: Self.options) }
        try HostileHost.serving(instances) { host in
            _ = try inParallel(names.count, width: 4) { index in
                let name = names[index]
                let response = try host.client.invoke(name, "now", limit: Self.limit)
                try demand(response.status == 504, "\(name): \(response.status) \(response.text)")
                try host.end(of: name, "a call was not finished within 0.3 s after it was cancelled")
                try host.restarted(name)
            }
        }
    }

    @Test("and holds the thread that it may block is ended with what waits behind it")
    func blocking() throws {
        let instances = [HostileInstance("never-returns", options: Self.options)]
        try HostileHost.serving(instances) { host in
            let first = try host.client.invoke("never-returns", "now")
            #expect(try first.json()["answer"]?.string == "answered, and never back", "\(first.text)")
            #expect(try host.client.invoke("never-returns", "and now?", limit: Self.limit).status == 504)
            try host.end(of: "never-returns", "a call was not finished")
            try host.restarted("never-returns")
            let again = try host.client.invoke("never-returns", "once more")
            #expect(again.status == 200, "\(again.text)")
        }
    }

    @Test("and burns a processor after it has answered is ended for that")
    func burns() throws {
        let options = "isolation: process, sandbox: { cpu: 0.05 }"
        try HostileHost.serving([HostileInstance("endless-loop", options: options)]) { host in
            #expect(try host.client.invoke("endless-loop", "answered").status == 200)
            try host.end(of: "endless-loop", "processor", within: .seconds(60))
            try host.restarted("endless-loop")
        }
    }

    @Test("to events of the host's holds up its own call alone")
    func events() throws {
        let names = ["never-reads", "never-takes"]
        let instances = names.map { HostileInstance($0, options: Self.options) }
        try HostileHost.serving(
            instances, plugins: "  burst: { use: llm/burst }", fixtures: ["llm/burst"],
            rest: "models: { default: { route: [\"burst/any\"], timeout: 60s } }"
        ) { host in
            let before = try host.residentMegabytes
            for name in names {
                #expect(try host.client.invoke(name, "now", limit: Self.limit).status == 504, "\(name)")
                try host.end(of: name, "a call was not finished")
                try host.restarted(name)
            }
            #expect(try host.residentMegabytes < before + 100)
        }
    }
}
