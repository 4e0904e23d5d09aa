/// What a signature says of a plugin: everything in `plugin.sig` but the signature itself.
package struct SignedClaims: Sendable, Hashable {
    /// The signing key's `id`.
    package var key: String
    /// Who signed, in words; for people. Nobody checks it.
    package var signer: String?
    /// KIND/NAME
    package var plugin: String
    package var version: String
    package var signed: SignatureTime
    /// Nil: never.
    package var expires: SignatureTime?
    /// The files of the plugin's folder by name: plugin.json, the library, the configuration's schema.
    package var files: [String: SHA256Digest]

    package init(
        key: String, signer: String?, plugin: String, version: String, signed: SignatureTime, expires: SignatureTime?,
        files: [String: SHA256Digest]
    ) {
        self.key = key
        self.signer = signer
        self.plugin = plugin
        self.version = version
        self.signed = signed
        self.expires = expires
        self.files = files
    }

    /// The bytes that are signed; docs/signing.md has them line by line. The first line keeps them from being taken for
    /// anything else that the key may sign. No value holds a control character, so lines cannot be forged.
    package var message: [UInt8] {
        var text = "\(Self.format)\n"
        text += "key \(key)\n"
        if let signer { text += "signer \(signer)\n" }
        text += "plugin \(plugin)\nversion \(version)\n"
        text += "signed \(signed)\nexpires \(expires?.description ?? "never")\n"
        for (name, digest) in files.sorted(by: { Array($0.key.utf8).lexicographicallyPrecedes(Array($1.key.utf8)) }) {
            text += "file \(digest) \(name)\n"
        }
        return Array(text.utf8)
    }

    static let format = "jackfield plugin signature 1"

    /// What is wrong with one of them, as half a sentence; nil if nothing is.
    var objection: String? {
        func isLine(_ text: String, _ limit: Int) -> Bool {
            1...limit ~= text.utf8.count && !text.unicodeScalars.contains { $0.value < 0x20 || 0x7F...0x9F ~= $0.value }
        }
        func isName(_ text: String) -> Bool { isLine(text, 255) && !text.contains("/") && text != "." && text != ".." }
        if key.utf8.count != 16 || !key.utf8.allSatisfy({ 0x30...0x39 ~= $0 || 0x61...0x66 ~= $0 }) {
            return "its key is not 16 hexadecimal digits"
        }
        if let signer, !isLine(signer, 200) { return "its signer is not one line of 1 to 200 bytes" }
        if !isLine(plugin, 200) { return "its plugin is not KIND/NAME" }
        if !isLine(version, 200) { return "its version is not one line of 1 to 200 bytes" }
        if let expires, expires <= signed { return "it expires before it was signed" }
        if !(1...64).contains(files.count) { return "it names \(files.count) files; 1 to 64 are right" }
        if !files.keys.allSatisfy(isName) { return "it names a file that is not in the plugin's own folder" }
        return nil
    }
}
