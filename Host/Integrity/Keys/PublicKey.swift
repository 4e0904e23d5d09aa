import Crypto

/// An Ed25519 public key (RFC 8032) that signatures are checked with.
package struct PublicKey: Sendable, Hashable, CustomStringConvertible {
    /// 32 bytes.
    let raw: [UInt8]

    init(raw: [UInt8]) { self.raw = raw }

    /// As the manifest has it: `ed25519:` and the 32 bytes in Base64.
    ///
    /// - Throws: `badKey`
    package init(_ text: String) throws(IntegrityError) {
        guard text.hasPrefix(Self.prefix), let raw = Base64.decode(text.dropFirst(Self.prefix.utf8.count)),
            raw.count == 32
        else {
            throw IntegrityError(
                .badKey, "a public key is written \(Self.prefix) and 32 bytes in Base64, as `plugin sign` prints it")
        }
        self.raw = raw
    }

    /// A PEM file with a SubjectPublicKeyInfo (RFC 8410, section 4), as `openssl pkey -pubout` writes it.
    ///
    /// - Throws: `unreadable`, `badKey`
    package init(file: String) throws(IntegrityError) {
        let bytes = try OpenedFile.bytes(of: file, limit: 64 << 10)
        guard let der = PEMBlock.decode(bytes, label: "PUBLIC KEY"), der.count == 44, der.starts(with: Self.header)
        else {
            throw IntegrityError(
                .badKey, "\(file) holds no Ed25519 public key in PEM, as `openssl pkey -in KEY -pubout` writes it")
        }
        raw = Array(der.suffix(32))
    }

    /// The first 16 hexadecimal digits of the SHA-256 of the 32 bytes: a name for the key, not a proof of it.
    package var id: String { String(SHA256Digest(of: raw).hexadecimal.prefix(16)) }

    /// As the manifest has it.
    package var description: String { Self.prefix + Base64.encode(raw) }

    package func isSignature(_ signature: [UInt8], of message: [UInt8]) -> Bool {
        guard signature.count == 64, let key = try? Curve25519.Signing.PublicKey(rawRepresentation: raw) else {
            return false
        }
        return key.isValidSignature(signature, for: message)
    }

    package static let prefix = "ed25519:"
    /// SEQUENCE { SEQUENCE { OID 1.3.101.112 }, BIT STRING of 33 bytes with no unused bits }.
    private static let header: [UInt8] = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00]
}
