import CJackfield
import JackfieldVocabulary

extension CheckCatalogue {
    static let descriptorChecks: [Check] = [
        Check(
            id: "descriptor-size", group: .descriptor,
            sentence:
                "The descriptor says how long it is and which revision of the ABI it needs, and this version has both.",
            why: """
                `size` and `abi_revision` are how a host of today refuses a plugin of tomorrow with a sentence instead of a \
                crash. Where they are wrong, it reads what is not there.
                """,
            mend: """
                Set `size` to `sizeof(jackfield_plugin)`, leave no garbage behind the last field, and set `abi_revision` to \
                the lowest revision that has all that the plugin uses: 1.
                """
        ) { bench in
            let plugin = try bench.descriptor()
            let raw = UnsafeRawPointer(plugin)
            let size = Int(raw.loadUnaligned(as: UInt32.self))
            let known = MemoryLayout<jackfield_plugin>.size
            try expect(size >= known, "the descriptor says that it has \(size) bytes; it has at least \(known)")
            try expect(size <= 4096, "the descriptor says that it has \(size) bytes, which no version has")
            for at in known..<max(known, size) where raw.load(fromByteOffset: at, as: UInt8.self) != 0 {
                throw Finding.failed("byte \(at) of the descriptor is set, and this version does not know it")
            }
            try expect(plugin.pointee.reserved == 0, "`reserved` of the descriptor is not zero")
            let revision = plugin.pointee.abi_revision
            try expect(
                (1...JACKFIELD_ABI_REVISION).contains(revision),
                "the descriptor needs revision \(revision) of the ABI; this version has \(JACKFIELD_ABI_REVISION)")
        },
        Check(
            id: "descriptor-strings", group: .descriptor,
            sentence: "Id and version are UTF-8 of at most 256 bytes: KIND/NAME, and a semantic version.",
            why: "They stand in logs, metrics and error messages, and the host finds the plugin by its id.",
            mend:
                "Set `id` to what plugin.json says, such as \"agent/weather\", and `version` to three numbers, such as \"1.0.0\"."
        ) { bench in
            if let wrong = wrongStrings(try bench.descriptor()) { throw Finding.failed(wrong) }
        },
        Check(
            id: "descriptor-functions", group: .descriptor,
            sentence: "None of create, open, drain, close and destroy is null.",
            why: "The header says that the five functions are there, so a host calls them without looking.",
            mend: "Write a function that does nothing where there is nothing to do."
        ) { bench in
            let plugin = try bench.descriptor()
            let missing = PluginLibrary.functions(of: plugin).filter { $0.address == 0 }.map(\.name)
            try expect(missing.isEmpty, "null: \(missing.joined(separator: ", "))")
        },
        Check(
            id: "descriptor-interfaces", group: .descriptor,
            sentence:
                "The lists of roles and services are complete, without repetition, and of what this version knows.",
            why: """
                The host goes by these lists when it decides what the plugin may do and gives it what it needs. An entry \
                that is null or unknown ends the start with a refusal.
                """,
            mend: """
                Fill in every `jackfield_interface` with its size, an id such as "jackfield.agent" and revision 1, leave \
                `reserved` zero, and let the counts be those of the lists.
                """
        ) { bench in
            let plugin = try bench.descriptor().pointee
            try expect(plugin.role_count >= 1, "the descriptor names no role")
            try expect(
                plugin.role_count <= 64 && plugin.service_count <= 64, "more than 64 roles or services are listed")
            func entries(
                _ list: UnsafePointer<UnsafePointer<jackfield_interface>>?, _ count: UInt32, _ name: String,
                flags: UInt32
            ) throws {
                guard count > 0 else { return }
                guard let list else { throw Finding.failed("\(count) \(name) are counted, and none is listed") }
                var seen: Set<String> = []
                for index in 0..<Int(count) {
                    let place = "entry \(index) of \(name)"
                    let pointer = UnsafeRawPointer(list).load(
                        fromByteOffset: index * MemoryLayout<UInt>.size, as: UnsafePointer<jackfield_interface>?.self)
                    guard let pointer else { throw Finding.failed("\(place) is null") }
                    let entry = pointer.pointee
                    try expect(
                        entry.size >= UInt32(MemoryLayout<jackfield_interface>.size) && entry.size <= 4096,
                        "\(place) says that it has \(entry.size) bytes, it has \(MemoryLayout<jackfield_interface>.size)"
                    )
                    try expect(entry.reserved == 0, "`reserved` of \(place) is not zero")
                    try expect(entry.flags & ~flags == 0, "\(place) has unknown flags: \(entry.flags)")
                    let offset = MemoryLayout<jackfield_interface>.offset(of: \jackfield_interface.id) ?? 8
                    guard
                        let id = UnsafeRawPointer(pointer).load(fromByteOffset: offset, as: UnsafePointer<CChar>?.self)
                            .flatMap({ String(validatingCString: $0) })
                    else { throw Finding.failed("the id of \(place) is not UTF-8") }
                    try expect(
                        ContractTable(id, revision: entry.revision) != nil,
                        "\(place) is \(id)/\(entry.revision), which this version does not know")
                    try expect(seen.insert(id).inserted, "\(id) is listed twice in \(name)")
                }
            }
            try entries(plugin.roles, plugin.role_count, "roles", flags: 0)
            try entries(plugin.services, plugin.service_count, "services", flags: JACKFIELD_REQUIRED)
        },
        Check(
            id: "descriptor-threads", group: .descriptor,
            sentence: "The descriptor says whether handlers may wait, and if so how many run at a time.",
            why: """
                A plugin that waits on an event loop stops every request of that loop. With JACKFIELD_MAY_BLOCK the host \
                gives it threads of its own, as many as `concurrency` says.
                """,
            mend: "Set `flags` to 0, or to JACKFIELD_MAY_BLOCK together with a `concurrency` of 1 to 256."
        ) { bench in
            let plugin = try bench.descriptor().pointee
            try expect(plugin.flags & ~JACKFIELD_MAY_BLOCK == 0, "unknown flags are set: \(plugin.flags)")
            if plugin.flags & JACKFIELD_MAY_BLOCK != 0 {
                try expect(
                    (1...256).contains(plugin.concurrency), "`concurrency` is \(plugin.concurrency), not 1 to 256")
            } else {
                try expect(
                    plugin.concurrency == 0,
                    "`concurrency` is \(plugin.concurrency) without JACKFIELD_MAY_BLOCK, which means nothing")
            }
        },
        Check(
            id: "descriptor-matches-manifest", group: .descriptor,
            sentence: "The descriptor says the same as plugin.json: id, version, role and services.",
            why: """
                An operator decides by plugin.json, before any code runs, whether the plugin may be loaded and what it may \
                use. The host refuses a library that says something else then.
                """,
            mend:
                "Bring plugin.json and the descriptor in line; required services have JACKFIELD_REQUIRED in the descriptor."
        ) { bench in
            let library = try bench.library()
            let subject = bench.subject
            guard wrongStrings(library.plugin) == nil else {
                throw Finding.skipped("id or version are malformed, which descriptor-strings judges")
            }
            let plugin = library.plugin.pointee
            let id = String(cString: plugin.id)
            try expect(id == subject.id, "the descriptor's id is \(id), plugin.json says \(subject.id)")
            let version = String(cString: plugin.version)
            try expect(version == subject.version, "the version is \(version), plugin.json says \(subject.version)")
            guard let role = plugin.roles?[0].pointee else {
                throw Finding.skipped("there are no roles, which descriptor-interfaces judges")
            }
            let played = "\(String(cString: role.id))/\(role.revision)"
            let wanted = "\(subject.role)/\(subject.roleRevision)"
            try expect(played == wanted, "the first role is \(played), plugin.json says \(wanted)")
            for isRequired in [true, false] {
                let declared = library.services.filter { $0.isRequired == isRequired }.map { "\($0.id)/\($0.revision)" }
                let listed = isRequired ? subject.required : subject.optional
                try expect(
                    declared.sorted() == listed.sorted(),
                    "the \(isRequired ? "required" : "optional") services differ",
                    [
                        "descriptor: \(declared.sorted().joined(separator: ", "))",
                        "plugin.json: \(listed.sorted().joined(separator: ", "))",
                    ])
            }
        },
        Check(
            id: "descriptor-never-changes", group: .descriptor,
            sentence: "The descriptor stays as it is while instances come and go.",
            why: "The host reads it again whenever it likes, from any thread, without asking.",
            mend: "Make the descriptor `static const`."
        ) { bench in
            let library = try bench.library()
            func snapshot() -> [[UInt8]] {
                let plugin = library.plugin
                var parts = [Array(UnsafeRawBufferPointer(start: plugin, count: MemoryLayout<jackfield_plugin>.size))]
                for (list, count) in [
                    (plugin.pointee.roles, plugin.pointee.role_count),
                    (plugin.pointee.services, plugin.pointee.service_count),
                ] {
                    for index in 0..<Int(count) {
                        guard let entry = list?[index] else { continue }
                        parts.append(BenchBytes.of(entry.pointee))
                        parts.append(Array(String(cString: entry.pointee.id).utf8))
                    }
                }
                return parts
            }
            let before = snapshot()
            let specimen = try bench.tour()
            specimen.close()
            specimen.destroy()
            try expect(snapshot() == before, "the descriptor is not what it was before the first instance")
        },
    ]

