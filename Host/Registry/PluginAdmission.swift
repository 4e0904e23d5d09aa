package import Integrity
package import Loading
package import Manifest

/// Whether the files of a plugin may be loaded, decided before any code of it runs: nobody else can change them, and
/// its pin and its signature hold for the very bytes that are then used.
package struct PluginAdmission: Sendable {
    private let policy: IntegrityConfig.Policy
    private let check: SignatureCheck

    /// - Parameter now: the time of day that signatures are judged by.
    package init(
        _ config: IntegrityConfig = IntegrityConfig(), now: @escaping @Sendable () -> SignatureTime = { .now() }
    ) {
        let keys = config.keys.compactMap { name, text in (try? PublicKey(text.text)).map { (name.text, $0) } }
        // `check` goes on with a manifest that has mistakes: a key that is none must not make it trust more.
        policy = keys.count == config.keys.count ? config.policy : .require
        check = SignatureCheck(keys: Dictionary(uniqueKeysWithValues: keys), now: now)
    }

    /// With keys that are in no manifest.
    package init(policy: IntegrityConfig.Policy, check: SignatureCheck) {
        self.policy = policy
        self.check = check
    }

    /// What may be loaded.
    package struct Admitted: Sendable {
        /// The library where it is pinned or signed; otherwise its path will do.
        package var library: SealedFile?
        /// The configuration's schema, where the plugin has one.
        package var schema: [UInt8]?
        package var signature: SignatureState
    }

    /// - Parameters:
    ///   - library: the path of the library's file.
    ///   - pin: the SHA-256 that it must have.
    /// - Throws: one of the codes from `wrongHash` to `changedFile`, `notFound`, `notALibrary`, `badManifest`.
    package func admit(
        _ location: PluginLocation, library: String, pin: String?
    ) throws(LoadError) -> Admitted {
        try LoadError.ofFiles { () throws(IntegrityError) in
            try WritePermission.check(location.file)
            try WritePermission.check(library)
            if let schema = location.configSchema { try WritePermission.check(schema) }
        }
        let schema = try Self.schema(of: location)
        let signature = try demandedSignature(location)
        guard pin != nil || signature != nil else {
            return Admitted(library: nil, schema: schema, signature: .unchecked)
        }
        return try LoadError.ofFiles { () throws(IntegrityError) in
            let sealed = try SealedFile(OpenedFile(path: library))
            let digest = try sealed.digest()
            if let pin, pin.lowercased() != digest.hexadecimal {
                throw IntegrityError(
                    .wrongHash, "\(library) has the SHA-256 \(digest), but the manifest pins \(pin)")
            }
            var state = SignatureState.unchecked
            if let signature {
                let subject = Self.subject(location, library: library, digest, schema: schema)
                let (claims, key) = try check.verify(signature, file: Self.signatureFile(location), of: subject)
                state = .good(claims, key: key)
            }
            return Admitted(library: sealed, schema: schema, signature: state)
        }
    }

    /// The schema's bytes; nil if the plugin has none.
    package static func schema(of location: PluginLocation) throws(LoadError) -> [UInt8]? {
        guard let path = location.configSchema else { return nil }
        do throws(InvalidValue) { return try FileReading.bytes(of: path, limit: 1 << 20) } catch {
            throw LoadError(.badManifest, "\(path): \(error.reason)")
        }
    }

    /// Everything that a signature of the plugin must cover.
    package static func subject(
        _ location: PluginLocation, library: String, _ digest: SHA256Digest, schema: [UInt8]?
    ) -> SignatureCheck.Subject {
        var files = ["plugin.json": location.digest]
        // By its name in the folder; a link there may lead anywhere, since its target's bytes are what counts.
        files[library.split(separator: "/").last.map(String.init) ?? library] = digest
        if let name = location.manifest.configSchema, let schema { files[name] = SHA256Digest(of: schema) }
        return SignatureCheck.Subject(
            plugin: location.manifest.id.description, version: location.manifest.version, files: files)
    }

    package static func signatureFile(_ location: PluginLocation) -> String {
        "\(location.folder)/\(PluginSignature.fileName)"
    }

    /// The signature's file where it is to be checked; nil if none is.
    private func demandedSignature(_ location: PluginLocation) throws(LoadError) -> [UInt8]? {
        if policy == .off || policy == .verify && check.keys.isEmpty { return nil }
        let file = Self.signatureFile(location)
        let bytes = try LoadError.ofFiles { () throws(IntegrityError) -> [UInt8]? in
            do throws(IntegrityError) {
                return try OpenedFile.bytes(of: file, limit: PluginSignature.limit)
            } catch {
                guard error.isMissing else { throw error }
                return nil
            }
        }
        guard bytes == nil, policy == .require else { return bytes }
        throw LoadError(
            .notSigned,
            "\(location.manifest.id) is not signed: there is no \(file), and integrity.policy is require")
    }
}

/// What came of looking at a plugin's signature.
package enum SignatureState: Sendable, Hashable {
    /// There is none, or nothing to check it with.
    case unchecked
    /// It is good, by the trusted key of this name.
    case good(SignedClaims, key: String)
}
