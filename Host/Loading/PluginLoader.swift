import Crypto
package import EventLoops
import Glibc

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
        /// JSON object, checked against the plugin's schema.
        package var config: [UInt8]

        package init(id: String, plugin: String, role: String, library: String, sha256: String?, config: [UInt8]) {
            self.id = id
            self.plugin = plugin
            self.role = role
            self.library = library
            self.sha256 = sha256
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

    /// Load the library, check its descriptor against what was said of it, and create an instance. Not yet open.
    ///
    /// - Parameter open: how the library is loaded, and where; into this process, if nothing is said.
    package func load(
        _ request: Request,
        open: (Request) throws(LoadError) -> any PluginImage = { request throws(LoadError) in
            try LoadedLibrary.open(path: request.library)
        }
    ) throws(LoadError) -> RunningPlugin {
        if let sha256 = request.sha256 { try Self.checkHash(of: request.library, is: sha256) }
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

    /// The hash is of the file as it lies there when it is loaded.
    package static func checkHash(of path: String, is expected: String) throws(LoadError) {
        let found = try sha256(of: path)
        guard found == expected.lowercased() else {
            throw LoadError(.wrongHash, "\(path) has the SHA-256 \(found), but the manifest pins \(expected)")
        }
    }

    /// Hexadecimal SHA-256 of a file.
    package static func sha256(of path: String) throws(LoadError) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw LoadError(.notFound, "\(path) cannot be read: \(String(cString: strerror(errno)))")
        }
        defer { close(descriptor) }
        var hash = SHA256()
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            buffer.withUnsafeBytes { hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: $0[..<count])) }
        }
        let digits = Array("0123456789abcdef".utf8)
        return String(
            decoding: hash.finalize().flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
