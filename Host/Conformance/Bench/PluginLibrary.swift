package import CJackfield
import Glibc

/// The plugin's shared library in this process, and its descriptor as it stands there.
package final class PluginLibrary: @unchecked Sendable {
    package typealias Entry = @convention(c) () -> UnsafePointer<jackfield_plugin>?

    package let plugin: UnsafePointer<jackfield_plugin>
    package let services: [(id: String, revision: UInt32, isRequired: Bool)]
    /// Handlers at a time, for a plugin that may block; nil: it is called on the loop.
    package let concurrency: Int?

    /// Load a library and find its entry function.
    ///
    /// - Throws: failed with the loader's words.
    package static func load(path: String) throws -> Entry {
        guard let handle = dlopen(path, RTLD_NOW | RTLD_LOCAL | Int32(RTLD_NODELETE)) else {
            throw Finding.failed(
                "the library cannot be loaded", [dlerror().map { String(cString: $0) } ?? "no reason given"])
        }
        guard let symbol = dlsym(handle, "jackfield_plugin_v1") else {
            throw Finding.failed("the library does not export jackfield_plugin_v1")
        }
        return unsafeBitCast(symbol, to: Entry.self)
    }

    /// - Throws: skipped where the descriptor cannot be used.
    package init(_ plugin: UnsafePointer<jackfield_plugin>) throws {
        self.plugin = plugin
        let unusable = Finding.skipped("the descriptor cannot be used, which the group descriptor judges")
        guard UnsafeRawPointer(plugin).loadUnaligned(as: UInt32.self) >= UInt32(MemoryLayout<jackfield_plugin>.size),
            Self.functions(of: plugin).allSatisfy({ $0.address != 0 }), plugin.pointee.service_count <= 64
        else { throw unusable }
        var services: [(id: String, revision: UInt32, isRequired: Bool)] = []
        for index in 0..<Int(plugin.pointee.service_count) {
            guard let entry = plugin.pointee.services?[index].pointee,
                let id = String(validatingCString: entry.id)
            else { throw unusable }
            services.append((id, entry.revision, entry.flags & JACKFIELD_REQUIRED != 0))
        }
        self.services = services
        concurrency = plugin.pointee.flags & JACKFIELD_MAY_BLOCK != 0 ? max(1, Int(plugin.pointee.concurrency)) : nil
    }

    /// The five functions of a descriptor, with their addresses: the header says that none is null, a plugin may err.
    package static func functions(of plugin: UnsafePointer<jackfield_plugin>) -> [(name: String, address: UInt)] {
        let raw = UnsafeRawPointer(plugin)
        let fields: [(String, PartialKeyPath<jackfield_plugin>)] = [
            ("create", \.create), ("open", \.open), ("drain", \.drain), ("close", \.close), ("destroy", \.destroy),
        ]
        return fields.compactMap { name, field in
            MemoryLayout<jackfield_plugin>.offset(of: field).map {
                (name: name, address: raw.load(fromByteOffset: $0, as: UInt.self))
            }
        }
    }
}
