import Glibc
import JackfieldJSON
import TestSupport
import Testing

@Suite("The start of an isolated plugin")
struct SupervisionStartTests {
    @Test("lets it use the host's services in `open`, the first time and after every restart")
    func servicesInOpen() throws {
        let manifest = Manifests.plugins(["agent/opens-timer"], options: "isolation: process")
        try HostProcess.serving(manifest, plugins: FixturePath(["agent/opens-timer"])) { host in
            func finished() -> Int {
                host.log.count { $0["text"]?.string == "opens-timer: finished with 0" }
            }
            _ = try host.eventually("the first timer") { finished() == 1 ? true : nil }
            let pid = try #require(host.client.get("/api/v1/plugins/opens-timer").json()["process"]?["pid"]?.int)
            kill(pid_t(pid), SIGKILL)
            _ = try host.eventually("the timer of the next process") { finished() == 2 ? true : nil }
            #expect(!host.log.contains { $0["text"]?.string?.contains("refused") == true })
        }
    }

    @Test("fails at once, naming the signal, if it dies at its first call")
    func deathAtTheFirstCall() throws {
        let manifest = Manifests.plugins(
            ["agent/dies-when-asked"], options: "isolation: process, grants: { temporary: true }")
        try HostProcess.serving(manifest, plugins: FixturePath(["agent/dies-when-asked"])) { host in
            let plugin = try host.client.get("/api/v1/plugins/dies-when-asked").json()
            #expect(plugin["status"]?.string == "failed")
            let reason = plugin["error"]?["message"]?.string ?? ""
            #expect(reason.contains("was ended by signal SIGABRT"), "\(reason)")
            let load = plugin["load_ms"]?.double ?? 5000
            #expect(load < 4000, "it was waited for: \(load) ms")
        }
    }
}
