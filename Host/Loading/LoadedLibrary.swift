import CJackfield
import Glibc
package import Integrity
import Synchronization

/// A shared library in this process. It is never closed: Swift libraries cannot be, and static data of the plugin is
/// used until the process ends.
package struct LoadedLibrary: @unchecked Sendable {
    package let path: String
    /// The plugin's own descriptor.
    let plugin: UnsafePointer<jackfield_plugin>
    package let descriptor: PluginDescriptor

    /// Look at the file, then load it. Code of the library runs from here on: its constructors, then the entry function.
    ///
    /// - Throws: `notFound`, `notALibrary`, `wrongMajor`, `noEntryPoint`, `cannotOpen`, `badDescriptor`, `needsNewerHost`.
    package static func open(path: String) throws(LoadError) -> LoadedLibrary {
        try open(try ELFFile(path: path).exports, path: path, from: path)
    }

    /// The same with a file that nobody can change: what was verified of it is what is loaded.
    ///
    /// - Throws: as `open(path:)`, and `looseLibrary`.
    package static func open(_ file: SealedFile) throws(LoadError) -> LoadedLibrary {
        if let earlier = try alreadyLoaded(file) {
            return try open(earlier.exports, path: file.path, from: earlier.file.loadPath)
        }
        let bytes = try LoadError.ofFiles { () throws(IntegrityError) in try file.bytes() }
        let elf = try ELFFile(bytes: bytes, path: file.path)
        try LoadError.ofFiles { () throws(IntegrityError) in try LibrarySearch.check(elf, path: file.path) }
        // The loader knows a library by the name that it was loaded by, which must never come to mean another file: what
        // was loaded stays open.
        loaded.withLock { $0.append((file, elf.exports)) }
        return try open(elf.exports, path: file.path, from: file.loadPath)
    }

    /// The same bytes are loaded once, however many instances there are.
    private static func alreadyLoaded(_ file: SealedFile) throws(LoadError) -> (file: SealedFile, exports: [String])? {
        for other in loaded.withLock({ $0 }) where other.file.size == file.size {
            let isSame = try LoadError.ofFiles { () throws(IntegrityError) in
                try other.file.digest() == file.digest()
            }
            if isSame { return other }
        }
        return nil
    }

    private static let loaded = Mutex<[(file: SealedFile, exports: [String])]>([])

    private static func open(
        _ exports: [String], path: String, from loadPath: String
    ) throws(LoadError) -> LoadedLibrary {
        guard exports.contains("jackfield_plugin_v1") else {
            let other = exports.first { $0.hasPrefix("jackfield_plugin_v") }
            if let other {
                throw LoadError(
                    .wrongMajor,
                    "\(path) is for major version \(other.dropFirst("jackfield_plugin_v".count)) of the plugin ABI, this host has version 1"
                )
            }
            throw LoadError(
                .noEntryPoint, "\(path) exports no function jackfield_plugin_v1, so it is not a Jackfield plugin")
        }
        guard let handle = dlopen(loadPath, RTLD_NOW | RTLD_LOCAL | Int32(RTLD_NODELETE)) else {
            let reason = dlerror().map { String(cString: $0) } ?? "no reason given"
            let note =
                loadPath == path ? "" : " (a verified library finds no others beside it, only in the system's folders)"
            throw LoadError(.cannotOpen, "\(path) cannot be loaded: \(reason)\(note)")
        }
        guard let symbol = dlsym(handle, "jackfield_plugin_v1") else {
            throw LoadError(.noEntryPoint, "\(path) exports jackfield_plugin_v1, but it cannot be found after loading")
        }
        typealias Entry = @convention(c) () -> UnsafePointer<jackfield_plugin>?
        // The name carries the major version, and with it the type.
        guard let plugin = unsafeBitCast(symbol, to: Entry.self)() else {
            throw LoadError(.badDescriptor, "\(path): jackfield_plugin_v1 returned null instead of a descriptor")
        }
        return LoadedLibrary(path: path, plugin: plugin, descriptor: try PluginDescriptor(plugin, path: path))
    }
}
