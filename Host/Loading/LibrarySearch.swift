package import Integrity

/// Where the loader looks for what a verified library needs. Its own bytes are known; those of a library that it brings
/// in are not, so that they may come from the system's folders alone, or from others that not everybody can write to.
///
/// `$ORIGIN` means the library's folder, and for one that is loaded by its descriptor there is none: what it names is
/// never found (ld.so(8)). `LD_LIBRARY_PATH` is the operator's.
package enum LibrarySearch {
    /// - Throws: `looseLibrary`, `writable`.
    package static func check(_ elf: ELFFile, path: String) throws(IntegrityError) {
        for name in elf.needed where name.contains("$") {
            throw loose(path, "it needs the library \(name), and what that means depends on where the library lies")
        }
        for name in elf.needed where name.contains("/") && !name.hasPrefix("/") {
            throw loose(path, "it needs the library \(name), which is looked for from the working directory")
        }
        // A library that is named by its path is looked for nowhere else.
        for name in elf.needed where name.hasPrefix("/") { try WritePermission.check(searched: name, for: path) }
        for folder in elf.searched {
            if folder.contains("$") {
                // Behind /proc/PID/fd lie names that lead anywhere: `../root`, `../cwd`, the number of a folder.
                guard folder == "$ORIGIN" || folder == "${ORIGIN}" else {
                    throw loose(path, "its search path \(folder) depends on where the library lies")
                }
            } else if folder.hasPrefix("/") {
                try WritePermission.check(searched: folder, for: path)
            } else {
                throw loose(path, "its search path holds \"\(folder)\", which is not absolute")
            }
        }
    }

    private static func loose(_ path: String, _ what: String) -> IntegrityError {
        IntegrityError(
            .looseLibrary,
            "\(path) is pinned or signed, but would load code that is not: \(what); link it with absolute folders or none"
        )
    }
}
