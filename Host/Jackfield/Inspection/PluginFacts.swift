import Glibc
import Integrity
import JackfieldJSON
import Loading
import Manifest
import Registry

/// What can be learned of a plugin without running any of its code.
struct PluginFacts {
    var library: String
    /// Nil: a library alone.
    var location: PluginLocation?
    var exports: [String]
    var needed: [String]
    var sha256: SHA256Digest
    var configKeys: [String] = []
    var signature: Signature?
    /// Sentences: what is wrong with it, or would keep a host from loading it.
    var problems: [String] = []

    /// What plugin.sig says, compared with the files, but with no key.
    struct Signature {
        var claims: SignedClaims
        /// Why it does not hold for the files; nil: it does.
        var objection: String?
    }

    /// - Parameter file: a plugin's folder, its plugin.json or its library.
    /// - Throws: if there is no library to look at.
    init(file: String) throws(LoadError) {
        let isLibrary = file.hasSuffix(".so")
        var found: PluginLocation?
        var problem: String?
        do throws(LoadError) { found = try PluginPath.at(file: file) } catch {
            guard isLibrary, access(file, R_OK) == 0 else { throw error }
            // A library alone has no plugin.json, and that is no fault of it.
            let folder = file.lastIndex(of: "/").map { String(file[..<$0]) } ?? "."
            if access("\(folder)/plugin.json", F_OK) == 0 { problem = error.message }
        }
        location = found
        library = isLibrary ? file : found?.library ?? file
        let path = library
        let bytes = try LoadError.ofFiles { () throws(IntegrityError) in try OpenedFile(path: path).bytes() }
        let elf = try ELFFile(bytes: bytes, path: path)
        exports = elf.exports
        needed = elf.needed
        sha256 = SHA256Digest(of: bytes)
        if let problem { problems.append(problem) }
        if let found { look(at: found) }
        look(at: elf)
    }

    private mutating func look(at location: PluginLocation) {
        let name = library.split(separator: "/").last.map(String.init) ?? library
        if name != location.manifest.library {
            problems.append("\(location.file) names the library \(location.manifest.library), and this is \(name)")
        }
        var schema: [UInt8]?
        do throws(LoadError) {
            schema = try PluginAdmission.schema(of: location)
            if let schema, let path = location.configSchema {
                let document = try Self.document(schema, path)
                configKeys = document["properties"]?.object?.members.map(\.key) ?? []
            }
        } catch {
            problems.append(error.message)
        }
        let paths = [location.file, library] + (location.configSchema.map { [$0] } ?? [])
        for path in paths {
            // Those that cannot be read are told of above.
            do throws(IntegrityError) { try WritePermission.check(path) } catch {
                if error.code == .writable, !problems.contains(error.message) { problems.append(error.message) }
            }
        }
        readSignature(location, schema)
    }

    private static func document(_ schema: [UInt8], _ path: String) throws(LoadError) -> JSON {
        do {
            let document = try JSON(parsing: schema)
            _ = try ConfigSchema(document)
            return document
        } catch {
            throw LoadError(.badManifest, "\(path): \(error)")
        }
    }

    private mutating func readSignature(_ location: PluginLocation, _ schema: [UInt8]?) {
        let file = PluginAdmission.signatureFile(location)
        guard access(file, F_OK) == 0 else { return }
        do throws(IntegrityError) {
            let bytes = try OpenedFile.bytes(of: file, limit: PluginSignature.limit)
            let claims = try PluginSignature(parsing: bytes, file: file).claims
            signature = Signature(claims: claims, objection: nil)
            let subject = PluginAdmission.subject(location, library: library, sha256, schema: schema)
            try SignatureCheck(keys: [:]).judge(claims, file: file, of: subject)
        } catch {
            signature?.objection = error.message
            problems.append(error.message)
        }
    }

    private mutating func look(at elf: ELFFile) {
        if let other = elf.exports.first(where: { $0 != "jackfield_plugin_v1" && $0.hasPrefix("jackfield_plugin_v") }),
            !elf.exports.contains("jackfield_plugin_v1")
        {
            problems.append("\(library) exports \(other); this host loads plugins that export jackfield_plugin_v1")
        } else if !elf.exports.contains("jackfield_plugin_v1") {
            problems.append("\(library) exports no function jackfield_plugin_v1, so it is not a Jackfield plugin")
        } else if elf.exports.count > 1 {
            let others = elf.exports.filter { $0 != "jackfield_plugin_v1" }
            problems.append(
                "\(library) exports \(others.count) names beside jackfield_plugin_v1, such as \(others[0]): hide them, since they may meet other libraries' names"
            )
        }
    }
}
