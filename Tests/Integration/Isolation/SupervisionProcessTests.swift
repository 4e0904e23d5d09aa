import Foundation
import JackfieldJSON
import TestSupport
import Testing

@Suite("The process of an isolated plugin")
struct SupervisionProcessTests {
    /// A file of /proc/PID, or nothing where only root may read it.
    private func read(_ pid: Int, _ name: String) -> String? {
        try? String(contentsOfFile: "/proc/\(pid)/\(name)", encoding: .utf8)
    }

    @Test("is given nothing: no environment, no descriptor but its own four, no folder, no group, no privileges")
    func surroundings() throws {
        let manifest = Manifests.plugins(["agent/surroundings"], options: "isolation: process")
        let secrets = ["UPSTREAM_KEY": Manifests.key]
        try HostProcess.serving(manifest, plugins: FixturePath(["agent/surroundings"]), environment: secrets) { host in
            let said = try host.client.invoke("surroundings", "what is there?").json()["answer"]?.string ?? ""
            let lines = said.split(separator: "\n").map(String.init)
            // The loader may need to know where the runtime's libraries are; nothing else goes in.
            #expect(["environment:", "environment: LD_LIBRARY_PATH"].contains(lines.first), "\(said)")
            #expect(lines.dropFirst().first == "descriptors: 0 1 2 3", "\(said)")
            #expect(
                lines.suffix(4) == ["folder: /", "group: own", "no new privileges: 1", "dumpable: 0"], "\(said)")

            let pid = try #require(try host.isolation(of: "surroundings")["pid"]?.int)
            let status = try #require(read(pid, "status"))
            #expect(status.contains("NoNewPrivs:\t1\n"), "\(status)")
            #expect(status.contains("Seccomp:\t2\n"), "a filter is in force: \(status)")
            let stat = try #require(read(pid, "stat"))
            // Behind the name in parentheses: state, parent, group (proc_pid_stat(5)).
            let fields = stat[stat.lastIndex(of: ")")!...].split(separator: " ")
            #expect(fields[2] == "\(host.process.pid)" && fields[3] == "\(pid)", "\(stat)")
            if let environment = read(pid, "environ") {
                #expect(!environment.contains(Manifests.key) && !environment.contains("HOME"))
            }
            if let names = try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(pid)/fd") {
                #expect(names.sorted() == ["0", "1", "2", "3"])
                #expect(try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(pid)/cwd") == "/")
            }
        }
    }
}
