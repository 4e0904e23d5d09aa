import JackfieldJSON
import Testing

@testable import Integrity

@Suite("A signature file")
struct PluginSignatureTests {
    let signed: Signed
    init() throws { signed = try Signed() }

    /// docs/signing.md promises this text.
    @Test("is over these bytes")
    func message() {
        var claims = signed.claims
        claims.key = "0123456789abcdef"
        claims.files = ["b.so": SHA256Digest(of: []), "Z": SHA256Digest(of: []), "a": SHA256Digest(of: [])]
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        let text = """
            jackfield plugin signature 1
            key 0123456789abcdef
            signer Acme Works
            plugin agent/one
            version 1.2.3
            signed 2026-11-21T09:30:00Z
            expires 2027-11-21T09:30:00Z
            file \(empty) Z
            file \(empty) a
            file \(empty) b.so

            """
        #expect(String(decoding: claims.message, as: UTF8.self) == text)
        claims.signer = nil
        claims.expires = nil
        let short = text.replacing("signer Acme Works\n", with: "").replacing(
            "expires 2027-11-21T09:30:00Z", with: "expires never")
        #expect(String(decoding: claims.message, as: UTF8.self) == short)
    }

    @Test("arrives as it was written")
    func roundTrip() throws {
        let text = try signed.text
        let arrived = try PluginSignature(parsing: text, file: "x")
        #expect(arrived.claims == signed.claims)
        #expect(Array(arrived.text.utf8) == text)
        var claims = signed.claims
        claims.signer = nil
        claims.expires = nil
        let endless = try PluginSignature(claims, by: signed.key)
        #expect(try PluginSignature(parsing: Array(endless.text.utf8), file: "x") == endless)
    }

    @Test("that is cut off anywhere is refused")
    func truncated() throws {
        let text = try signed.text
        // Without the newline at its end it is whole.
        for count in 0..<(text.count - 1) {
            #expect(signed.refusal(Array(text[..<count]))?.code == .malformedSignature, "\(count) bytes")
        }
    }

    @Test("with one byte changed anywhere is refused, or says the same as before")
    func changed() throws {
        let text = try signed.text
        let original = try PluginSignature(parsing: text, file: "x")
        var refused = 0
        for at in text.indices {
            for change in [0x01, 0x20, 0x80] as [UInt8] {
                var other = text
                other[at] ^= change
                let error = signed.refusal(other)
                if error == nil {
                    // A space for a tab, a capital digit of a hash: nothing that means anything.
                    #expect(try PluginSignature(parsing: other, file: "x") == original, "byte \(at)")
                } else {
                    refused += 1
                    #expect(
                        [.malformedSignature, .unknownKey, .wrongSignature].contains(error?.code),
                        "byte \(at): \(error!)")
                }
            }
        }
        #expect(refused > text.count)
    }

    @Test("with a part that is missing, doubled or of another kind is refused")
    func parts() throws {
        let object = try #require(try JSON(parsing: signed.text).object)
        for name in ["format", "key", "plugin", "version", "signed", "files", "signature"] {
            for damage in [nil, JSON.null, 7, [], [:], "", "x\ny", .bool(true)] as [JSON?] {
                var other = object
                other[name] = damage
                let error = signed.refusal(JSON.object(other).bytes)
                #expect(error != nil, "\(name) as \(damage?.text ?? "missing")")
            }
        }
        for (name, damage) in [
            ("expires", "never"), ("expires", 7), ("expires", "2020-01-01T00:00:00Z"), ("signer", 7), ("signer", ""),
            ("extra", "x"), ("key", "0123456789ABCDEF"), ("signature", "AAAA"),
            ("files", ["../plugin.json": .string(SHA256Digest(of: []).hexadecimal)]), ("files", ["plugin.json": "00"]),
        ] as [(String, JSON)] {
            var other = object
            other[name] = damage
            #expect(signed.refusal(JSON.object(other).bytes)?.code == .malformedSignature, "\(name) as \(damage.text)")
        }
        for rubbish in ["", "null", "[]", "plugin.sig", "\u{0}", String(repeating: "[", count: 5000)] {
            #expect(signed.refusal(Array(rubbish.utf8))?.code == .malformedSignature)
        }
        let long = try signed.text + [UInt8](repeating: 0x20, count: 64 << 10)
        #expect(signed.refusal(long)?.code == .malformedSignature)
    }

    @Test(
        "is not made for claims that no file may hold",
        arguments: ["", "a\nb", "a\u{7f}", String(repeating: "x", count: 201)])
    func unsignable(text: String) {
        var claims = signed.claims
        claims.signer = text
        #expect(throws: IntegrityError.self) { try PluginSignature(claims, by: signed.key) }
        claims = signed.claims
        claims.version = text
        #expect(throws: IntegrityError.self) { try PluginSignature(claims, by: signed.key) }
    }
}
