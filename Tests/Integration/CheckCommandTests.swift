import TestSupport
import Testing

@Suite("jackfield check")
struct CheckCommandTests {
    @Test("reports all mistakes at once, each with file, line and what would be right")
    func allAtOnce() throws {
        let folder = try TemporaryFolder()
        let manifest = """
            jackfield: 1
            serverr: { listen: "127.0.0.1:0" }
            server: { request_timeout: soon }
            plugins:
              hello: { use: agent/hello, isolaton: process }
              other: { use: nonsense }
              echo: { use: llm/echo }
            models:
              default: { route: ["nobody/gpt"] }
            validators: { input: [hello] }
            """
        let file = try folder.write("jackfield.yaml", manifest)
        let plugins = try FixturePath(["agent/hello", "llm/echo"])
        let ended = try HostProcess.run(["check", "--manifest", file, "--plugin-path", plugins.path])
        #expect(ended.status == .exited(1))
        let said = ended.output + ended.errors
        for (line, word, hint) in [
            (2, "serverr", "server"), (3, "request_timeout", ""), (5, "isolaton", "isolation"), (6, "nonsense", ""),
            (9, "nobody", ""), (10, "hello", ""),
        ] {
            let found = said.split(separator: "\n").first {
                $0.contains("jackfield.yaml:\(line):") && $0.contains(word)
            }
            #expect(found != nil, "line \(line), \(word):\n\(said)")
            if !hint.isEmpty { #expect(found?.contains("\"\(hint)\"") == true, "\(found ?? "")") }
        }
    }

    @Test("loads every plugin, and says which cannot be loaded and why")
    func loads() throws {
        let folder = try TemporaryFolder()
        let plugins = try FixturePath(["agent/hello", "agent/failing-create", "agent/missing-service"])
        let file = try folder.write(
            "jackfield.yaml", Manifests.plugins(["agent/hello", "agent/failing-create", "agent/missing-service"]))
        let ended = try HostProcess.run(["check", "--manifest", file, "--plugin-path", plugins.path])
        #expect(ended.status == .exited(1))
        let said = ended.output + ended.errors
        #expect(said.contains("the fixture has no flux capacitor"))
        #expect(said.contains("jackfield.teleport/1"))
    }

    @Test("finds nothing wrong with what is right, and with the default manifest")
    func good() throws {
        let folder = try TemporaryFolder()
        let plugins = try FixturePath(["agent/hello"])
        let file = try folder.write("jackfield.yaml", Manifests.plugins(["agent/hello"]))
        let ended = try HostProcess.run(["check", "--manifest", file, "--plugin-path", plugins.path])
        #expect(ended.status == .exited(0), "\(ended.output)\(ended.errors)")

        let packaged = try HostProcess.run(["check", "--manifest", Repository.root + "/Host/Packaging/jackfield.yaml"])
        #expect(packaged.status == .exited(0), "\(packaged.output)\(packaged.errors)")
    }

    @Test("a manifest that is wrong keeps serve from starting: exit code 78, and all the mistakes")
    func serve() throws {
        let ended = try HostProcess.failing(
            "jackfield: 1\nplugins: { hello: { use: agent/hello, nonsense: 1 } }\nmodel: {}\n")
        #expect(ended.status == .exited(78), "\(ended.errors)")
        #expect(ended.errors.contains("nonsense") && ended.errors.contains("model"))
    }

    @Test("exit codes are 2 for a wrong use, and 78 for a manifest that is not there")
    func exitCodes() throws {
        #expect(try HostProcess.run(["no-such-command"]).status == .exited(2))
        #expect(try HostProcess.run(["serve", "--no-such-option"]).status == .exited(2))
        let missing = try HostProcess.run(["serve", "--manifest", "/nowhere/jackfield.yaml"])
        #expect(missing.status == .exited(78))
        #expect(missing.errors.contains("/nowhere/jackfield.yaml"))
    }

    @Test("a port that is taken is said in one sentence")
    func portTaken() throws {
        let (socket, port) = try Socket.bound(listens: true)
        defer { socket.close() }
        let folder = try TemporaryFolder()
        let file = try folder.write("jackfield.yaml", Manifests.plugins(["agent/hello"]))
        let ended = try HostProcess.run(["serve", "--manifest", file, "--listen", "127.0.0.1:\(port)"])
        #expect(ended.status == .exited(1) || ended.status == .exited(78))
        #expect(ended.errors.contains("127.0.0.1:\(port)"))
    }
}
