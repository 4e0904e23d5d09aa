import Foundation
import JackfieldJSON
import TestSupport
import Testing

@Suite("A host that trusts keys", .serialized)
struct SignaturePolicyTests {
    @Test("runs what they signed, in both modes, two instances too", arguments: BothModes.isolations)
    func good(isolation: String) throws {
        let signed = try SignedPlugin()
        try signed.expectAnswer(signed.manifest(isolation))
        try signed.expectAnswer(signed.manifest(isolation, policy: "verify"))
        let twice = signed.manifest(isolation).replacingOccurrences(
            of: "plugins:\n", with: "plugins:\n  second: { use: agent/traced, isolation: \(isolation) }\n")
        try HostProcess.serving(twice, plugins: signed.plugins) { host in
            for id in ["traced", "second"] {
                let answer = try host.client.invoke(id, "hello")
                #expect(answer.text.contains("traced one"), "\(answer.text)")
            }
        }
    }

    /// Written in Swift, with the runtime's libraries to find and `$ORIGIN` in its search path.
    @Test("runs a bundled plugin that its operator signed", arguments: BothModes.isolations)
    func bundled(isolation: String) throws {
        try Staging.ensure()
        let signed = try SignedPlugin()
        let folder = signed.plugins.path + "/validator/url"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for name in ["plugin.json", "config.schema.json", "libvalidator-url.so"] {
            let file = URL(fileURLWithPath: "\(Repository.buildFolder)/plugins/validator/url/\(name)")
            try FileManager.default.copyItem(
                atPath: file.resolvingSymlinksInPath().path, toPath: "\(folder)/\(name)")
        }
        let ended = try HostProcess.run(["plugin", "sign", folder, "--key", signed.keyFile])
        #expect(ended.status == .exited(0), "\(ended.errors)")
        let manifest = signed.manifest(isolation).replacingOccurrences(
            of: "traced: { use: agent/traced", with: "url: { use: validator/url")
        try HostProcess.serving(manifest, plugins: signed.plugins) { host in
            let state = try PluginState(of: "url", in: host)
            #expect(state.status == "ready", "\(state)")
        }
    }

    @Test("refuses what is not signed, if it demands signatures, and only then", arguments: BothModes.isolations)
    func unsigned(isolation: String) throws {
        let plugin = try SignedPlugin(isSigned: false)
        try plugin.expectRefusal(plugin.manifest(isolation), "not_signed", "plugin.sig", "integrity.policy")
        try plugin.expectAnswer(plugin.manifest(isolation, policy: "verify"))
        try plugin.expectAnswer(plugin.manifest(isolation, policy: "off"))
    }

    @Test("refuses what another key signed, under `verify` too", arguments: ["require", "verify"])
    func unknownKey(policy: String) throws {
        let plugin = try SignedPlugin()
        let other = try SignedPlugin.newKey(plugin.secrets.path + "/other.pem")
        let manifest = plugin.manifest("in-process", policy: policy, key: other)
        try plugin.expectRefusal(manifest, "unknown_key", "trusted keys (acme)")
        try plugin.expectAnswer(plugin.manifest("in-process", policy: "off", key: other))
    }

    @Test("refuses a library that was swapped after it was signed", arguments: BothModes.isolations)
    func swapped(isolation: String) throws {
        let plugin = try SignedPlugin()
        try plugin.swapLibrary()
        try plugin.expectRefusal(plugin.manifest(isolation), "changed_file", "libagent-traced.so")
    }

    @Test("refuses other files beside the library, too", arguments: ["plugin.json", "config.schema.json"])
    func otherFiles(name: String) throws {
        let plugin = try SignedPlugin()
        let file = plugin.folder + "/" + name
        try (String(contentsOfFile: file, encoding: .utf8) + " ").write(toFile: file, atomically: true, encoding: .utf8)
        try plugin.expectRefusal(plugin.manifest("in-process"), "changed_file", name)
    }

    @Test("refuses a signature that was made for another plugin")
    func another() throws {
        let plugin = try SignedPlugin()
        let json = plugin.folder + "/plugin.json"
        let older = try String(contentsOfFile: json, encoding: .utf8).replacingOccurrences(of: "1.0.0", with: "0.9.0")
        try older.write(toFile: json, atomically: true, encoding: .utf8)
        try plugin.expectRefusal(plugin.manifest("in-process"), "signed_for_another", "1.0.0", "0.9.0")
    }

