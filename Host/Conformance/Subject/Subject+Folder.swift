import Glibc
package import JackfieldJSON
import Loading
import Manifest
package import Registry

/// Why a plugin cannot be checked at all: one sentence for each reason.
package struct SubjectProblem: Error, Sendable {
    package var sentences: [String]

    package init(sentences: [String]) { self.sentences = sentences }
}

extension Subject {
    /// Read what lies in a plugin's folder. Runs none of its code.
    ///
    /// - Parameters:
    ///   - config: replaces the rehearsal's configuration; the schema's defaults are filled in.
    ///   - rehearsal: a file in place of `check.json` in the plugin's folder.
    /// - Throws: what is wrong with the plugin.json, the library, the schema, the configuration or the rehearsal.
    package init(at location: PluginLocation, config: JSON?, rehearsal file: String?) throws(SubjectProblem) {
        let manifest = location.manifest
        let library = Self.absolute(location.library)
        let elf: ELFFile
        do { elf = try ELFFile(path: library) } catch { throw SubjectProblem(sentences: [error.message]) }
        let rehearsal = try Self.rehearsal(file ?? "\(location.folder)/check.json", isNamed: file != nil)
        self.init(
            library: library, id: manifest.id.description, version: manifest.version, role: manifest.role.name,
            roleRevision: UInt32(manifest.role.revision), required: manifest.services.required.map(\.description),
            optional: manifest.services.optional.map(\.description), exports: elf.exports, needed: elf.needed,
            config: try Self.config(location, config ?? rehearsal.config ?? .object([:])), rehearsal: rehearsal)
    }

    private static func config(_ location: PluginLocation, _ given: JSON) throws(SubjectProblem) -> JSON {
        guard let path = location.configSchema else { return given }
        let document: JSON
        do { document = try JSON(parsing: FileReading.bytes(of: path, limit: 1 << 20)) } catch {
            throw SubjectProblem(sentences: ["\(path) cannot be used: \(error)"])
        }
        let schema: ConfigSchema
        do { schema = try ConfigSchema(document) } catch {
            throw SubjectProblem(sentences: ["\(path) is no schema of a configuration: \(error)"])
        }
        let filled = schema.fillingDefaults(given)
        let problems = schema.validate(filled)
        guard problems.isEmpty else {
            throw SubjectProblem(
                sentences: problems.map {
                    "the configuration does not fit \(path): \($0) (give one with --config, or as `config` in check.json)"
                })
        }
        return filled
    }

    private static func rehearsal(_ path: String, isNamed: Bool) throws(SubjectProblem) -> Rehearsal {
        if !isNamed, access(path, F_OK) != 0 { return Rehearsal() }
        do {
            return try Rehearsal(JSON(parsing: FileReading.bytes(of: path, limit: 4 << 20, pipes: isNamed)))
        } catch {
            throw SubjectProblem(sentences: ["\(path) cannot be used: \(error)"])
        }
    }

    private static func absolute(_ path: String) -> String {
        guard let resolved = realpath(path, nil) else { return path }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
