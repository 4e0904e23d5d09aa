import ArgumentParser
import Glibc
import Integrity
import Loading
import Manifest
import Registry

/// `jackfield plugin sign`: writes `plugin.sig` beside a plugin's `plugin.json`.
struct PluginSignCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sign", abstract: "Sign a plugin, so that hosts can tell that it is yours and whole.",
        discussion: """
            Signs plugin.json, the library and the configuration's schema with an Ed25519 key, and prints the public key \
            for `integrity.keys` of a manifest. `openssl genpkey -algorithm ed25519` makes keys too.
            """)

    @Argument(help: "A plugin's folder, plugin.json or library.", completion: .file())
    var file: String

    @Option(name: .long, help: "The private key: PKCS#8 in PEM, for its owner alone (mode 600).", completion: .file())
    var key: String?

    @Option(name: .long, help: "Make a new private key in this file first.", completion: .file())
    var newKey: String?

    @Option(name: .long, help: "Until when it counts: a duration like 365d, or a time like 2027-01-31T00:00:00Z.")
    var expires: String?

    @Option(name: .long, help: "Who signs, in words; for people.")
    var name: String?

    func validate() throws {
        guard (key == nil) != (newKey == nil) else {
            throw ValidationError("say which key: --key FILE, or --new-key FILE to make one")
        }
    }

    func run() throws {
        do throws(LoadError) {
            let location = try PluginPath.at(file: file)
            let library = file.hasSuffix(".so") ? file : location.library
            let now = SignatureTime.now()
            let end = try Self.end(expires, from: now)
            let schema = try PluginAdmission.schema(of: location)
            let elf = try ELFFile(path: library)
            guard elf.exports.contains("jackfield_plugin_v1") else {
                throw LoadError(
                    .noEntryPoint, "\(library) exports no function jackfield_plugin_v1: it is no plugin to sign")
            }
            let (signature, publicKey) = try LoadError.ofFiles { () throws(IntegrityError) in
                let digest = try OpenedFile(path: library).digest()
                let subject = PluginAdmission.subject(location, library: library, digest, schema: schema)
                let key = try signingKey()
                let claims = SignedClaims(
                    key: key.publicKey.id, signer: name, plugin: subject.plugin, version: subject.version, signed: now,
                    expires: end, files: subject.files)
                return (try PluginSignature(claims, by: key), key.publicKey)
            }
            let target = PluginAdmission.signatureFile(location)
            try Self.write(signature.text, to: target)
            let until = end.map { ", until \($0)" } ?? ""
            Terminal.out("\(target): \(location.manifest.id) \(location.manifest.version) is signed\(until)\n")
            Terminal.out("key \(publicKey.id)\n\(publicKey)\n")
        } catch {
            throw CommandFailure.failed(error.message)
        }
    }

    private func signingKey() throws(IntegrityError) -> PrivateKey {
        if let newKey { return try PrivateKey.create(file: newKey) }
        return try PrivateKey(file: key ?? "")
    }

    private static func end(_ text: String?, from now: SignatureTime) throws(LoadError) -> SignatureTime? {
        guard let text else { return nil }
        let end =
            SignatureTime(text)
            ?? (try? Duration(configured: text)).flatMap { now.adding(seconds: $0.components.seconds) }
        guard let end else {
            throw LoadError(.badConfig, "--expires takes a duration like 365d or a time like 2027-01-31T00:00:00Z")
        }
        guard end > now else { throw LoadError(.badConfig, "--expires names \(end), which has passed") }
        return end
    }

    /// All of it or nothing: a host may be reading.
    private static func write(_ text: String, to target: String) throws(LoadError) {
        func failure() -> LoadError {
            LoadError(.notFound, "\(target) cannot be written: \(String(cString: strerror(errno)))")
        }
        let temporary = "\(target).\(getpid())"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw failure() }
        let bytes = Array(text.utf8)
        let isWritten = Glibc.write(descriptor, bytes, bytes.count) == bytes.count && fsync(descriptor) == 0
        close(descriptor)
        guard isWritten, rename(temporary, target) == 0 else {
            let error = failure()
            unlink(temporary)
            throw error
        }
    }
}
