import Foundation
import TestSupport
import Testing

@Suite("The page about signing")
struct SigningDocumentTests {
    @Test("has commands that work, in this order")
    func commands() throws {
        try Staging.ensure()
        let script = try Repository.read("docs/signing.md").components(between: "```sh\n", and: "```").joined()
        #expect(script.contains("plugin sign") && script.contains("plugin verify") && script.contains("openssl"))
        let folder = try TemporaryFolder()
        try FileManager.default.copyItem(
            atPath: FixturePlugin.build("agent/hello"), toPath: folder.path + "/my-plugin")
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        var environment = ["PATH": Repository.buildFolder + ":" + path]
        environment["LD_LIBRARY_PATH"] = ProcessInfo.processInfo.environment["LD_LIBRARY_PATH"]
        let ended = try ChildProcess.run(
            "/bin/bash", ["-ec", script], environment: environment, workingDirectory: folder.path)
        #expect(ended.status == .exited(0), "\(ended.output)\(ended.errors)")
        #expect(ended.output.contains("The signature is good."))
    }

    @Test("has a manifest that `check` takes")
    func manifest() throws {
        let blocks = try Repository.read("docs/signing.md").components(between: "```yaml\n", and: "```")
        #expect(blocks.count == 1)
        let folder = try TemporaryFolder()
        let ended = try HostProcess.run([
            "check", "--manifest", try folder.write("jackfield.yaml", "jackfield: 1\n" + blocks[0]),
        ])
        #expect(ended.status == .exited(0), "\(ended.output)\(ended.errors)")
    }

    @Test("names every reason for which a signature is refused")
    func reasons() throws {
        let page = try Repository.read("docs/signing.md")
        let codes = [
            "not_signed", "malformed_signature", "unknown_key", "wrong_signature", "signature_not_yet_valid",
            "signature_expired", "signed_for_another", "changed_file", "wrong_hash", "loose_library",
            "writable_by_others",
        ]
        for code in codes { #expect(page.contains("| `\(code)` |"), "\(code) is missing") }
    }
}
