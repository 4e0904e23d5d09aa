import JackfieldJSON
import Loading

/// What a runner is told first: which plugin it is for, and in what it is to lock itself up.
package struct RunnerOrder: Sendable {
    /// The instance's id.
    package var id: String
    /// The shared library.
    package var library: String
    /// The library's verified file was handed over as a descriptor; otherwise it is loaded from its path.
    var isSealed = false
    package var sandbox: SandboxSettings

    var json: JSON {
        [
            "id": .string(id), "library": .string(library), "sealed": .bool(isSealed),
            "level": .string(sandbox.level.rawValue),
            "memory": JSON(sandbox.memory), "open_files": JSON(sandbox.openFiles), "threads": JSON(sandbox.threads),
            "file_size": JSON(sandbox.fileSize),
            "executable": .array(sandbox.executable.map { .string($0) }),
            "libraries": .array(sandbox.libraries.map { .string($0) }),
            "readable": .array(sandbox.readable.map { .string($0) }),
            "temporary": sandbox.temporary.map { .string($0) } ?? .null,
        ]
    }

    package init(id: String, library: String, sandbox: SandboxSettings) {
        self.id = id
        self.library = library
        self.sandbox = sandbox
    }

    /// - Throws: if something is missing: host and runner are not of one build.
    init(_ json: JSON) throws(WireFault) {
        func number(_ name: String) -> UInt64? { json[name]?.int.flatMap { UInt64(exactly: $0) } }
        guard let id = json["id"]?.string, let library = json["library"]?.string, let isSealed = json["sealed"]?.bool,
            let level = json["level"]?.string.flatMap({ SandboxLevel(rawValue: $0) }),
            let memory = number("memory"), let openFiles = number("open_files"), let threads = number("threads"),
            let fileSize = number("file_size")
        else { throw WireFault("an order that lacks what this build needs") }
        func texts(_ name: String) -> [String] { json[name]?.array?.compactMap(\.string) ?? [] }
        self.init(
            id: id, library: library,
            sandbox: SandboxSettings(
                level: level, memory: memory, openFiles: openFiles, threads: threads, fileSize: fileSize,
                executable: texts("executable"), libraries: texts("libraries"), readable: texts("readable"),
                temporary: json["temporary"]?.string))
        self.isSealed = isSealed
    }
}

/// A runner's answer to its order.
struct RunnerReport: Sendable {
    var descriptor: PluginDescriptor
    var sandbox: SandboxReport

    var json: JSON {
        func interfaces(_ list: [PluginDescriptor.Interface]) -> JSON {
            .array(
                list.map {
                    ["id": .string($0.id), "revision": JSON($0.revision), "required": .bool($0.isRequired)]
                })
        }
        return [
            "id": .string(descriptor.id), "version": .string(descriptor.version),
            "roles": interfaces(descriptor.roles), "services": interfaces(descriptor.services),
            "concurrency": descriptor.concurrency.map { JSON($0) } ?? .null,
            "abi_revision": JSON(descriptor.abiRevision),
            "sandbox": sandbox.json,
        ]
    }

    init(descriptor: PluginDescriptor, sandbox: SandboxReport) {
        self.descriptor = descriptor
        self.sandbox = sandbox
    }

    /// The other side of `json`; it comes from a process that has run the plugin's code, so nothing in it is believed
    /// beyond its form.
    init(_ json: JSON) throws(WireFault) {
        // As in process, where the descriptor itself is read.
        func isName(_ text: String) -> Bool { (1...256).contains(text.utf8.count) }
        func interfaces(_ name: String) throws(WireFault) -> [PluginDescriptor.Interface] {
            try (json[name]?.array ?? []).map { entry throws(WireFault) in
                guard let id = entry["id"]?.string, isName(id), let revision = entry["revision"]?.int,
                    let revision = UInt32(exactly: revision), let isRequired = entry["required"]?.bool
                else { throw WireFault("a descriptor whose \(name) cannot be read") }
                return PluginDescriptor.Interface(id: id, revision: revision, isRequired: isRequired)
            }
        }
        let roles = try interfaces("roles")
        let services = try interfaces("services")
        guard let id = json["id"]?.string, let version = json["version"]?.string, isName(id), isName(version),
            (1...64).contains(roles.count),
            services.count <= 64, let sandbox = json["sandbox"].flatMap({ SandboxReport($0) })
        else { throw WireFault("a descriptor that lacks something") }
        descriptor = PluginDescriptor(
            id: id, version: version, roles: roles, services: services,
            concurrency: json["concurrency"]?.int.flatMap { (1...256).contains($0) ? $0 : nil },
            abiRevision: json["abi_revision"]?.int.flatMap { UInt32(exactly: $0) } ?? 0)
        self.sandbox = sandbox
    }
}
