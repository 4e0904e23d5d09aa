import JackfieldJSON

extension FunctionPlan {
    /// JSON Schema of the arguments.
    func argumentSchema(mostBytes: Int) -> JSON {
        var properties = JSONObject()
        var required: [JSON] = []
        for parameter in parameters where parameter.isInput {
            var schema: JSONObject
            var isNullable = false
            switch parameter.role {
            case .value(let plan), .pointee(let plan, _, _):
                schema = ValueSchema.argument(plan, mostBytes: mostBytes)
                isNullable = plan.nullable
            case .buffer(let plan):
                schema = plan.argumentSchema(mostBytes: mostBytes)
                isNullable = plan.nullable
            default: continue
            }
            if let description = parameter.description { schema["description"] = .string(description) }
            if let fallback = parameter.fallback { schema["default"] = fallback }
            properties[parameter.name] = .object(schema)
            if parameter.fallback == nil, !isNullable { required.append(.string(parameter.name)) }
        }
        return [
            "type": "object", "additionalProperties": false, "properties": .object(properties),
            "required": .array(required),
        ]
    }

    /// JSON Schema of the content where the function succeeded.
    var resultSchema: JSON {
        var properties = JSONObject()
        var schema: JSONObject?
        switch result.role {
        case .none: break
        case .value(let plan), .pointee(let plan): schema = ValueSchema.result(plan)
        case .buffer(let element, let encoding, _):
            schema = BufferPlan.resultSchema(element, encoding, nullable: true)
        }
        if var schema, !result.isHidden {
            if let description = result.description { schema["description"] = .string(description) }
            properties["result"] = .object(schema)
        }
        for parameter in parameters where parameter.isOutput {
            switch parameter.role {
            case .pointee(let plan, _, _): properties[parameter.name] = .object(ValueSchema.result(plan))
            case .buffer(let plan):
                properties[parameter.name] = .object(
                    BufferPlan.resultSchema(plan.element, plan.encoding, nullable: plan.nullable))
            default: break
            }
        }
        let names = properties.members.map { JSON.string($0.key) }
        if canBeCut {
            properties["truncated"] = [
                "type": "array", "items": ["type": "string"],
                "description": "What of this is cut off, since there was more than fits.",
            ]
        }
        return ["type": "object", "properties": .object(properties), "required": .array(names)]
    }

    /// Whether there may be more of a part of the result than a caller gets.
    private var canBeCut: Bool {
        let isReturned =
            switch result.role {
            case .none: false
            case .value(let plan), .pointee(let plan): plan.type.hasText
            case .buffer: true
            }
        if isReturned, !result.isHidden { return true }
        return parameters.contains { parameter in
            switch parameter.role {
            case .pointee(let plan, _, _): parameter.isOutput && plan.type.hasText
            case .buffer: parameter.isOutput
            default: false
            }
        }
    }
}

extension BufferPlan {
    func argumentSchema(mostBytes: Int) -> JSONObject {
        var most = mostBytes / max(1, element.size)
        if case .constant(let count)? = capacity { most = min(most, count) }
        if let exactCount { most = exactCount }
        var schema = Self.resultSchema(element, encoding, nullable: nullable)
        if encoding == .list {
            if let exactCount { schema["minItems"] = JSON(exactCount) }
            schema["maxItems"] = JSON(most)
            schema["items"] = .object(ValueSchema.argument(ValuePlan(element), mostBytes: mostBytes))
        } else {
            let longest =
                switch encoding {
                case .base64: (most + 2) / 3 * 4
                case .hex: most * 2
                default: most
                }
            schema["maxLength"] = JSON(longest)
        }
        return schema
    }

    static func resultSchema(_ element: CType, _ encoding: ArgumentConfig.Encoding, nullable: Bool) -> JSONObject {
        var schema = JSONObject()
        let type = encoding == .list ? "array" : "string"
        schema["type"] = nullable ? [.string(type), "null"] : .string(type)
        switch encoding {
        case .utf8: break
        case .base64: schema["contentEncoding"] = "base64"
        case .hex: schema["pattern"] = "^([0-9a-fA-F]{2})*$"
        case .list: schema["items"] = .object(ValueSchema.result(ValuePlan(element)))
        }
        return schema
    }
}

extension CType {
    /// Whether text is in it, whose length nothing says beforehand.
    fileprivate var hasText: Bool {
        switch self {
        case .text: true
        case .structure(let type): type.fields.contains { $0.type.hasText }
        case .array(let element, _): element.hasText
        default: false
        }
    }
}
