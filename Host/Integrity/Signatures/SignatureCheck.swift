/// Whether a signature is good for a plugin as it lies there: one step after the other, each with a reason of its own.
package struct SignatureCheck: Sendable {
    /// Trusted keys by the name that the manifest gives them.
    package var keys: [String: PublicKey]
    /// The time of day; tests say which.
    package var now: @Sendable () -> SignatureTime
    /// Seconds by which the signer's clock may be ahead of this one.
    package static let leeway: Int64 = 300

    package init(keys: [String: PublicKey], now: @escaping @Sendable () -> SignatureTime = { .now() }) {
        self.keys = keys
        self.now = now
    }

    /// A plugin as it was found.
    package struct Subject: Sendable {
        /// KIND/NAME
        package var plugin: String
        package var version: String
        /// By name, every file that counts: all of these must have been signed.
        package var files: [String: SHA256Digest]

        package init(plugin: String, version: String, files: [String: SHA256Digest]) {
            self.plugin = plugin
            self.version = version
            self.files = files
        }
    }

    /// - Parameters:
    ///   - bytes: of the signature file.
    ///   - file: its path, for messages.
    /// - Returns: what is claimed, and the name of the key, once all of it holds.
    /// - Throws: `malformedSignature`, `unknownKey`, `wrongSignature`, `notYetValid`, `expired`, `signedForAnother`,
    ///   `changedFile`.
    package func verify(
        _ bytes: [UInt8], file: String, of subject: Subject
    ) throws(IntegrityError) -> (claims: SignedClaims, key: String) {
        let signature = try PluginSignature(parsing: bytes, file: file)
        let claims = signature.claims
        // A key's id is short: what decides is the signature.
        let named = keys.sorted { $0.key < $1.key }.filter { $0.value.id == claims.key }
        guard !named.isEmpty else {
            let known = keys.isEmpty ? "there are none" : keys.keys.sorted().joined(separator: ", ")
            throw IntegrityError(
                .unknownKey,
                "\(file) was signed with the key \(claims.key), which is none of the trusted keys (\(known))")
        }
        guard let key = named.first(where: { $0.value.isSignature(signature.signature, of: claims.message) }) else {
            throw IntegrityError(
                .wrongSignature,
                "the signature in \(file) was not made by the key \(claims.key) for what the file says: it was changed, or forged"
            )
        }
        try judge(claims, file: file, of: subject)
        return (claims, key.key)
    }

    /// Whether the claims hold, whoever made them: nothing is said of the signature.
    ///
    /// - Throws: `notYetValid`, `expired`, `signedForAnother`, `changedFile`.
    package func judge(_ claims: SignedClaims, file: String, of subject: Subject) throws(IntegrityError) {
        try checkTimes(claims, file)
        try compare(claims, with: subject, file)
    }

    private func checkTimes(_ claims: SignedClaims, _ file: String) throws(IntegrityError) {
        let now = now()
        if claims.signed.seconds > now.seconds + Self.leeway {
            throw IntegrityError(
                .notYetValid,
                "\(file) is valid from \(claims.signed), and now it is \(now); is this machine's clock right?")
        }
        if let expires = claims.expires, expires <= now {
            throw IntegrityError(.expired, "the signature in \(file) expired at \(expires), and now it is \(now)")
        }
    }

    private func compare(_ claims: SignedClaims, with subject: Subject, _ file: String) throws(IntegrityError) {
        guard claims.plugin == subject.plugin, claims.version == subject.version else {
            throw IntegrityError(
                .signedForAnother,
                "\(file) is for \(claims.plugin) \(claims.version), but it lies beside \(subject.plugin) \(subject.version)"
            )
        }
        for (name, digest) in subject.files.sorted(by: { $0.key < $1.key }) {
            guard let signed = claims.files[name] else {
                throw IntegrityError(.changedFile, "\(name) is not among the files that \(file) was made for")
            }
            guard signed == digest else {
                throw IntegrityError(
                    .changedFile,
                    "\(name) was changed after it was signed: it has the SHA-256 \(digest), \(file) says \(signed)"
                )
            }
        }
    }
}
