import Glibc
import JackfieldVocabulary

/// The library whose functions are called. It stays mapped for as long as the process lives.
struct NativeLibrary: @unchecked Sendable {
    let name: String
    private let handle: UnsafeMutableRawPointer

    /// In a sandboxed process this finds what was mapped before the process was sealed, and maps nothing.
    ///
    /// - Throws: `unavailable` with the loader's reason.
    init(_ name: String) throws(CallError) {
        self.name = name
        guard let handle = dlopen(name, RTLD_NOW | RTLD_LOCAL) else {
            let reason = dlerror().map { String(cString: $0) } ?? "no reason given"
            throw CallError(
                .unavailable,
                "config.library: \(name) cannot be loaded: \(reason). With isolation: process it must stand in "
                    + "grants.libraries, since nothing more is mapped once the process is sealed.")
        }
        self.handle = handle
    }

    /// Of the library, or of one that it needs. Nil if there is none of that name.
    func symbol(_ name: String) -> UnsafeMutableRawPointer? { dlsym(handle, name) }
}
