import ArgumentParser
import Integrity
import Loading
import Manifest
import Registry

/// `jackfield plugin verify`: what a host with `integrity.policy: require` and these keys would say of a plugin's files.
struct PluginVerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Check a plugin's signature, without running any of its code.",
        discussion: "Exits with 1 and the reason where a host that demands signatures would refuse the plugin.")

    @Argument(help: "A plugin's folder, plugin.json or library.", completion: .file())
    var file: String

    @Option(
        name: .long, help: "A trusted key: a PEM file with the public key, or \"ed25519:BASE64\". May be given again.",
        completion: .file())
    var key: [String]

    func run() throws {
        do throws(LoadError) {
            var keys: [String: PublicKey] = [:]
            for text in key {
                keys[text] = try LoadError.ofFiles { () throws(IntegrityError) in
                    try text.hasPrefix(PublicKey.prefix) ? PublicKey(text) : PublicKey(file: text)
                }
            }
            let location = try PluginPath.at(file: file)
            let library = file.hasSuffix(".so") ? file : location.library
            let admission = PluginAdmission(policy: .require, check: SignatureCheck(keys: keys))
            let admitted = try admission.admit(location, library: library, pin: nil)
            guard case .good(let claims, let key) = admitted.signature, let sealed = admitted.library else {
                throw LoadError(.notSigned, "\(file) is not signed")
            }
            let bytes = try LoadError.ofFiles { () throws(IntegrityError) in try sealed.bytes() }
            let elf = try ELFFile(bytes: bytes, path: library)
            try LoadError.ofFiles { () throws(IntegrityError) in try LibrarySearch.check(elf, path: library) }
            var lines = [
                "\(claims.plugin) \(claims.version)",
                "signed   \(claims.signed)\(claims.signer.map { " by \($0)" } ?? "")",
                "key      \(claims.key) (\(key))",
                "expires  \(claims.expires?.description ?? "never")",
            ]
            lines += claims.files.sorted { $0.key < $1.key }.map { "sha256   \($0.value)  \($0.key)" }
            Terminal.out(lines.joined(separator: "\n") + "\n" + Terminal.styled("The signature is good.\n", .green))
        } catch {
            throw CommandFailure.failed(error.message)
        }
    }
}
