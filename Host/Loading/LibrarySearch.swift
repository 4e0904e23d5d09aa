package import Integrity

/// Where the loader looks for what a verified library needs. Its own bytes are known; those of a library that it brings
/// in are not, so that they may come from the system's folders alone, or from others that not everybody can write to.
///
/// `$ORIGIN` means the library's folder, and for one that is loaded by its descriptor there is none: what it names is
/// never found (ld.so(8)). `LD_LIBRARY_PATH` is the operator's.
package enum LibrarySearch {
    /// - Throws: `looseLibrary`, `writable`.
    package static func check(_ elf: ELFFile, path: String) throws(IntegrityError) {
        for name in elf.needed where name.contains("/") && !name.hasPrefix("/") {
            throw loose(path, "it needs the library \(name), which is looked for from the working directory")
        }
        for folder in elf.searched {
            if folder.hasPrefix("$ORIGIN") || folder.hasPrefix("${ORIGIN}") {
                // From /proc/PID/fd, three steps lead to the root.
                guard folder.split(separator: "/").count(where: { $0 == ".." }) < 3 else {
                    throw loose(path, "its search path \(folder) climbs out of the folders of the plugin")
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
