import CJackfield

/// What a plugin's descriptor says, read with care: the plugin is not trusted to fill it in rightly.
package struct PluginDescriptor: Sendable, Hashable {
    /// A role or service by id and revision: "jackfield.llm/1".
    package struct Interface: Sendable, Hashable, CustomStringConvertible {
        package var id: String
        package var revision: UInt32
        package var isRequired: Bool

        package init(id: String, revision: UInt32, isRequired: Bool = false) {
            self.id = id
            self.revision = revision
            self.isRequired = isRequired
        }

        package var description: String { "\(id)/\(revision)" }
    }

    package let id: String
    package let version: String
    package let roles: [Interface]
    package let services: [Interface]
    /// The lowest revision of the ABI that it needs.
    package let abiRevision: UInt32
    /// Nil: handlers never block and run on the event loop. Otherwise how many may run at a time.
    package let concurrency: Int?

    /// As another process has read it.
    package init(
        id: String, version: String, roles: [Interface], services: [Interface], concurrency: Int?,
        abiRevision: UInt32 = 1
    ) {
        self.id = id
        self.version = version
        self.roles = roles
        self.services = services
        self.concurrency = concurrency
        self.abiRevision = abiRevision
    }

    /// - Throws: `badDescriptor` or `needsNewerHost`, with a sentence that names the field.
    init(_ pointer: UnsafePointer<jackfield_plugin>, path: String) throws(LoadError) {
        func bad(_ what: String) -> LoadError { LoadError(.badDescriptor, "\(path): \(what)") }
        let raw = UnsafeRawPointer(pointer)
        let given = Int(raw.loadUnaligned(as: UInt32.self))
        let known = MemoryLayout<jackfield_plugin>.size
        guard given >= known else {
            throw bad("the descriptor says that it has \(given) bytes; version 1 has at least \(known)")
        }
        guard given <= 4096 else { throw bad("the descriptor says that it has \(given) bytes, which no version has") }
        for at in known..<max(known, given) where raw.load(fromByteOffset: at, as: UInt8.self) != 0 {
            throw LoadError(
                .needsNewerHost,
                "\(path): the descriptor uses fields that this host does not know (byte \(at)); it needs a newer host")
        }
        let plugin = pointer.pointee
        guard plugin.abi_revision > 0 else { throw bad("the descriptor's abi_revision is 0; revisions count from 1") }
        guard plugin.reserved == 0 else { throw bad("the descriptor's field `reserved` is not 0") }
        guard plugin.abi_revision <= JACKFIELD_ABI_REVISION else {
            throw LoadError(
                .needsNewerHost,
                "\(path) needs revision \(plugin.abi_revision) of plugin ABI 1, this host has revision \(JACKFIELD_ABI_REVISION)"
            )
        }
        guard plugin.flags & ~JACKFIELD_MAY_BLOCK == 0 else {
            throw LoadError(
                .needsNewerHost,
                "\(path): the descriptor has flags (\(plugin.flags)) that this host does not know; it needs a newer host"
            )
        }
        abiRevision = plugin.abi_revision
        id = try Self.text(raw, \.id, "id", path)
        version = try Self.text(raw, \.version, "version", path)
        guard plugin.role_count > 0 else { throw bad("the descriptor names no role") }
        guard plugin.role_count <= 64, plugin.service_count <= 64 else {
            throw bad("the descriptor names more than 64 roles or services")
        }
        roles = try Self.interfaces(plugin.roles, plugin.role_count, "roles", path)
        services = try Self.interfaces(plugin.services, plugin.service_count, "services", path)
        for field in [\jackfield_plugin.create, \.open, \.drain, \.close, \.destroy]
            as [PartialKeyPath<jackfield_plugin>]
        {
            guard let offset = MemoryLayout<jackfield_plugin>.offset(of: field),
                raw.load(fromByteOffset: offset, as: UInt.self) != 0
            else { throw bad("one of create, open, drain, close and destroy is null") }
        }
        if plugin.flags & JACKFIELD_MAY_BLOCK != 0 {
            guard (1...256).contains(plugin.concurrency) else {
                throw bad(
                    "a plugin that may block must say how many handlers run at a time, 1 to 256, not \(plugin.concurrency)"
                )
            }
            concurrency = Int(plugin.concurrency)
        } else {
            concurrency = nil
        }
    }

    private static func text(
        _ raw: UnsafeRawPointer, _ field: PartialKeyPath<jackfield_plugin>, _ name: String, _ path: String
    ) throws(LoadError) -> String {
        guard let offset = MemoryLayout<jackfield_plugin>.offset(of: field),
            let pointer = raw.load(fromByteOffset: offset, as: UnsafePointer<CChar>?.self),
            let text = String(validatingCString: pointer), !text.isEmpty, text.utf8.count <= 256
        else {
            throw LoadError(
                .badDescriptor, "\(path): the descriptor's \(name) is missing or not UTF-8 of 1 to 256 bytes")
        }
        return text
    }

    private static func interfaces(
        _ list: UnsafePointer<UnsafePointer<jackfield_interface>>?, _ count: UInt32, _ name: String, _ path: String
    ) throws(LoadError) -> [Interface] {
        guard count > 0 else { return [] }
        guard let list else {
            throw LoadError(.badDescriptor, "\(path): the descriptor counts \(count) \(name), but lists none")
        }
        var interfaces: [Interface] = []
        for index in 0..<Int(count) {
            // The header says that the pointers are not null; a plugin may have got it wrong.
            let pointer = UnsafeRawPointer(list).load(
                fromByteOffset: index * MemoryLayout<UInt>.size, as: UnsafePointer<jackfield_interface>?.self)
            guard let entry = pointer?.pointee, entry.size >= UInt32(MemoryLayout<jackfield_interface>.size),
                let id = UnsafeRawPointer(pointer!).load(
                    fromByteOffset: MemoryLayout<jackfield_interface>.offset(of: \.id)!, as: UnsafePointer<CChar>?.self
                )
                .flatMap({ String(validatingCString: $0) })
            else { throw LoadError(.badDescriptor, "\(path): entry \(index) of the descriptor's \(name) is malformed") }
            guard entry.revision > 0, entry.reserved == 0 else {
                throw LoadError(
                    .badDescriptor,
                    "\(path): entry \(index) of the descriptor's \(name), \(id), has revision 0 or a `reserved` that is not 0"
                )
            }
            guard entry.flags & ~JACKFIELD_REQUIRED == 0 else {
                throw LoadError(
                    .needsNewerHost,
                    "\(path): entry \(index) of the descriptor's \(name), \(id), has flags (\(entry.flags)) that this host does not know; it needs a newer host"
                )
            }
            interfaces.append(
                Interface(id: id, revision: entry.revision, isRequired: entry.flags & JACKFIELD_REQUIRED != 0))
        }
        return interfaces
    }
}
