import Testing

@testable import Integrity

/// A signature of a plugin that is not there, and what it is checked with.
struct Signed {
    static let at = SignatureTime("2026-11-21T09:30:00Z")!
    static let end = SignatureTime("2027-11-21T09:30:00Z")!
    static let file = "/plugins/agent/one/plugin.sig"

    let key: PrivateKey
    var subject = SignatureCheck.Subject(
        plugin: "agent/one", version: "1.2.3",
        files: [
            "plugin.json": SHA256Digest(of: [1]), "libagent-one.so": SHA256Digest(of: [2]),
            "config.schema.json": SHA256Digest(of: [3]),
        ])

    init() throws { key = try PrivateKey.sample() }

    var claims: SignedClaims {
        SignedClaims(
            key: key.publicKey.id, signer: "Acme Works", plugin: "agent/one", version: "1.2.3", signed: Self.at,
            expires: Self.end, files: subject.files)
    }

    var text: [UInt8] { get throws { Array(try PluginSignature(claims, by: key).text.utf8) } }

    /// Checks bytes at a time.
    func verify(
        _ bytes: [UInt8], keys: [String: PublicKey]? = nil, now: SignatureTime = at,
        subject: SignatureCheck.Subject? = nil
    ) throws(IntegrityError) -> String {
        let check = SignatureCheck(keys: keys ?? ["acme": key.publicKey], now: { now })
        return try check.verify(bytes, file: Self.file, of: subject ?? self.subject).key
    }

    /// The code that bytes are refused with; nil: they are taken.
    func refusal(
        _ bytes: [UInt8], keys: [String: PublicKey]? = nil, now: SignatureTime = at,
        subject: SignatureCheck.Subject? = nil
    ) -> IntegrityError? {
        do throws(IntegrityError) {
            _ = try verify(bytes, keys: keys, now: now, subject: subject)
            return nil
        } catch {
            return error
        }
    }
}

extension PrivateKey {
    /// A new one, of which no file is left.
    static func sample() throws -> PrivateKey {
        try TemporaryKeyFile { path in try PrivateKey.create(file: path) }.value
    }
}