    @Test("refuses a signature file that is none", arguments: ["", "{}", "\u{0}\u{1}", "[1, 2]"])
    func malformed(text: String) throws {
        let plugin = try SignedPlugin()
        try text.write(toFile: plugin.signature, atomically: true, encoding: .utf8)
        try plugin.expectRefusal(plugin.manifest("in-process"), "malformed_signature", "plugin.sig")
    }

    @Test("refuses what only a pin keeps from being loaded, without running it", arguments: BothModes.isolations)
    func pinned(isolation: String) throws {
        let plugin = try SignedPlugin(isSigned: false)
        let inspected = try HostProcess.run(["plugin", "inspect", "--json", plugin.folder])
        let hash = try #require(try JSON(parsing: inspected.output)["sha256"]?.string)
        let manifest = Manifests.plugins(
            [SignedPlugin.fixture], options: "isolation: \(isolation), sha256: \"\(hash)\"")
        try plugin.expectAnswer(manifest)
        try plugin.swapLibrary()
        try plugin.expectRefusal(manifest, "wrong_hash", hash)
    }

    @Test("does not start again from a file that was swapped while it ran", arguments: ["sha256", "signature"])
    func restarted(by means: String) throws {
        let plugin = try SignedPlugin()
        var manifest = plugin.manifest("process")
        if means == "sha256" {
            let text = try String(contentsOfFile: plugin.signature, encoding: .utf8)
            let hash = try #require(try JSON(parsing: text)["files"]?["libagent-traced.so"]?.string)
            manifest = Manifests.plugins([SignedPlugin.fixture], options: "isolation: process, sha256: \"\(hash)\"")
        }
        let reason = means == "sha256" ? "the manifest pins" : "was changed after it was signed"
        try HostProcess.serving(manifest, plugins: plugin.plugins) { host in
            let (pid, _) = try host.nextProcess(of: "traced", after: nil)
            kill(pid_t(pid), SIGKILL)
            let (second, _) = try host.nextProcess(of: "traced", after: pid)
            #expect(try host.client.invoke("traced", "hello").text.contains("traced one"))
            try plugin.swapLibrary()
            kill(pid_t(second), SIGKILL)
            let end = try host.eventually("the swapped file to be refused") { () -> String? in
                let state = try host.isolation(of: "traced")
                // It is not tried again and again, which would change nothing.
                return state["state"]?.string == "open" ? state["last_end"]?.string : nil
            }
            #expect(end.contains(reason), "\(end)")
            // Whoever asks is not told of the files.
            let refused = try host.client.invoke("traced", "hello")
            let wait = refused.headers["retry-after"].flatMap { Int($0) } ?? 0
            #expect(refused.status == 503 && (1...60).contains(wait), "\(refused.text)")
            #expect(!refused.text.contains(plugin.folder), "\(refused.text)")
            // Mended, it is started when the operator says so.
            try plugin.restoreLibrary()
            #expect(try host.client.send("POST", "/api/v1/plugins/traced/restart").status == 202)
            _ = try host.nextProcess(of: "traced", after: second)
            #expect(try host.client.invoke("traced", "hello").text.contains("traced one"))
        }
    }

    @Test(
        "says where its manifest is wrong",
        arguments: [
            ("integrity: { policy: require }", "integrity.policy", "no key is listed"),
            ("integrity: { policy: strict }", "integrity.policy", "require, verify, off"),
            ("integrity: { keys: { acme: \"ed25519:short\" } }", "integrity.keys.acme", "32 bytes in Base64"),
            ("integrity: { keyz: {} }", "integrity.keyz", "did you mean \"keys\"?"),
        ])
    func manifest(text: String, place: String, words: String) throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("jackfield.yaml", Manifests.plugins([], rest: text))
        let ended = try HostProcess.run(["check", "--manifest", file])
        #expect(ended.status == .exited(1))
        let line = ended.errors.split(separator: "\n").first { $0.contains(place) }
        #expect(line?.contains("jackfield.yaml:7:") == true && line?.contains(words) == true, "\(ended.errors)")
    }
}
