import Foundation
import JackfieldJSON
import TestSupport

/// A plugin with a key to sign it, in folders that a test may damage. The plugin leaves a trace when it is mapped.
struct SignedPlugin {
    static let fixture = "agent/traced"
    /// On the host's standard error as soon as any code of the plugin runs, whichever process it is in.
    static let trace = "traced: the constructor ran"

    let plugins: FixturePath
    let secrets: TemporaryFolder
    /// As the manifest has it.
    let publicKey: String

    var folder: String { plugins.path + "/" + Self.fixture }
    var library: String { folder + "/libagent-traced.so" }
    var keyFile: String { secrets.path + "/key.pem" }
    var signature: String { folder + "/plugin.sig" }

    /// - Parameter isSigned: with the key.
    init(isSigned: Bool = true) throws {
        plugins = try FixturePath([Self.fixture])
        secrets = try TemporaryFolder("jackfield-keys")
        publicKey = try Self.newKey(secrets.path + "/key.pem")
        if isSigned { try sign() }
    }

    /// Makes a key, as openssl does, and gives the public one.
    static func newKey(_ file: String) throws -> String {
        _ = try openssl(["genpkey", "-algorithm", "ed25519", "-out", file])
        chmod(file, 0o600)
        _ = try openssl(["pkey", "-in", file, "-pubout", "-outform", "DER", "-out", file + ".der"])
        return "ed25519:" + (try Data(contentsOf: URL(fileURLWithPath: file + ".der")).suffix(32).base64EncodedString())
    }

    static func openssl(_ arguments: [String]) throws -> EndedProcess {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        let ended = try ChildProcess.run("/usr/bin/env", ["openssl"] + arguments, environment: ["PATH": path])
        guard ended.status == .exited(0) else { throw TestFailure("openssl \(arguments): \(ended.errors)") }
        return ended
    }

    func sign(_ options: [String] = []) throws {
        let ended = try HostProcess.run(["plugin", "sign", folder, "--key", keyFile] + options)
        guard ended.status == .exited(0), ended.output.contains(publicKey) else {
            throw TestFailure("plugin sign: \(ended.status) \(ended.output)\(ended.errors)")
        }
    }

    func verify(_ key: String? = nil) throws -> EndedProcess {
        try HostProcess.run(["plugin", "verify", folder, "--key", key ?? publicKey])
    }

    func manifest(_ isolation: String, policy: String = "require", options: String = "", key: String? = nil) -> String {
        Manifests.plugins(
            [Self.fixture], options: "isolation: \(isolation)\(options)",
            rest: "integrity: { policy: \(policy), keys: { acme: \"\(key ?? publicKey)\" } }")
    }

    /// A host with this manifest must refuse the plugin for a reason, and run none of its code.
    func expectRefusal(_ manifest: String, _ code: String, _ words: String...) throws {
        var reason: JSON?
        try HostProcess.serving(manifest, plugins: plugins) { host in
            let plugin = try host.client.get("/api/v1/plugins/traced").json()
            reason = plugin["error"]
            try demand(plugin["status"]?.string == "failed", "it was loaded: \(plugin.text)")
            try demand(!host.process.errors.text.contains(Self.trace), "its code ran:\n\(host.process.errors.text)")
        }
        let message = reason?["message"]?.string ?? ""
        try demand(reason?["code"]?.string == code, "expected \(code): \(reason?.text ?? "nothing")")
        for word in words { try demand(message.contains(word), "\"\(word)\" is not in: \(message)") }
    }

    /// A host with this manifest must load the plugin.
    func expectAnswer(_ manifest: String) throws {
        try HostProcess.serving(manifest, plugins: plugins) { host in
            let answer = try host.client.invoke("traced", "hello")
            try demand(answer.text.contains("traced one"), answer.text)
            _ = try host.eventually("the trace") { host.process.errors.text.contains(Self.trace) ? true : nil }
        }
    }

    /// Another library in the place of the one that was signed, which traces and answers as that one does.
    func swapLibrary() throws {
        let source = try secrets.write(
            "traced.c",
            String(contentsOfFile: FixturePlugin.sources + "/agent/traced.c", encoding: .utf8)
                .replacingOccurrences(of: "traced one", with: "traced two"))
        try FixturePlugin.compile(source: source, name: Self.fixture, into: secrets.path + "/other")
        guard link(library, signedLibrary) == 0,
            rename(secrets.path + "/other/libagent-traced.so", library) == 0
        else { throw TestFailure("not swapped") }
    }

    /// The library that was signed, in its place again.
    func restoreLibrary() throws {
        guard rename(signedLibrary, library) == 0 else { throw TestFailure("not restored") }
    }

    private var signedLibrary: String { secrets.path + "/signed.so" }

    /// One bit of a file, the `at`-th of `of` parts of it.
    static func damage(_ file: String, at: Int, of parts: Int) throws {
        var bytes = try Data(contentsOf: URL(fileURLWithPath: file))
        bytes[bytes.startIndex + bytes.count * at / parts] ^= 0x10
        try bytes.write(to: URL(fileURLWithPath: file))
    }
}
