package import Integrity

/// Why a plugin could not be loaded.
package struct LoadError: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Code: String, Sendable, Hashable, CaseIterable {
        case notFound = "not_found"
        case badManifest = "bad_manifest"
        case notALibrary = "not_a_library"
        case noEntryPoint = "no_entry_point"
        case wrongMajor = "wrong_major"
        case cannotOpen = "cannot_open"
        case badDescriptor = "bad_descriptor"
        case needsNewerHost = "needs_newer_host"
        case missingService = "missing_service"
        case wrongRole = "wrong_role"
        case wrongHash = "wrong_hash"
        case writableByOthers = "writable_by_others"
        case notSigned = "not_signed"
        case malformedSignature = "malformed_signature"
        case unknownKey = "unknown_key"
        case wrongSignature = "wrong_signature"
        case signatureNotYetValid = "signature_not_yet_valid"
        case signatureExpired = "signature_expired"
        case signedForAnother = "signed_for_another"
        case changedFile = "changed_file"
        case looseLibrary = "loose_library"
        /// What lies there now is not what the host was started with.
        case otherPlugin = "other_plugin"
        case badConfig = "bad_config"
        case notIsolated = "not_isolated"
        case createFailed = "create_failed"
        case openFailed = "open_failed"
        case stuck
        /// Its process ended while it was being loaded.
        case crashed
    }

    /// Its files are there, and may not be loaded: they will be the same a moment later.
    package var isRefusal: Bool {
        switch code {
        case .wrongHash, .writableByOthers, .notSigned, .malformedSignature, .unknownKey, .wrongSignature,
            .signatureNotYetValid, .signatureExpired, .signedForAnother, .changedFile, .looseLibrary, .otherPlugin:
            true
        default: false
        }
    }

    package var code: Code
    /// One sentence for the operator, with the path or id that it is about.
    package var message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    package var description: String { message }
}

extension LoadError {
    /// What keeps a plugin's files from being trusted.
    package init(_ error: IntegrityError) {
        let code: Code =
            switch error.code {
            case .unreadable: .notFound
            case .notAFile: .notALibrary
            case .writable: .writableByOthers
            case .wrongHash: .wrongHash
            case .notSigned: .notSigned
            case .malformedSignature: .malformedSignature
            case .unknownKey: .unknownKey
            case .wrongSignature: .wrongSignature
            case .notYetValid: .signatureNotYetValid
            case .expired: .signatureExpired
            case .signedForAnother: .signedForAnother
            case .changedFile: .changedFile
            case .looseLibrary: .looseLibrary
            case .badKey: .badManifest
            case .system: .cannotOpen
            }
        self.init(code, error.message)
    }

    /// Do something with a plugin's files; what is wrong with them keeps it from being loaded.
    package static func ofFiles<Result>(
        _ body: () throws(IntegrityError) -> Result
    ) throws(LoadError) -> Result {
        do throws(IntegrityError) { return try body() } catch { throw LoadError(error) }
    }
}
