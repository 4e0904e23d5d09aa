package import JackfieldJSON

/// The plugin under check, as its folder describes it: what a child process is told before it loads anything.
package struct Subject: Sendable {
    /// Absolute.
    package var library: String
    /// KIND/NAME
    package var id: String
    package var version: String
    /// "jackfield.agent", and its revision.
    package var role: String
    package var roleRevision: UInt32
    /// "jackfield.log/1"
    package var required: [String]
    package var optional: [String]
    /// What the library defines for others, sorted.
    package var exports: [String]
    /// Libraries that it names as needed.
    package var needed: [String]
    /// JSON object with the schema's defaults.
    package var config: JSON
    package var rehearsal: Rehearsal

    package init(
        library: String, id: String, version: String, role: String, roleRevision: UInt32, required: [String],
        optional: [String], exports: [String], needed: [String], config: JSON, rehearsal: Rehearsal
    ) {
        self.library = library
        self.id = id
        self.version = version
        self.role = role
        self.roleRevision = roleRevision
        self.required = required
        self.optional = optional
        self.exports = exports
        self.needed = needed
        self.config = config
        self.rehearsal = rehearsal
    }
}

extension Subject {
    /// As it crosses to the child.
    package var json: JSON {
        func list(_ texts: [String]) -> JSON { .array(texts.map { .string($0) }) }
        return [
            "library": .string(library), "id": .string(id), "version": .string(version), "role": .string(role),
            "revision": JSON(roleRevision), "required": list(required), "optional": list(optional),
            "exports": list(exports), "needed": list(needed), "config": config, "rehearsal": rehearsal.json,
        ]
    }

    /// Nil if it is not what `json` makes.
    package init?(_ json: JSON) {
        func list(_ key: String) -> [String] { json[key]?.array?.compactMap(\.string) ?? [] }
        guard let library = json["library"]?.string, let id = json["id"]?.string,
            let version = json["version"]?.string, let role = json["role"]?.string,
            let revision = json["revision"]?.int.flatMap({ UInt32(exactly: $0) }), let config = json["config"],
            let rehearsal = json["rehearsal"].flatMap({ try? Rehearsal($0) })
        else { return nil }
        self.init(
            library: library, id: id, version: version, role: role, roleRevision: revision, required: list("required"),
            optional: list("optional"), exports: list("exports"), needed: list("needed"), config: config,
            rehearsal: rehearsal)
    }
}
