import Glibc
import JackfieldJSON
import TestSupport
import Testing

@Suite("A notifier that was built for a released ABI", .serialized)
struct MuseumNotifierTests {
    @Test(
        "is told that a plugin has ended too often, and that it runs again",
        arguments: Museum.releases, BothModes.isolations)
    func alert(release: String, isolation: String) throws {
        let manifest = """
            jackfield: 1
            profile: testing
            logging: { level: debug, format: json }
            plugins:
              crier: { use: notifier/museum-crier, isolation: \(isolation) }
              guide: { use: agent/museum-guide, isolation: process }
            notifiers: [crier]
            """
        try HostProcess.serving(manifest, plugins: Museum.path(release)) { host in
            var pid: Int?
            for _ in 0..<5 {
                let next = try host.nextProcess(of: "guide", after: pid).pid
                kill(pid_t(next), SIGKILL)
                pid = next
            }
            let began = try host.logLine("the crier's alert") { $0["message"]?.string == "hear ye" }
            #expect(began["plugin"]?.string == "crier" && began["level"]?.string == "warning", "\(began.text)")
            #expect(began["alert_rule"]?.string == "plugin.circuit-open", "\(began.text)")
            #expect(began["alert_severity"]?.string == "critical", "\(began.text)")
            #expect(began["alert_title"]?.string?.contains("guide") == true, "\(began.text)")

            let restart = try host.client.send("POST", "/api/v1/plugins/guide/restart")
            #expect(restart.status == 202, "\(restart.text)")
            let over = try host.logLine("that it is over") { $0["message"]?.string == "all is well again" }
            #expect(over["alert_reference"]?.string?.hasPrefix("cried-") == true, "\(over.text)")
        }
    }
}
