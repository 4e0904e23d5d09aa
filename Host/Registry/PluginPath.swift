import Glibc
package import Integrity
package import Loading
package import Manifest

/// A plugin's folder, and what its plugin.json says.
package struct PluginLocation: Sendable, Hashable {
    package let folder: String
    package let manifest: PluginManifest
    /// Of the plugin.json that `manifest` was read from.
    package let digest: SHA256Digest

    package var file: String { "\(folder)/plugin.json" }
    package var library: String { "\(folder)/\(manifest.library)" }
    package var configSchema: String? { manifest.configSchema.map { "\(folder)/\($0)" } }
}

/// The folders in which plugins are looked for: each holds KIND/NAME/plugin.json. An earlier folder wins.
package struct PluginPath: Sendable {
    package let folders: [String]

    package init(folders: [String]) { self.folders = folders }

    /// Folders given on the command line, then those in JACKFIELD_PLUGIN_PATH (separated by colons), then `plugins`
    /// beside the executable and `lib/jackfield/plugins` beside the executable's folder.
    package init(given: [String], environment: [String: String], executable: String) {
        var folders = given
        folders += (environment["JACKFIELD_PLUGIN_PATH"] ?? "").split(separator: ":").map(String.init)
        let home = executable.lastIndex(of: "/").map { String(executable[..<$0]) } ?? "."
        folders += ["\(home)/plugins", "\(home)/../lib/jackfield/plugins"]
        self.folders = folders
    }

    /// Find KIND/NAME.
    ///
    /// - Throws: `notFound` with the folders that were searched, or `badManifest`.
    package func find(_ reference: PluginReference) throws(LoadError) -> PluginLocation {
        for folder in folders {
            let home = "\(folder)/\(reference)"
            guard access("\(home)/plugin.json", R_OK) == 0 else { continue }
            let location = try Self.location(home)
            guard location.manifest.id == reference else {
                throw LoadError(
                    .badManifest,
                    "\(home)/plugin.json says that it is \(location.manifest.id), but it lies where \(reference) should be"
                )
            }
            return location
        }
        throw LoadError(.notFound, "there is no plugin \(reference) in \(folders.joined(separator: ", "))")
    }

    /// A plugin by its folder, its plugin.json or its library.
    package static func at(file: String) throws(LoadError) -> PluginLocation {
        var status = stat()
        if stat(file, &status) == 0, status.st_mode & S_IFMT == S_IFDIR { return try location(file) }
        let folder = file.lastIndex(of: "/").map { String(file[..<$0]) } ?? "."
        guard access(file, R_OK) == 0 else {
            throw LoadError(.notFound, "\(file) cannot be read: \(String(cString: strerror(errno)))")
        }
        return try location(folder)
    }

    private static func location(_ folder: String) throws(LoadError) -> PluginLocation {
        do {
            let file = "\(folder)/plugin.json"
            let bytes = try FileReading.bytes(of: file, limit: 1 << 20)
            return PluginLocation(
                folder: folder, manifest: try PluginManifest(parsing: bytes, file: file),
                digest: SHA256Digest(of: bytes))
        } catch let error as InvalidValue {
            throw LoadError(.badManifest, "\(folder)/plugin.json: cannot be read: \(error.reason)")
        } catch {
            throw LoadError(.badManifest, "\(error)")
        }
    }

    /// Everything that lies on the path, by id, with what is wrong where something is.
    package func all() -> [(id: String, result: Result<PluginLocation, LoadError>)] {
        var found: [String: Result<PluginLocation, LoadError>] = [:]
        for folder in folders {
            for kind in PluginKind.allCases {
                for name in Self.entries("\(folder)/\(kind)") {
                    let id = "\(kind)/\(name)"
                    guard found[id] == nil, access("\(folder)/\(id)/plugin.json", F_OK) == 0 else { continue }
                    do throws(LoadError) {
                        let location = try Self.location("\(folder)/\(id)")
                        guard location.manifest.id.description == id else {
                            throw LoadError(
                                .badManifest,
                                "\(folder)/\(id)/plugin.json says that it is \(location.manifest.id)")
                        }
                        found[id] = .success(location)
                    } catch {
                        found[id] = .failure(error)
                    }
                }
            }
        }
        return found.sorted { $0.key < $1.key }.map { (id: $0.key, result: $0.value) }
    }

    private static func entries(_ folder: String) -> [String] {
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names.sorted()
    }
}
