import Foundation
import JackfieldJSON
import TestSupport
import Testing

@Suite("plugin sign and plugin verify")
struct SigningCommandTests {
    @Test("agree, and say what was signed")
    func agree() throws {
        let plugin = try SignedPlugin()
        try plugin.sign(["--expires", "365d", "--name", "Acme Works"])
        let ended = try plugin.verify()
        #expect(ended.status == .exited(0), "\(ended.errors)")
        for words in ["agent/traced 1.0.0", "by Acme Works", "libagent-traced.so", "plugin.json", "config.schema.json"]
        {
            #expect(ended.output.contains(words), "\(words): \(ended.output)")
        }
        // By a key file as well, and by the library's path.
        let file = plugin.secrets.path + "/key.pub"
        _ = try SignedPlugin.openssl(["pkey", "-in", plugin.keyFile, "-pubout", "-out", file])
        let other = try HostProcess.run(["plugin", "verify", plugin.library, "--key", file])
        #expect(other.status == .exited(0), "\(other.errors)")
    }

    @Test("make keys, which are never overwritten")
    func newKey() throws {
        let plugin = try SignedPlugin(isSigned: false)
        let file = plugin.secrets.path + "/new.pem"
        let signed = try HostProcess.run(["plugin", "sign", plugin.folder, "--new-key", file])
        #expect(signed.status == .exited(0), "\(signed.errors)")
        let key = try #require(signed.output.split(separator: "\n").last.map(String.init))
        #expect(try plugin.verify(key).status == .exited(0))
        #expect(try HostProcess.run(["plugin", "sign", plugin.folder, "--new-key", file]).status == .exited(1))
        #expect(try HostProcess.run(["plugin", "sign", plugin.folder, "--key", file]).status == .exited(0))
        #expect(try HostProcess.run(["plugin", "sign", plugin.folder]).status == .exited(2))
        chmod(file, 0o644)
        let open = try HostProcess.run(["plugin", "sign", plugin.folder, "--key", file])
        #expect(open.status == .exited(1) && open.errors.contains("chmod 600"))
    }

    @Test(
        "find one changed byte wherever it is", arguments: ["libagent-traced.so", "plugin.json", "config.schema.json"])
    func changedBytes(name: String) throws {
        let plugin = try SignedPlugin()
        let file = plugin.folder + "/" + name
        let original = try Data(contentsOf: URL(fileURLWithPath: file))
        for part in 0..<24 {
            try SignedPlugin.damage(file, at: part, of: 24)
            let ended = try plugin.verify()
            // What is no plugin.json any more is not even compared.
            #expect(ended.status == .exited(1), "part \(part): \(ended.output)")
            #expect(name == "plugin.json" || ended.errors.contains("\(name) was changed"), "\(ended.errors)")
            try original.write(to: URL(fileURLWithPath: file))
        }
        #expect(try plugin.verify().status == .exited(0))
    }

    /// What somebody without this program does with docs/signing.md and openssl.
    private func signByHand(_ plugin: SignedPlugin, signed: String, expires: String) throws {
        let text = try String(contentsOfFile: plugin.signature, encoding: .utf8)
        var object = try #require(try JSON(parsing: text).object)
        object["signed"] = .string(signed)
        object["expires"] = .string(expires)
        object["signer"] = nil
        func value(_ name: String) -> String { object[name]?.string ?? "" }
        var message = "jackfield plugin signature 1\nkey \(value("key"))\nplugin \(value("plugin"))\n"
        message += "version \(value("version"))\nsigned \(signed)\nexpires \(expires)\n"
        for member in (object["files"]?.object?.members ?? []).sorted(by: { $0.key < $1.key }) {
            message += "file \(member.value.string ?? "") \(member.key)\n"
        }
        let file = try plugin.secrets.write("message", message)
        _ = try SignedPlugin.openssl([
            "pkeyutl", "-sign", "-inkey", plugin.keyFile, "-rawin", "-in", file, "-out", file + ".sig",
        ])
        let signature = try Data(contentsOf: URL(fileURLWithPath: file + ".sig"))
        object["signature"] = .string(signature.base64EncodedString())
        try JSON.object(object).text.write(toFile: plugin.signature, atomically: true, encoding: .utf8)
    }

    @Test("take what openssl signed, and refuse what has expired or is not valid yet", arguments: BothModes.isolations)
    func byHand(isolation: String) throws {
        let plugin = try SignedPlugin()
        try signByHand(plugin, signed: "2020-01-01T00:00:00Z", expires: "2999-01-01T00:00:00Z")
        #expect(try plugin.verify().status == .exited(0))
        try plugin.expectAnswer(plugin.manifest(isolation))
        try signByHand(plugin, signed: "2020-01-01T00:00:00Z", expires: "2021-01-01T00:00:00Z")
        try plugin.expectRefusal(plugin.manifest(isolation), "signature_expired", "2021-01-01T00:00:00Z")
        try signByHand(plugin, signed: "2998-01-01T00:00:00Z", expires: "2999-01-01T00:00:00Z")
        try plugin.expectRefusal(plugin.manifest(isolation), "signature_not_yet_valid", "2998-01-01T00:00:00Z")
        // One that says more than was signed.
        let text = try String(contentsOfFile: plugin.signature, encoding: .utf8)
        try text.replacingOccurrences(of: "2998-01-01", with: "2020-01-01").write(
            toFile: plugin.signature, atomically: true, encoding: .utf8)
        try plugin.expectRefusal(plugin.manifest(isolation), "wrong_signature", "forged")
    }

    @Test("refuse times that mean nothing", arguments: ["soon", "0d", "2020-01-01T00:00:00Z", "365"])
    func expiry(text: String) throws {
        let plugin = try SignedPlugin(isSigned: false)
        let ended = try HostProcess.run(["plugin", "sign", plugin.folder, "--key", plugin.keyFile, "--expires", text])
        #expect(ended.status == .exited(1) && ended.errors.contains("--expires"), "\(ended.errors)")
        #expect(!FileManager.default.fileExists(atPath: plugin.signature))
    }
}
