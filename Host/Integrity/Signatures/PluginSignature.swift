import JackfieldJSON

/// A `plugin.sig`: what is claimed of a plugin, and the Ed25519 signature (RFC 8032) over it.
package struct PluginSignature: Sendable, Hashable {
    package static let fileName = "plugin.sig"
    /// Bytes of a signature file.
    package static let limit = 64 << 10

    package let claims: SignedClaims
    /// 64 bytes.
    let signature: [UInt8]

    /// - Throws: `malformedSignature`, if the claims cannot be written as one.
    package init(_ claims: SignedClaims, by key: PrivateKey) throws(IntegrityError) {
        if let objection = claims.objection {
            throw IntegrityError(.malformedSignature, "\(claims.plugin) cannot be signed so: \(objection)")
        }
        self.claims = claims
        signature = try key.sign(claims.message)
    }

    /// - Parameter file: how errors name it.
    /// - Throws: `malformedSignature`
    package init(parsing bytes: [UInt8], file: String) throws(IntegrityError) {
        func wrong(_ what: String) -> IntegrityError {
            IntegrityError(.malformedSignature, "\(file) is not a signature of this format: \(what)")
        }
        guard bytes.count <= Self.limit else { throw wrong("it is longer than \(Self.limit) bytes") }
        guard let object = (try? JSON(parsing: bytes))?.object else { throw wrong("it is not a JSON object") }
        let known: Set = [
            "format", "key", "signer", "plugin", "version", "signed", "expires", "files", "signature",
        ]
        if let other = object.members.first(where: { !known.contains($0.key) }) {
            throw wrong("it has the unknown key \(JSON.string(String(other.key.prefix(60))).text)")
        }
        func text(_ key: String) throws(IntegrityError) -> String {
            guard let text = object[key]?.string else { throw wrong("\(key) is missing or not a text") }
            return text
        }
        func time(_ key: String) throws(IntegrityError) -> SignatureTime {
            guard let time = SignatureTime(try text(key)) else {
                throw wrong("\(key) is not a time like 2026-11-21T09:30:00Z")
            }
            return time
        }
        guard object["format"] == .string(SignedClaims.format) else {
            throw wrong("its format is not \"\(SignedClaims.format)\"")
        }
        guard let listed = object["files"]?.object else { throw wrong("files is missing or not an object") }
        var files: [String: SHA256Digest] = [:]
        for member in listed.members {
            guard let digest = member.value.string.flatMap({ SHA256Digest(hexadecimal: $0) }) else {
                throw wrong("files: the hash of a file is not 64 hexadecimal digits")
            }
            files[member.key] = digest
        }
        let isEndless = object["expires"] == nil || object["expires"] == .null
        let signer: String? = object["signer"] == nil ? nil : try text("signer")
        claims = SignedClaims(
            key: try text("key"), signer: signer, plugin: try text("plugin"), version: try text("version"),
            signed: try time("signed"), expires: isEndless ? nil : try time("expires"), files: files)
        if let objection = claims.objection { throw wrong(objection) }
        guard let signature = Base64.decode(try text("signature")), signature.count == 64 else {
            throw wrong("signature is not 64 bytes in Base64")
        }
        self.signature = signature
    }

    /// As it is written to `plugin.sig`, ending with a newline.
    package var text: String {
        func quoted(_ text: String) -> String { JSON.string(text).text }
        var lines = ["\"format\": \(quoted(SignedClaims.format))", "\"key\": \(quoted(claims.key))"]
        if let signer = claims.signer { lines.append("\"signer\": \(quoted(signer))") }
        lines.append("\"plugin\": \(quoted(claims.plugin))")
        lines.append("\"version\": \(quoted(claims.version))")
        lines.append("\"signed\": \(quoted(claims.signed.description))")
        lines.append("\"expires\": \(claims.expires.map { quoted($0.description) } ?? "null")")
        let files = claims.files.sorted { $0.key < $1.key }.map {
            "    \(quoted($0.key)): \(quoted($0.value.description))"
        }
        lines.append("\"files\": {\n\(files.joined(separator: ",\n"))\n  }")
        lines.append("\"signature\": \(quoted(Base64.encode(signature)))")
        return "{\n" + lines.map { "  \($0)" }.joined(separator: ",\n") + "\n}\n"
    }
}