    /// What is wrong with a descriptor's id and version, or nil.
    private static func wrongStrings(_ plugin: UnsafePointer<jackfield_plugin>) -> String? {
        func text(_ field: PartialKeyPath<jackfield_plugin>) -> String? {
            guard let offset = MemoryLayout<jackfield_plugin>.offset(of: field),
                let pointer = UnsafeRawPointer(plugin).load(fromByteOffset: offset, as: UnsafePointer<CChar>?.self),
                let text = String(validatingCString: pointer), (1...256).contains(text.utf8.count)
            else { return nil }
            return text
        }
        guard let id = text(\.id) else { return "the descriptor's id is null, or not UTF-8 of 1 to 256 bytes" }
        guard let version = text(\.version) else {
            return "the descriptor's version is null, or not UTF-8 of 1 to 256 bytes"
        }
        func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
        let parts = id.split(separator: "/", omittingEmptySubsequences: false)
        let isName =
            parts.count == 2
            && parts.allSatisfy { part in
                !part.isEmpty && part.utf8.allSatisfy { (0x61...0x7A).contains($0) || isDigit($0) || $0 == 0x2D }
            }
        if !isName { return "the id \"\(id)\" is not KIND/NAME of a-z, 0-9 and -" }
        let core = version.prefix { $0 != "-" && $0 != "+" }.split(separator: ".", omittingEmptySubsequences: false)
        let isVersion = core.count == 3 && core.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy(isDigit) }
        return isVersion ? nil : "the version \"\(version)\" is not semantic, such as 1.0.0"
    }
}
