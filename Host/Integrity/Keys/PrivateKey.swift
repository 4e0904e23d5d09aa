import Crypto
import Glibc

/// An Ed25519 private key (RFC 8032) that plugins are signed with. It prints as nothing.
package struct PrivateKey: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    private let key: Curve25519.Signing.PrivateKey

    /// A PEM file with a PKCS#8 key (RFC 8410, section 7), as `openssl genpkey -algorithm ed25519` writes it.
    ///
    /// - Throws: `unreadable`, or `badKey`, also where others than its owner may read it.
    package init(file: String) throws(IntegrityError) {
        let opened = try OpenedFile(path: file, limit: 64 << 10)
        var status = stat()
        guard fstat(opened.descriptor, &status) == 0, status.st_mode & 0o077 == 0 else {
            throw IntegrityError(
                .badKey,
                "\(file) has the mode \(String(status.st_mode & 0o7777, radix: 8)): a private key is for its owner alone; set it with: chmod 600 \(file)"
            )
        }
        guard let der = PEMBlock.decode(try opened.bytes(), label: "PRIVATE KEY"), der.count == 48,
            der.starts(with: Self.header),
            let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: der.suffix(32))
        else {
            throw IntegrityError(
                .badKey,
                "\(file) holds no Ed25519 private key in PEM without a password, as `openssl genpkey -algorithm ed25519` writes it"
            )
        }
        self.key = key
    }

    /// A new key in a new file that its owner alone may read.
    ///
    /// - Throws: `badKey`, also if the file is there already: a key is never overwritten.
    package static func create(file: String) throws(IntegrityError) -> PrivateKey {
        let key = Curve25519.Signing.PrivateKey()
        let text = Array(PEMBlock.encode(header + [UInt8](key.rawRepresentation), label: "PRIVATE KEY").utf8)
        let descriptor = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw IntegrityError(.badKey, "the key file \(file) cannot be made: \(String(cString: strerror(errno)))")
        }
        let isWritten = write(descriptor, text, text.count) == text.count && fsync(descriptor) == 0
        close(descriptor)
        guard isWritten else {
            unlink(file)
            throw IntegrityError(.badKey, "the key file \(file) cannot be written: \(String(cString: strerror(errno)))")
        }
        return PrivateKey(key: key)
    }

    private init(key: Curve25519.Signing.PrivateKey) { self.key = key }

    package var publicKey: PublicKey { PublicKey(raw: [UInt8](key.publicKey.rawRepresentation)) }

    /// 64 bytes.
    package func sign(_ message: [UInt8]) throws(IntegrityError) -> [UInt8] {
        guard let signature = try? key.signature(for: message) else {
            throw IntegrityError(.system, "the key \(publicKey.id) could not sign")
        }
        return [UInt8](signature)
    }

    package var description: String { "private key \(publicKey.id)" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }

    /// SEQUENCE { INTEGER 0, SEQUENCE { OID 1.3.101.112 }, OCTET STRING { OCTET STRING of 32 bytes } }.
    private static let header: [UInt8] = [
        0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
    ]
}
