import CJackfield
import Glibc

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
        let exports = try ELFFile(path: path).exports
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
        guard let handle = dlopen(path, RTLD_NOW | RTLD_LOCAL | Int32(RTLD_NODELETE)) else {
            throw LoadError(
                .cannotOpen, "\(path) cannot be loaded: \(dlerror().map { String(cString: $0) } ?? "no reason given")")
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
