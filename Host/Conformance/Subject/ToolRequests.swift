import CJackfield
import JackfieldJSON

/// What a plugin of the role tool is asked: each function that it lists, with arguments made from its schema.
enum ToolRequests {
    /// - Throws: skipped where the list is not answered.
    static func of(_ bench: Bench) throws -> [CallRequest] {
        guard let list = try CallRequest(role: bench.subject.contract, "list", .object([:])),
            let end = try bench.open().ask(list).end, end.isOK, !end.result.isEmpty
        else { throw Finding.skipped("the plugin does not list its tools, which calls-answer judges") }
        let tools = PayloadJSON.decode(end.result, as: list.method.result)["tools"]?.array ?? []
        return try tools.prefix(8).compactMap { tool in
            let schema = (tool["parameters"]?.string).flatMap { try? JSON(parsing: $0) } ?? .object([:])
            return try CallRequest(
                role: bench.subject.contract, "call",
                ["name": tool["name"] ?? "", "arguments": .string(value(for: schema, depth: 0).text)])
        }
    }

    /// A value that a JSON Schema allows, for the schemas that people write: default, const, enum, then by type.
    static func value(for schema: JSON, depth: Int) -> JSON {
        if let value = schema["default"] ?? schema["const"] ?? schema["enum"]?[0] ?? schema["examples"]?[0] {
            return value
        }
        let type = schema["type"]?.string ?? schema["type"]?[0]?.string
        switch type {
        case "string":
            let least = schema["minLength"]?.int ?? 0
            return .string(String(repeating: "a", count: max(1, min(least, 4096))))
        case "integer", "number":
            let least = schema["minimum"] ?? schema["exclusiveMinimum"].flatMap { $0.double.map { JSON($0 + 1) } }
            return least ?? (schema["maximum"]?.double.map { $0 < 1 } == true ? schema["maximum"] ?? 1 : 1)
        case "boolean": return false
        case "array":
            let count = max(0, min(schema["minItems"]?.int ?? 1, 16))
            guard depth < 8 else { return .array([]) }
            return .array((0..<count).map { _ in value(for: schema["items"] ?? .object([:]), depth: depth + 1) })
        case "null": return .null
        default:
            // Required members alone: what may be left out is left out.
            var object = JSONObject()
            guard depth < 8 else { return .object(object) }
            for name in schema["required"]?.array?.compactMap(\.string) ?? [] {
                object[name] = value(for: schema["properties"]?[name] ?? .object([:]), depth: depth + 1)
            }
            return .object(object)
        }
    }
}
