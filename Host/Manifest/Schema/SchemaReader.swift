import JackfieldJSON

/// Reads a schema document and gathers all that is wrong with it.
struct SchemaReader {
    private(set) var problems: [ConfigSchemaProblem] = []

    private static let notes: Set<String> = [
        "$schema", "$id", "$comment", "title", "description", "examples", "deprecated",
    ]
    private static let keywords = [
        "type", "properties", "required", "additionalProperties", "propertyNames", "items", "enum", "const", "minimum",
        "maximum",
        "exclusiveMinimum", "exclusiveMaximum", "minLength", "maxLength", "minItems", "maxItems", "uniqueItems",
        "pattern",
        "default", "format",
    ]

    mutating func read(_ document: JSON, _ path: ConfigPath) -> SchemaNode {
        var node = SchemaNode()
        switch document {
        case .bool(let isAny):
            node.isNever = !isAny
            return node
        case .object(let object):
            guard path.parts.count <= 64 else {
                self.report(path, "is nested too deeply")
                return node
            }
            for member in object.members where !Self.notes.contains(member.key) {
                self.read(member.key, member.value, path.appending(member.key), &node)
            }
        default: self.report(path, "a schema is an object or a boolean, found \(document.kindName)")
        }
        if let fallback = node.fallback {
            var found: [ConfigSchemaProblem] = []
            node.validate(fallback, ConfigPath(), &found)
            for problem in found { self.report(path.appending("default"), "breaks its own schema: \(problem)") }
        }
        return node
    }

    private mutating func report(_ path: ConfigPath, _ message: String, suggestion: String? = nil) {
        self.problems.append(ConfigSchemaProblem(path, message, suggestion: suggestion))
    }

    private mutating func read(_ keyword: String, _ value: JSON, _ path: ConfigPath, _ node: inout SchemaNode) {
        switch keyword {
        case "type": node.kinds = self.kinds(value, path)
        case "properties":
            for member in self.object(value, path).members {
                node.properties.append(
                    .init(key: member.key, schema: self.read(member.value, path.appending(member.key))))
            }
        case "required": node.required = self.strings(value, path)
        case "additionalProperties":
            if let isAllowed = value.bool {
                node.additional = [isAllowed ? .any : .none]
            } else {
                node.additional = [.schema(self.read(value, path))]
            }
        case "propertyNames": node.names = [self.read(value, path)]
        case "items": node.items = [self.read(value, path)]
        case "enum":
            node.choices = value.array ?? []
            if node.choices?.isEmpty ?? true { self.report(path, "expected a list of values, not empty") }
        case "const": node.choices = [value]
        case "minimum": node.minimum = self.number(value, path)
        case "maximum": node.maximum = self.number(value, path)
        case "exclusiveMinimum": node.exclusiveMinimum = self.number(value, path)
        case "exclusiveMaximum": node.exclusiveMaximum = self.number(value, path)
        case "minLength", "maxLength": self.bound(&node.lengths, keyword, value, path)
        case "minItems", "maxItems": self.bound(&node.counts, keyword, value, path)
        case "uniqueItems":
            if let isUnique = value.bool {
                node.isUnique = isUnique
            } else {
                self.report(path, "expected true or false")
            }
        case "pattern":
            guard let pattern = value.string, (try? Regex(pattern)) != nil else {
                self.report(path, "is not a regular expression")
                return
            }
            node.pattern = pattern
        case "default": node.fallback = value
        case "format":
            node.format = value.string.flatMap(SchemaNode.Format.init)
            if node.format == nil {
                self.report(path, "expected \"duration\" or \"uri\"; other formats are not checked here")
            }
        default:
            self.report(
                path, "this keyword is not supported: it would not be checked",
                suggestion: NearestName.of(keyword, among: Self.keywords))
        }
    }

    private mutating func kinds(_ value: JSON, _ path: ConfigPath) -> [SchemaNode.Kind] {
        let names = value.string.map { [$0] } ?? self.strings(value, path)
        return names.compactMap { name in
            let kind = SchemaNode.Kind(rawValue: name)
            if kind == nil {
                self.report(
                    path,
                    "\(name.quoted) is no type of JSON: \(SchemaNode.Kind.allCases.map(\.rawValue).joined(separator: ", "))"
                )
            }
            return kind
        }
    }

    private mutating func strings(_ value: JSON, _ path: ConfigPath) -> [String] {
        let strings = value.array?.compactMap(\.string) ?? []
        if strings.count != value.array?.count {
            self.report(path, "expected a list of strings, found \(value.kindName)")
        }
        return strings
    }

    private mutating func object(_ value: JSON, _ path: ConfigPath) -> JSONObject {
        if let object = value.object { return object }
        self.report(path, "expected an object, found \(value.kindName)")
        return JSONObject()
    }

    private mutating func number(_ value: JSON, _ path: ConfigPath) -> Double? {
        if value.double == nil { self.report(path, "expected a number, found \(value.kindName)") }
        return value.double
    }

    private mutating func bound(_ range: inout ClosedRange<Int>, _ keyword: String, _ value: JSON, _ path: ConfigPath) {
        guard let bound = value.int, bound >= 0 else {
            self.report(path, "expected a whole number from 0")
            return
        }
        let (low, high) = keyword.hasPrefix("min") ? (bound, range.upperBound) : (range.lowerBound, bound)
        if low <= high { range = low...high } else { self.report(path, "the least is more than the most") }
    }
}
