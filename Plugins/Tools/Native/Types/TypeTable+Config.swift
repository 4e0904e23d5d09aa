import JackfieldJSON

extension TypeTable {
    /// The types that the configuration declares. Aliases and structures may use those before them.
    init(_ table: ConfigTable, _ problems: inout ConfigProblems) {
        for member in Self.members("handles", table, &problems) { readHandle(member, &problems) }
        for member in Self.members("enums", table, &problems) { readEnumeration(member, &problems) }
        for member in Self.members("types", table, &problems) {
            let path = "types.\(member.key)"
            guard isNew(member.key, path, &problems) else { continue }
            guard let text = member.value.string else {
                problems.add(path, "must be a type like \"unsigned long\", and is \(member.value.kindName)")
                continue
            }
            do throws(SignatureError) {
                aliases[member.key] = try SignatureParser.type(text, self)
            } catch {
                problems.add(path, error.sentence(in: text))
            }
        }
        for member in Self.members("structs", table, &problems) {
            let path = "structs.\(member.key)"
            guard isNew(member.key, path, &problems) else { continue }
            guard let text = member.value.string else {
                problems.add(path, "must be its fields like \"int quot; int rem\", and is \(member.value.kindName)")
                continue
            }
            do throws(SignatureError) {
                let type = StructType(name: member.key, fields: try SignatureParser.fields(text, self))
                guard type.size <= 1 << 20 else { throw SignatureError("it has more than a mebibyte") }
                structures[member.key] = type
            } catch {
                problems.add(path, error.sentence(in: text))
            }
        }
    }

    private static func members(
        _ key: String, _ table: ConfigTable, _ problems: inout ConfigProblems
    ) -> [JSONObject.Member] {
        guard let json = table[key] else { return [] }
        if let object = json.object { return object.members }
        problems.add(key, "must be an object by name, and is \(json.kindName)")
        return []
    }

    private func isNew(_ name: String, _ path: String, _ problems: inout ConfigProblems) -> Bool {
        if type(name) != nil || TypeNames.parts.contains(name) || handles[name] != nil {
            problems.add(path, "the name means another type already")
            return false
        }
        return true
    }

    private mutating func readHandle(_ member: JSONObject.Member, _ problems: inout ConfigProblems) {
        let path = "handles.\(member.key)"
        guard isNew(member.key, path, &problems),
            let table = ConfigTable(member.value, path, keys: ["close", "pointer"], &problems)
        else { return }
        handles[member.key] = Handle(
            name: member.key, isPointer: table.bool("pointer", &problems) ?? false,
            close: table.text("close", &problems))
    }

    private mutating func readEnumeration(_ member: JSONObject.Member, _ problems: inout ConfigProblems) {
        let path = "enums.\(member.key)"
        guard isNew(member.key, path, &problems),
            let entries = ConfigTable.names(member.value, path, &problems)
        else { return }
        // As compilers choose it: int, unless a value needs unsigned int.
        let fits = entries.allSatisfy { ScalarKind.int32.range!.contains($0.value) }
        let kind = fits ? ScalarKind.int32 : .uint32
        guard entries.allSatisfy({ kind.range!.contains($0.value) }) else {
            problems.add(path, "its values do not fit in 32 bits: name them at the argument, in names")
            return
        }
        enumerations[member.key] = NamedValues(name: member.key, kind: kind, entries: entries, isSet: false)
    }
}

extension SignatureError {
    /// With the place in the text, by the words that stand there.
    func sentence(in text: String) -> String {
        guard let place else { return "\(sentence) (in \"\(text)\")" }
        let rest = String(decoding: Array(text.utf8)[place...].prefix(24), as: UTF8.self)
        return "\(sentence) (at \"\(rest)\" in \"\(text)\")"
    }
}
