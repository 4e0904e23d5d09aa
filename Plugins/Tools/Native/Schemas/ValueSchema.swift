import JackfieldJSON

/// JSON Schemas of values, as arguments and as parts of a result.
enum ValueSchema {
    /// What a caller may give.
    static func argument(_ plan: ValuePlan, mostBytes: Int) -> JSONObject {
        var schema = schema(plan.type, isArgument: true)
        if case .scalar = plan.type, let range = plan.range, plan.type != .scalar(.bool) {
            bound(&schema, range, isWide: plan.type.scalar?.isWide == true)
        }
        if plan.nullable { schema = orNull(schema) }
        return schema
    }

    /// What a result has.
    static func result(_ plan: ValuePlan) -> JSONObject {
        var schema = schema(plan.type, isArgument: false)
        if plan.nullable { schema = orNull(schema) }
        return schema
    }

    private static func schema(_ type: CType, isArgument: Bool) -> JSONObject {
        switch type {
        case .void, .pointer: return ["type": "null"]
        case .scalar(.bool): return ["type": "boolean"]
        case .scalar(let kind) where kind.isFloating:
            let words: JSON = .array(FloatingText.words.map { .string($0) })
            return ["anyOf": [["type": "number"], ["enum": words]]]
        case .scalar(let kind):
            var schema = JSONObject()
            bound(&schema, kind.range!, isWide: kind.isWide)
            return schema
        case .named(let values): return named(values, isArgument: isArgument)
        case .structure(let type):
            return [
                "type": "object", "additionalProperties": false,
                "properties": .object(
                    JSONObject(type.fields.map { ($0.name, .object(inner($0.type, isArgument: isArgument))) })),
                "required": .array(type.fields.map { .string($0.name) }),
            ]
        case .array(.scalar(.char), let count): return ["type": "string", "maxLength": JSON(count - 1)]
        case .array(let element, let count):
            return [
                "type": "array", "items": .object(inner(element, isArgument: isArgument)), "minItems": JSON(count),
                "maxItems": JSON(count),
            ]
        case .text: return ["type": "string"]
        case .handle(let kind):
            return ["type": "string", "description": .string("A handle of the kind \(kind).")]
        }
    }

    /// Pointers within structures may be null.
    private static func inner(_ type: CType, isArgument: Bool) -> JSONObject {
        let schema = schema(type, isArgument: isArgument)
        switch type {
        case .text, .handle: return orNull(schema)
        default: return schema
        }
    }

    /// The bounds of 64-bit integers are no numbers that every reader of JSON can hold, so they are left out there.
    private static func bound(_ schema: inout JSONObject, _ range: ClosedRange<Int128>, isWide: Bool) {
        schema["type"] = isWide ? ["integer", "string"] : "integer"
        if isWide { schema["pattern"] = "^-?[0-9]{1,20}$" }
        for (key, value) in [("minimum", range.lowerBound), ("maximum", range.upperBound)]
        where value.magnitude <= 1 << 53 { schema[key] = .number("\(value)") }
    }

    private static func named(_ values: NamedValues, isArgument: Bool) -> JSONObject {
        let names: JSON = .array(values.entries.map { .string($0.name) })
        if values.isSet {
            let list: JSON = ["type": "array", "items": ["enum": names]]
            return isArgument ? list.object! : ["anyOf": [list, ["type": "integer"]]]
        }
        return isArgument ? ["enum": names] : ["anyOf": [["enum": names], ["type": "integer"]]]
    }

    private static func orNull(_ schema: JSONObject) -> JSONObject {
        var schema = schema
        if let type = schema["type"]?.string {
            schema["type"] = [.string(type), "null"]
            return schema
        }
        return ["anyOf": [.object(schema), ["type": "null"]]]
    }

    /// What a value must be, in words.
    static func words(_ type: CType) -> String {
        switch type {
        case .void, .pointer: "nothing"
        case .scalar(.bool): "true or false"
        case .scalar(let kind):
            kind.range.map { "a whole number from \($0.lowerBound) to \($0.upperBound)" } ?? "a number"
        case .named(let values):
            "\(values.isSet ? "a list of some" : "one") of \(values.entries.map(\.name).joined(separator: ", "))"
        case .structure(let type): "an object with the fields of \(type.name)"
        case .array(.scalar(.char), let count): "text of at most \(count - 1) bytes"
        case .array(_, let count): "an array of \(count) elements"
        case .text: "text"
        case .handle(let kind): "a handle of the kind \(kind)"
        }
    }
}
