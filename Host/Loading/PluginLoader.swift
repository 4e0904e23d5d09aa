import CJackfield
package import EventLoops
package import Integrity

/// Takes a plugin from a file to a created instance, in steps that each fail with their own reason.
package struct PluginLoader: Sendable {
    /// What is known of the plugin before its library is touched: from its plugin.json and from the manifest.
    package struct Request: Sendable {
        /// The instance's id.
        package var id: String
        /// KIND/NAME.
        package var plugin: String
        /// "jackfield.llm/1"
        package var role: String
        package var library: String
        /// Hexadecimal SHA-256 of the library, where the manifest pins it.
        package var sha256: String?
        /// The library's file as it was verified, where it was: this is loaded, whatever the path leads to by then.
        package var sealed: SealedFile?
        /// JSON object, checked against the plugin's schema.
        package var config: [UInt8]

        package init(
            id: String, plugin: String, role: String, library: String, sha256: String? = nil,
            sealed: SealedFile? = nil, config: [UInt8]
        ) {
            self.id = id
            self.plugin = plugin
            self.role = role
            self.library = library
            self.sha256 = sha256
            self.sealed = sealed
            self.config = config
        }
    }

    private let services: [String: any HostService]
    private let executors: LoopExecutors
    private let observer: any RunningPlugin.Observer

    package init(services: [any HostService], executors: LoopExecutors, observer: any RunningPlugin.Observer) {
        self.services = Dictionary(uniqueKeysWithValues: services.map { ("\($0.id)/\($0.revision)", $0) })
        self.executors = executors
        self.observer = observer
    }

    /// "jackfield.http/1" and the like, sorted: what this host has to offer.
    package var offered: [String] { services.keys.sorted() }

    /// Does this host have what plugin.json asks for? Asked before any code of the plugin runs.
    ///
    /// - Throws: `missingService`
    package func check(required: [String], of plugin: String) throws(LoadError) {
        let missing = required.filter { services[$0] == nil }
        guard missing.isEmpty else {
            throw LoadError(
                .missingService,
                "\(plugin) needs \(missing.joined(separator: ", ")), which this host does not have; it has \(offered.joined(separator: ", "))"
            )
        }
    }

    /// Does this host know the role that plugin.json names? Asked before any code of the plugin runs.
    ///
    /// - Throws: `needsNewerHost`
    private static func check(role: String, of plugin: String) throws(LoadError) {
        var known: [String] = []
        var index: UInt32 = 0
        while let contract = jackfield_contract_at(index) {
            known.append("\(String(cString: contract.pointee.id))/\(contract.pointee.revision)")
            index += 1
        }
        if known.contains(role) { return }
        let name = role.prefix { $0 != "/" }
        let others = known.filter { $0.hasPrefix("\(name)/") }
        throw LoadError(
            .needsNewerHost,
            "\(plugin) plays \(role), which this host does not know; it knows \(others.isEmpty ? "no role of that name" : others.joined(separator: ", "))"
        )
    }

    /// Load the library, check its descriptor against what was said of it, and create an instance. Not yet open.
    ///
    /// - Parameter open: how the library is loaded, and where; into this process, if nothing is said.
    package func load(
        _ request: Request,
        open: (Request) throws(LoadError) -> any PluginImage = { request throws(LoadError) in
            if let sealed = request.sealed { return try LoadedLibrary.open(sealed) }
            return try LoadedLibrary.open(path: request.library)
        }
    ) throws(LoadError) -> RunningPlugin {
        try Self.check(role: request.role, of: request.plugin)
        var request = request
        if request.sealed == nil, let sha256 = request.sha256 {
            request.sealed = try Self.pinned(request.library, sha256)
        }
        let image = try open(request)
        let descriptor = image.descriptor
        guard descriptor.id == request.plugin else {
            throw LoadError(
                .badDescriptor,
                "\(request.library) says that it is \(descriptor.id), but it was found as \(request.plugin)")
        }
        guard let role = descriptor.roles.first, role.description == request.role else {
            throw LoadError(
                .wrongRole,
                "\(request.library) plays \(descriptor.roles.map(\.description).joined(separator: ", ")), but \(request.plugin) should play \(request.role)"
            )
        }
        try check(
            required: descriptor.services.filter(\.isRequired).map(\.description), of: request.plugin)
        return try RunningPlugin(
            id: request.id, path: request.library, image: image, config: request.config,
            services: descriptor.services.map { services[$0.description] }, executors: executors, observer: observer)
    }

    /// - Throws: `wrongHash`, `notFound`.
    private static func pinned(_ library: String, _ sha256: String) throws(LoadError) -> SealedFile {
        guard let digest = SHA256Digest(hexadecimal: sha256) else {
            throw LoadError(.wrongHash, "\(library) is pinned to \(sha256), which is not 64 hexadecimal digits")
        }
        return try LoadError.ofFiles { () throws(IntegrityError) in try SealedFile(pinned: library, to: digest) }
    }
}
