package import JackfieldJSON

extension PluginManifest {
    /// Reads a `plugin.json`.
    ///
    /// - Parameter file: How problems name it.
    /// - Throws: all that is wrong with it.
    package init(parsing bytes: [UInt8], file: String) throws(ManifestProblems) {
        let json: JSON
        do throws(JSONError) { json = try JSON(parsing: bytes) } catch {
            let before = bytes.prefix(error.offset)
            let line = before.count { $0 == 0x0A } + 1
            let column = before.count - (before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0) + 1
            throw ManifestProblems([
                ManifestProblem(
                    at: SourcePosition(file: file, line: line, column: column), path: "", "is not JSON: \(error.reason)"
                )
            ])
        }
        var problems = ProblemCollector()
        var manifest = PluginManifest()
        Self.table.decode(ConfigNode(json, file: file), ConfigPath(), &manifest, &problems)
        guard problems.problems.isEmpty else { throw ManifestProblems(problems.sorted()) }
        self = manifest
    }

    /// Reads a `plugin.json` from a file of at most 1 MiB. Not for an event loop.
    package init(file: String) throws(ManifestProblems) {
        let bytes: [UInt8]
        do { bytes = try FileReading.bytes(of: file, limit: 1 << 20) } catch {
            throw ManifestProblems([
                ManifestProblem(at: SourcePosition(file: file), path: "", "cannot be read: \(error.reason)")
            ])
        }
        try self.init(parsing: bytes, file: file)
    }

    /// The JSON Schema of `plugin.json`.
    package static var schema: JSON { Self.table.schema(default: PluginManifest()) }

    /// Values that decoding replaces: every one of them is a required key, except where absence means this.
    private init() {
        self.id = .unset
        self.version = ""
        self.description = ""
        self.license = ""
        self.abi = 1
        self.role = ContractReference(name: "unset", revision: 1)
        self.library = ""
        self.services = ServiceNeeds()
        self.grants = GrantsConfig()
    }

    static let table = ConfigTable<PluginManifest>(
        "What a plugin is, what it needs and what it asks for.",
        [
            .init(
                "id", \.id, .parsed("KIND/NAME") { text throws(InvalidValue) in try PluginReference(text) },
                required: true,
                "Where it is found on the plugin path, like \"agent/system-monitoring\"."),
            .init("version", \.version, .version, required: true, "Its semantic version, like \"1.2.0\"."),
            .init("description", \.description, .text("sentence"), required: true, "One sentence: what it does."),
            .init("license", \.license, .text("SPDX expression"), "Its license, like \"Apache-2.0\"."),
            .init("abi", \.abi, .int(1...1), required: true, "The major version of the plugin ABI: 1."),
            .init("role", \.role, .contract, required: true, "The role that it plays, like \"jackfield.agent/1\"."),
            .init(
                "library", \.library, .fileName, required: true, "The shared library's file name, in the same folder."),
            .init(
                "config", \.configSchema, ValueType<String>.fileName.optional(),
                "The file name of its configuration's JSON Schema; without one it takes no configuration."),
            .init(
                "isolation", \.isolation, ValueType<Isolation>.needed.optional(),
                "process: it must not run in the host's process, so the operator has to isolate it."),
            .init("services", \.services, .table(services), "The host services that it uses."),
            .init("grants", \.grants, .table(ConfigTables.grants), "What it asks for; the operator grants."),
        ]
    ) { plugin, report in
        // Roles and kinds are named alike, so that a folder says which role is inside.
        if plugin.role.name != "jackfield.\(plugin.id.kind)" {
            report(
                "role",
                "\(plugin.role) is not the role of the kind \(plugin.id.kind): expected jackfield.\(plugin.id.kind)/1")
        }
    }

    private static let services = ConfigTable<ServiceNeeds>(
        "The host services that a plugin uses.",
        [
            .init(
                "required", \.required, .list(of: .contract, seed: ContractReference(name: "unset", revision: 1)),
                "Without these it is refused, like \"jackfield.log/1\"."),
            .init(
                "optional", \.optional, .list(of: .contract, seed: ContractReference(name: "unset", revision: 1)),
                "These it can do without."),
        ])
}

extension ValueType where Value == ContractReference {
    static let contract = parsed("contract", pattern: "^[a-z0-9.-]{1,127}/[1-9][0-9]{0,3}$") {
        text throws(InvalidValue) in try ContractReference(text)
    }
}

extension Isolation: ExpressibleByUnset { static let unset = Isolation.process }

extension ValueType where Value == Isolation {
    /// What a plugin may ask for: to be kept out of the host's process. To be let into it is the operator's decision.
    static let needed = scalar(
        "process", schema: ["type": "string", "enum": ["process"]], encode: { .string($0.rawValue) }
    ) { scalar throws(InvalidValue) in
        guard scalar.text == Isolation.process.rawValue else {
            throw InvalidValue("expected \"process\", found \(scalar.text.quoted)")
        }
        return .process
    }
}

extension ValueType where Value == String {
    /// A name in the same folder: no path leads out of it.
    static let fileName = scalar(
        "file name", schema: ["type": "string", "pattern": "^[^/]+$"], encode: { .string($0) }
    ) {
        scalar throws(InvalidValue) in
        guard !scalar.text.isEmpty, scalar.text != ".", scalar.text != "..",
            !scalar.text.utf8.contains(where: { $0 == 0x2F || $0 == 0 })
        else { throw InvalidValue("expected the name of a file in the same folder, found \(scalar.text.quoted)") }
        return scalar.text
    }

    /// Semantic Versioning 2.0.0, its shape.
    static let version = scalar(
        "semantic version", schema: ["type": "string", "pattern": #"^[0-9]+\.[0-9]+\.[0-9]+([-+].*)?$"#],
        encode: { .string($0) }
    ) { scalar throws(InvalidValue) in
        let core = scalar.text.prefix { $0 != "-" && $0 != "+" }.split(separator: ".", omittingEmptySubsequences: false)
        guard core.count == 3, core.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(Characters.isDigit) }) else {
            throw InvalidValue("expected a semantic version like \"1.2.0\", found \(scalar.text.quoted)")
        }
        return scalar.text
    }
}

extension ConfigNode {
    /// A JSON value as a tree; places are known only as far as the file.
    init(_ json: JSON, file: String) {
        let position = SourcePosition(file: file)
        switch json {
        case .null: self.init(.null, at: position)
        case .bool(let value): self.init(.scalar(.init(text: value ? "true" : "false", isQuoted: false)), at: position)
        case .number(let text): self.init(.scalar(.init(text: text, isQuoted: false)), at: position)
        case .string(let text): self.init(.scalar(.init(text: text, isQuoted: true)), at: position)
        case .array(let items): self.init(.sequence(items.map { ConfigNode($0, file: file) }), at: position)
        case .object(let object):
            self.init(
                .mapping(
                    object.members.map {
                        .init(key: $0.key, keyPosition: position, value: ConfigNode($0.value, file: file))
                    }),
                at: position)
        }
    }
}
