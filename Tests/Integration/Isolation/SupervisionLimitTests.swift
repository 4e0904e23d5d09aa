import JackfieldJSON
import TestSupport
import Testing

@Suite("What an isolated plugin uses")
struct SupervisionLimitTests {
    @Test("of memory is limited: one that takes more ends alone, and is there again")
    func memory() throws {
        let fixture = "agent/hostile-leak-until-death"
        let manifest = Manifests.plugins(
            [fixture, "agent/hello"], options: "isolation: process, sandbox: { memory: 64MiB }")
        try HostProcess.serving(manifest, plugins: FixturePath([fixture, "agent/hello"])) { host in
            let id = Manifests.instance(fixture)
            #expect(try host.client.invoke(id, "now", within: .seconds(60)).status == 503)
            // It writes where malloc gave it nothing.
            try host.end(of: id, "was ended by signal SIG")
            try host.restarted(id)
            #expect(try host.client.invoke(id, "report").status == 200)
            #expect(try host.client.invoke("hello", "there?").status == 200)
            #expect(try host.isolation(of: "hello")["restarts"]?.int == 0)
        }
    }

    /// A plugin's own busy thread, after its call was answered: no deadline would end it.
    @Test("of processor time is limited, and shown", .timeLimit(.minutes(20)))
    func processor() throws {
        let fixture = "agent/hostile-endless-loop"
        let manifest = Manifests.plugins([fixture], options: "isolation: process, sandbox: { cpu: 0.02 }")
        try HostProcess.serving(manifest, plugins: FixturePath([fixture])) { host in
            let id = Manifests.instance(fixture)
            #expect(try host.client.invoke(id, "answered").status == 200)
            try host.end(of: id, "processor", within: .seconds(60))
            try host.restarted(id)
            let used = try host.isolation(of: id)["cpu_seconds"]?.double ?? 0
            #expect(used > 0.2, "it was allowed a fifth of a second in ten: \(used)")
        }
    }
}
