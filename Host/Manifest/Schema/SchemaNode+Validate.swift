import JackfieldJSON

extension SchemaNode {
    /// Appends what is wrong with a value. No message holds the value itself: it may be a secret.
    func validate(_ value: JSON, _ path: ConfigPath, _ problems: inout [ConfigSchemaProblem]) {
        func report(_ message: String, at path: ConfigPath = path, suggestion: String? = nil) {
            problems.append(ConfigSchemaProblem(path, message, suggestion: suggestion))
        }
        if self.isNever { return report("is not allowed here") }
        if !self.kinds.isEmpty, !self.kinds.contains(where: { $0.allows(value) }) {
            let expected = self.kinds.map(\.noun).joined(separator: " or ")
            return report("expected \(expected), found \(value.kindName)")
        }
        if let choices = self.choices, !choices.contains(where: { $0.means(value) }) {
            let list = choices.map(\.text).joined(separator: ", ")
            let near = value.string.flatMap { NearestName.of($0, among: choices.compactMap(\.string)) }
            return report(choices.count == 1 ? "expected \(list)" : "expected one of \(list)", suggestion: near)
        }
        switch value {
        case .number(let text): if let number = Double(text) { self.validate(number) { report($0) } }
        case .string(let text): self.validate(text) { report($0) }
        case .array(let items):
            if items.count < self.counts.lowerBound {
                report("has \(items.count) elements, needs at least \(self.counts.lowerBound)")
            }
            if items.count > self.counts.upperBound {
                report("has \(items.count) elements, at most \(self.counts.upperBound) allowed")
            }
            if self.isUnique, Set(items).count < items.count { report("holds an element twice") }
            for schema in self.items {
                for (index, item) in items.enumerated() { schema.validate(item, path.appending(index), &problems) }
            }
        case .object(let object): self.validate(object, path, &problems)
        case .null, .bool: break
        }
    }

    private func validate(_ object: JSONObject, _ path: ConfigPath, _ problems: inout [ConfigSchemaProblem]) {
        for key in self.required where object[key] == nil {
            // A key that came close is reported below, as unknown: two messages for one slip would be noise.
            problems.append(ConfigSchemaProblem(path.appending(key), "is missing"))
        }
        for member in object.members {
            let path = path.appending(member.key)
            for schema in self.names { schema.validate(.string(member.key), path, &problems) }
            if let schema = self.property(member.key) {
                schema.validate(member.value, path, &problems)
                continue
            }
            switch self.additional[0] {
            case .any: break
            case .schema(let schema): schema.validate(member.value, path, &problems)
            case .none:
                let keys = self.properties.map(\.key)
                let near = NearestName.of(member.key, among: keys)
                let known = near != nil || keys.isEmpty ? "" : "; the keys here are \(keys.joined(separator: ", "))"
                problems.append(ConfigSchemaProblem(path, "unknown key\(known)", suggestion: near))
            }
        }
    }

    private func validate(_ number: Double, _ report: (String) -> Void) {
        if let minimum = self.minimum, number < minimum { report("must be at least \(JSON(minimum).text)") }
        if let maximum = self.maximum, number > maximum { report("must be at most \(JSON(maximum).text)") }
        if let bound = self.exclusiveMinimum, number <= bound { report("must be more than \(JSON(bound).text)") }
        if let bound = self.exclusiveMaximum, number >= bound { report("must be less than \(JSON(bound).text)") }
    }

    private func validate(_ text: String, _ report: (String) -> Void) {
        let length = text.unicodeScalars.count
        if length < self.lengths.lowerBound {
            report(length == 0 ? "is empty" : "has \(length) characters, needs at least \(self.lengths.lowerBound)")
        }
        if length > self.lengths.upperBound {
            report("has \(length) characters, at most \(self.lengths.upperBound) allowed")
        }
        if let pattern = self.pattern, let regex = try? Regex(pattern), text.firstMatch(of: regex) == nil {
            report("does not match \(pattern)")
        }
        switch self.format {
        case .duration: do { _ = try Duration(configured: text) } catch { report("expected a duration like \"30s\"") }
        case .uri:
            let scheme = text.prefix { $0 != ":" }
            let isScheme = scheme.utf8.first.map(Characters.isLetter) ?? false
            if !isScheme || scheme.endIndex == text.endIndex || text.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7F })
            {
                report("expected an address with its scheme, like \"https://api.example.com/v1\"")
            }
        case nil: break
        }
    }

    func fillingDefaults(_ value: JSON) -> JSON {
        switch value {
        case .array(let items):
            guard let schema = self.items.first else { return value }
            return .array(items.map(schema.fillingDefaults))
        case .object(var object):
            for member in object.members {
                let schema: SchemaNode? =
                    if let known = self.property(member.key) {
                        known
                    } else if case .schema(let other) = self.additional[0] { other } else {
                        nil
                    }
                if let schema { object[member.key] = schema.fillingDefaults(member.value) }
            }
            for property in self.properties where object[property.key] == nil {
                if let fallback = property.schema.fallback {
                    object[property.key] = property.schema.fillingDefaults(fallback)
                } else if !property.schema.properties.isEmpty,
                    case .object(let filled) = property.schema.fillingDefaults(.object(JSONObject())), !filled.isEmpty
                {
                    object[property.key] = .object(filled)
                }
            }
            return .object(object)
        default: return value
        }
    }
}

extension SchemaNode.Kind {
    var noun: String {
        switch self {
        case .null: "null"
        case .boolean: "true or false"
        case .integer: "a whole number"
        case .number: "a number"
        case .string: "a string"
        case .array: "a list"
        case .object: "a map"
        }
    }
}

extension JSON {
    /// Equal as JSON Schema has it: 1 and 1.0 are one number, and members have no order.
    fileprivate func means(_ other: JSON) -> Bool {
        switch (self, other) {
        case (.number, .number): self.double == other.double
        case (.array(let left), .array(let right)):
            left.count == right.count && zip(left, right).allSatisfy { $0.means($1) }
        case (.object(let left), .object(let right)):
            left.count == right.count
                && left.members.allSatisfy { member in right[member.key].map(member.value.means) ?? false }
        default: self == other
        }
    }
}
