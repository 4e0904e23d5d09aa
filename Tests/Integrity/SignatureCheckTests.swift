import JackfieldJSON
import Testing

@testable import Integrity

@Suite("A signature is good")
struct SignatureCheckTests {
    let signed: Signed
    init() throws { signed = try Signed() }

    @Test("by the key that made it, whatever other keys are trusted")
    func good() throws {
        #expect(try signed.verify(signed.text) == "acme")
        let other = try PrivateKey.sample().publicKey
        #expect(try signed.verify(signed.text, keys: ["a": other, "b": signed.key.publicKey]) == "b")
    }

    @Test("by no other key")
    func unknownKey() throws {
        let other = try PrivateKey.sample().publicKey
        let error = signed.refusal(try signed.text, keys: ["other": other])
        #expect(error?.code == .unknownKey && error?.message.contains(signed.key.publicKey.id) == true)
        #expect(error?.message.contains("other") == true)
        #expect(signed.refusal(try signed.text, keys: [:])?.code == .unknownKey)
    }

    /// Each of what it says, changed by somebody who has no key.
    @Test(
        "for what was signed alone",
        arguments: [
            ("signer", "Somebody Else"), ("plugin", "agent/two"), ("version", "1.2.4"),
            ("signed", "2026-11-21T09:30:01Z"), ("expires", "2037-11-21T09:30:00Z"), ("expires", nil),
            ("signer", nil),
        ] as [(String, String?)])
    func forged(name: String, value: String?) throws {
        var object = try #require(try JSON(parsing: signed.text).object)
        object[name] = value.map { .string($0) }
        #expect(signed.refusal(JSON.object(object).bytes)?.code == .wrongSignature)
    }

    @Test("for the files that were signed alone")
    func forgedFiles() throws {
        var object = try #require(try JSON(parsing: signed.text).object)
        let fake = SHA256Digest(of: [9])
        var files = try #require(object["files"]?.object)
        files["libagent-one.so"] = .string(fake.hexadecimal)
        object["files"] = .object(files)
        var subject = signed.subject
        subject.files["libagent-one.so"] = fake
        #expect(signed.refusal(JSON.object(object).bytes, subject: subject)?.code == .wrongSignature)
    }

    @Test("with the id of a trusted key, but made by another: refused")
    func stolenName() throws {
        let thief = try PrivateKey.sample()
        let forged = try PluginSignature(signed.claims, by: thief)
        #expect(signed.refusal(Array(forged.text.utf8))?.code == .wrongSignature)
    }

    @Test(
        "from five minutes before it was made until it expires",
        arguments: [
            (-301, .notYetValid), (-300, nil), (0, nil), (31_535_999, nil), (31_536_000, .expired),
            (400_000_000, .expired),
        ] as [(Int64, IntegrityError.Code?)])
    func times(offset: Int64, code: IntegrityError.Code?) throws {
        let now = try #require(Signed.at.adding(seconds: offset))
        let error = signed.refusal(try signed.text, now: now)
        #expect(error?.code == code)
        if code != nil { #expect(error?.message.contains("\(now)") == true) }
    }

    @Test("for ever, if nothing else was said")
    func endless() throws {
        var claims = signed.claims
        claims.expires = nil
        let text = Array(try PluginSignature(claims, by: signed.key).text.utf8)
        #expect(try signed.verify(text, now: #require(SignatureTime("9999-12-31T23:59:59Z"))) == "acme")
    }

    @Test("for this plugin and this version")
    func another() throws {
        for (plugin, version) in [("agent/two", "1.2.3"), ("agent/one", "1.2.2")] {
            var subject = signed.subject
            subject.plugin = plugin
            subject.version = version
            let error = signed.refusal(try signed.text, subject: subject)
            #expect(error?.code == .signedForAnother && error?.message.contains(plugin) == true)
        }
    }

    @Test(
        "for every file that counts, each as it was",
        arguments: ["plugin.json", "libagent-one.so", "config.schema.json"])
    func changedFile(name: String) throws {
        var subject = signed.subject
        subject.files[name] = SHA256Digest(of: [9])
        let error = signed.refusal(try signed.text, subject: subject)
        #expect(error?.code == .changedFile && error?.message.hasPrefix(name) == true)
    }

    @Test("for no file that was not signed, though more may have been signed than count")
    func otherFiles() throws {
        var subject = signed.subject
        subject.files["more.so"] = SHA256Digest(of: [2])
        let error = signed.refusal(try signed.text, subject: subject)
        #expect(error?.code == .changedFile && error?.message.contains("more.so") == true)
        subject = signed.subject
        subject.files["config.schema.json"] = nil
        #expect(signed.refusal(try signed.text, subject: subject) == nil)
    }
}
