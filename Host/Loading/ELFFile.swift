import Integrity

/// What a shared library says of itself without being loaded: none of its code runs.
///
/// It is read as the loader reads it: by program headers and the dynamic section (System V gABI, chapter 5; elf(5)).
/// Section headers are for other tools, may be missing, and may say something else.
package struct ELFFile: Sendable {
    /// Names that the library defines for others, sorted.
    package let exports: [String]
    /// Libraries that it needs, in its own order.
    package let needed: [String]
    /// Folders in which it has the loader look for them before the system's: DT_RPATH and DT_RUNPATH.
    package let searched: [String]

    /// Reads the whole file; libraries are at most some tens of megabytes.
    package init(path: String) throws(LoadError) {
        let bytes = try LoadError.ofFiles { () throws(IntegrityError) in
            try OpenedFile.bytes(of: path, limit: 1 << 30)
        }
        try self.init(bytes: bytes, path: path)
    }

    package init(bytes: [UInt8], path: String) throws(LoadError) {
        do throws(ELFDamage) {
            let image = try ELFImage(bytes)
            let dynamic = try ELFDynamicSection(image)
            needed = try dynamic.texts(dynamic.needed)
            let lists = try dynamic.texts(dynamic.searched)
            searched = lists.flatMap { $0.split(separator: ":", omittingEmptySubsequences: false).map(String.init) }
            exports = try dynamic.exports().sorted()
        } catch {
            throw LoadError(.notALibrary, "\(path) is not a shared library: \(error.what)")
        }
    }
}

/// Why the loader would not take a file: what follows "… is not a shared library: ".
struct ELFDamage: Error {
    var what: String

    init(_ what: String) { self.what = what }
}
