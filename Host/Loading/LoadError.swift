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
        case badConfig = "bad_config"
        case notIsolated = "not_isolated"
        case createFailed = "create_failed"
        case openFailed = "open_failed"
        case stuck
        /// Its process ended while it was being loaded.
        case crashed
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
