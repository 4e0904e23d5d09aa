import JackfieldJSON
import JackfieldPlugin
import JackfieldVocabulary

/// Two tools: `convert` a value between units, and list the `units`.
package struct @TYPE@: ToolPlugin {
    package static let definition = PluginDefinition.tool(id: "@ID@", version: "0.1.0") { setup in
        try @TYPE@(setup.config)
    }

    /// To how many decimals results are rounded.
    private let decimals: Int

    /// - Throws: `invalidArgument` with the key that is wrong.
    init(_ config: JSON) throws(CallError) { decimals = try ConfigReader(config: config).int("decimals", 0...12) ?? 6 }

    package func tools() -> [Tool.Entry] {
        let unit: JSON = ["type": "string", "enum": .array(Units.all.map { .string($0.name) })]
        let kinds: JSON = ["type": "string", "enum": .array(Units.Kind.allCases.map { .string($0.rawValue) })]
        return [
            Tool.Entry(
                name: "convert", description: "Converts a value from one unit to another of the same kind.",
                parameters: Self.object(
                    ["value": ["type": "number"], "from": unit, "to": unit], required: ["value", "from", "to"]
                ).text,
                result: ([
                    "type": "object", "properties": ["value": ["type": "number"], "unit": ["type": "string"]],
                    "required": ["value", "unit"],
                ] as JSON).text,
                traits: [.readOnly, .idempotent]),
            Tool.Entry(
                name: "units", description: "Lists the units of one kind, or all of them.",
                parameters: Self.object(["kind": kinds]).text, traits: [.readOnly, .idempotent]),
        ]
    }

    package func call(_ invocation: Tool.Invocation, _ call: Call<Tool.Event>) async throws -> Tool.Result {
        switch invocation.name {
        case "convert":
            let arguments = try Arguments(invocation.arguments, names: ["value", "from", "to"])
            return convert(try arguments.number("value"), try arguments.unit("from"), try arguments.unit("to"))
        case "units":
            let kind = try Arguments(invocation.arguments, names: ["kind"]).kind("kind")
            let listed = Units.Kind.allCases.filter { kind == nil || $0 == kind }.map { kind in
                (kind.rawValue, JSON.array(Units.all.filter { $0.kind == kind }.map { .string($0.name) }))
            }
            return Tool.Result(content: JSON.object(JSONObject(listed)).text)
        default:
            throw CallError(.notFound, "there is no tool \"\(invocation.name)\": there are convert and units")
        }
    }

    private func convert(_ value: Double, _ from: Units.Unit, _ to: Units.Unit) -> Tool.Result {
        guard from.kind == to.kind else {
            return failure("cannot convert \(from.name) to \(to.name): \(from.kind) is not \(to.kind)")
        }
        let converted = rounded(to.fromBase(from.toBase(value)))
        guard converted.isFinite else { return failure("the result is too large for a number") }
        return Tool.Result(content: (["value": JSON(converted), "unit": .string(to.name)] as JSON).text)
    }

    /// The tool was called and could not do it: the model reads why, and may try something else.
    private func failure(_ sentence: String) -> Tool.Result {
        Tool.Result(content: (["error": .string(sentence)] as JSON).text, isFailure: true)
    }

    private func rounded(_ value: Double) -> Double {
        var scale = 1.0
        for _ in 0..<decimals { scale *= 10 }
        let scaled = value * scale
        return scaled.isFinite ? scaled.rounded() / scale : value
    }

    private static func object(_ properties: JSON, required: JSON? = nil) -> JSON {
        var schema: JSONObject = ["type": "object", "properties": properties]
        schema["required"] = required
        schema["additionalProperties"] = false
        return .object(schema)
    }
}
