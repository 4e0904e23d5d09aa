import Foundation
import JackfieldJSON
import TestSupport
import Testing

@Suite("A signed plugin whose process is started again", .serialized)
struct RestartedPluginTests {
    private func serving(_ plugin: SignedPlugin, _ body: (HostProcess, _ pid: Int) throws -> Void) throws {
        try HostProcess.serving(plugin.manifest("process"), plugins: plugin.plugins) { host in
            let (pid, _) = try host.nextProcess(of: "traced", after: nil)
            try body(host, pid)
        }
    }

    private func change(_ plugin: SignedPlugin, _ text: String, to other: String) throws {
        let file = plugin.folder + "/plugin.json"
        let json = try String(contentsOfFile: file, encoding: .utf8)
        try demand(json.contains(text), json)
        try json.replacingOccurrences(of: text, with: other).write(toFile: file, atomically: true, encoding: .utf8)
        try plugin.sign()
    }

    @Test("is started from what was signed anew meanwhile")
    func signedAnew() throws {
        let plugin = try SignedPlugin()
        try serving(plugin) { host, pid in
            try change(plugin, #""license": ""#, to: #""license": "MIT OR "#)
            kill(pid_t(pid), SIGKILL)
            _ = try host.nextProcess(of: "traced", after: pid)
            #expect(try host.client.invoke("traced", "hello").text.contains("traced one"))
        }
    }

    @Test("is not, where plugin.json says other things than the host goes by; the reason says what helps")
    func otherVersion() throws {
        let plugin = try SignedPlugin()
        try serving(plugin) { host, pid in
            try change(plugin, "1.0.0", to: "1.0.1")
            kill(pid_t(pid), SIGKILL)
            try host.end(of: "traced", "restart the host to take it up; it is not tried again for 60 s")
        }
    }

    /// A file that is away may be back in a moment: somebody replaces it.
    @Test("is tried again soon where a file is missing")
    func missing() throws {
        let plugin = try SignedPlugin()
        try serving(plugin) { host, pid in
            let aside = plugin.secrets.path + "/aside.so"
            try FileManager.default.moveItem(atPath: plugin.library, toPath: aside)
            kill(pid_t(pid), SIGKILL)
            let line = try host.end(of: "traced", "could not be started again")
            #expect(line["next"]?.string == "restarting", "\(line.text)")
            try FileManager.default.moveItem(atPath: aside, toPath: plugin.library)
            // It may have been away for five attempts; then the operator says when.
            let state = try host.eventually("it to run, or to be left alone") {
                let state = try host.isolation(of: "traced")["state"]?.string
                return state == "restarting" ? nil : state
            }
            if state == "open" { _ = try host.client.send("POST", "/api/v1/plugins/traced/restart") }
            _ = try host.nextProcess(of: "traced", after: pid)
            #expect(try host.client.invoke("traced", "hello").text.contains("traced one"))
        }
    }
}
