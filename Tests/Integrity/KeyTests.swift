import Foundation
import TestSupport
import Testing

@testable import Integrity

@Suite("Keys, as openssl has them")
struct KeyTests {
    private func openssl(_ arguments: [String]) throws -> EndedProcess {
        try ChildProcess.run(
            "/usr/bin/env", ["openssl"] + arguments,
            environment: ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"])
    }

    @Test("a key that openssl made signs, and openssl finds the signature good")
    func theirKey() throws {
        let folder = try TemporaryFolder()
        let (secret, open) = (folder.path + "/key.pem", folder.path + "/key.pub")
        #expect(try openssl(["genpkey", "-algorithm", "ed25519", "-out", secret]).status == .exited(0))
        #expect(try openssl(["pkey", "-in", secret, "-pubout", "-out", open]).status == .exited(0))
        chmod(secret, 0o600)
        let key = try PrivateKey(file: secret)
        #expect(try PublicKey(file: open) == key.publicKey)
        let message = Array("what is signed".utf8)
        let signature = try key.sign(message)
        #expect(key.publicKey.isSignature(signature, of: message))
        let verify = [
            "pkeyutl", "-verify", "-pubin", "-inkey", open, "-rawin", "-in", try folder.write("message", message),
            "-sigfile", try folder.write("signature", signature),
        ]
        #expect(try openssl(verify).status == .exited(0))
        try folder.write("message", "what was not signed")
        #expect(try openssl(verify).status != .exited(0))
    }

    @Test("a key that was made here is one for openssl, and its owner's alone")
    func ourKey() throws {
        let folder = try TemporaryFolder()
        let file = folder.path + "/key.pem"
        let key = try PrivateKey.create(file: file)
        var status = stat()
        #expect(lstat(file, &status) == 0 && status.st_mode & 0o777 == 0o600)
        let open = folder.path + "/key.pub"
        #expect(try openssl(["pkey", "-in", file, "-pubout", "-out", open]).status == .exited(0))
        #expect(try PublicKey(file: open) == key.publicKey)
        #expect(try PrivateKey(file: file).publicKey == key.publicKey)
        #expect(try PublicKey(key.publicKey.description) == key.publicKey)
        let before = try String(contentsOfFile: file, encoding: .utf8)
        #expect(throws: IntegrityError.self) { try PrivateKey.create(file: file) }
        #expect(try String(contentsOfFile: file, encoding: .utf8) == before, "a key is never overwritten")
    }

    @Test("a private key that others may read is refused", arguments: [0o640, 0o604, 0o644, 0o620] as [mode_t])
    func readable(mode: mode_t) throws {
        let folder = try TemporaryFolder()
        let file = folder.path + "/key.pem"
        _ = try PrivateKey.create(file: file)
        chmod(file, mode)
        let error = #expect(throws: IntegrityError.self) { try PrivateKey(file: file) }
        #expect(error?.message.contains("chmod 600") == true)
    }

    @Test("keys of other kinds, and what is no key, are refused with a sentence")
    func others() throws {
        let folder = try TemporaryFolder()
        let elliptic = folder.path + "/ec.pem"
        _ = try openssl(["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", elliptic])
        let locked = folder.path + "/locked.pem"
        _ = try openssl(["genpkey", "-algorithm", "ed25519", "-aes256", "-pass", "pass:secret", "-out", locked])
        let mine = folder.path + "/mine.pem"
        let open = try PrivateKey.create(file: mine).publicKey
        let text = try String(contentsOfFile: mine, encoding: .utf8)
        let cut = try folder.write("cut.pem", String(text.dropLast(40)))
        let twice = try folder.write("twice.pem", text + text)
        let empty = try folder.write("empty.pem", "")
        for file in [elliptic, locked, cut, twice, empty] {
            chmod(file, 0o600)
            let error = #expect(throws: IntegrityError.self, "\(file)") { try PrivateKey(file: file) }
            #expect(error?.code == .badKey && error?.message.contains(file) == true)
            #expect(error?.message.contains(text.split(separator: "\n")[1]) == false, "no error shows a key")
            #expect(throws: IntegrityError.self, "\(file)") { try PublicKey(file: file) }
        }
        let missing = #expect(throws: IntegrityError.self) { try PrivateKey(file: folder.path + "/nowhere") }
        #expect(missing?.code == .unreadable)
        for wrong in [
            "", "ed25519:", "ed25519:AAAA", "rsa:\(open)", "\(open)=", "\(open) ", String("\(open)".dropLast()),
        ] {
            #expect(throws: IntegrityError.self, "\(wrong)") { try PublicKey(wrong) }
        }
    }

    @Test("a private key prints as nothing but its public id")
    func printed() throws {
        let key = try PrivateKey.sample()
        var dumped = ""
        dump(key, to: &dumped)
        for text in ["\(key)", String(reflecting: key), dumped] {
            #expect(text.contains("private key \(key.publicKey.id)"))
        }
        #expect(Mirror(reflecting: key).children.isEmpty)
    }

    /// RFC 8032, section 7.1, test 2.
    @Test("signatures are those of the RFC")
    func vector() throws {
        func bytes(_ digits: String) -> [UInt8] {
            stride(from: 0, to: digits.count, by: 2).map { at in
                UInt8(digits.dropFirst(at).prefix(2), radix: 16) ?? 0
            }
        }
        let key = PublicKey(raw: bytes("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"))
        let signature = bytes(
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")
        #expect(key.isSignature(signature, of: [0x72]))
        #expect(!key.isSignature(signature, of: [0x73]))
        #expect(!key.isSignature(Array(signature.dropLast()), of: [0x72]))
        #expect(!key.isSignature([], of: [0x72]))
        for at in signature.indices {
            var other = signature
            other[at] ^= 1
            #expect(!key.isSignature(other, of: [0x72]), "byte \(at)")
        }
    }
}
