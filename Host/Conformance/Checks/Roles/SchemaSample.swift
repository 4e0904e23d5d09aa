import JackfieldJSON

/// Values made from a JSON Schema: what a tool is called with where the rehearsal says nothing.
enum SchemaSample {
    /// The required arguments of an object schema, each with the plainest value that fits.
    static func arguments(_ schema: String) -> JSONObject {
        guard let schema = try? JSON(parsing: schema) else { return [:] }
        let required = Set(schema["required"]?.array?.compactMap(\.string) ?? [])
        return JSONObject(
            (schema["properties"]?.object?.members ?? []).filter { required.contains($0.key) }.map {
                ($0.key, value($0.value))
            })
    }

    /// A value that fits a schema, as far as types, constants, enumerations and bounds go.
    static func value(_ schema: JSON) -> JSON {
        for key in ["const", "default"] { if let value = schema[key] { return value } }
        if let first = schema["examples"]?.array?.first ?? schema["enum"]?.array?.first { return first }
        if let first = (schema["anyOf"] ?? schema["oneOf"])?.array?.first { return value(first) }
        switch schema["type"]?.string ?? schema["type"]?.array?.first?.string {
        case "string":
            let least = schema["minLength"]?.int ?? 0
            return .string(String(repeating: "a", count: max(least, min(3, schema["maxLength"]?.int ?? 3))))
        case "integer":
            let least = schema["minimum"]?.int ?? schema["exclusiveMinimum"]?.int.map { $0 + 1 }
            return JSON(max(least ?? 1, min(1, schema["maximum"]?.int ?? 1)))
        case "number":
            if let least = schema["minimum"]?.double, least > 1 { return JSON(least) }
            if let most = schema["maximum"]?.double, most < 1 { return JSON(most) }
            return 1
        case "boolean": return true
        case "array":
            let count = schema["minItems"]?.int ?? 0
            return .array(Array(repeating: schema["items"].map(value) ?? 1, count: count))
        case "object": return .object(arguments(schema.text))
        case "null": return .null
        default: return 1
        }
    }

    /// A value of another type than a schema's.
    static func wrong(_ schema: JSON) -> JSON {
        switch schema["type"]?.string {
        case "object": [1]
        case "array": ["not": "an array"]
        default: [["neither": "this"]]
        }
    }
}
