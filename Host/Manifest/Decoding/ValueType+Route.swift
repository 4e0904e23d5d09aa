import JackfieldJSON

extension ValueType where Value == RouteStep {
    private static let seed = RouteStep.Member(
        ModelRoute(instance: PluginInstanceID(unchecked: "unset"), upstreamModel: "unset"))

    private static let member = ValueType<RouteStep.Member>.parsed("INSTANCE/MODEL") {
        text throws(InvalidValue) in try RouteStep.Member(text)
    }

    private static let members = ValueType<[RouteStep.Member]>.list(of: Self.member, atLeast: 1, seed: Self.seed)

    /// One upstream, or a list of them that share the load.
    static let routeStep = ValueType(
        "INSTANCE/MODEL or a list of them",
        decode: { node, path, value, problems in
            switch node.value {
            case .sequence: Self.members.decode(node, path, &value.members, &problems)
            case .mapping:
                problems.add(
                    path, at: node.position,
                    "expected INSTANCE/MODEL, or a list of them that share the load, found \(node.kindName)")
            default:
                var one = Self.seed
                let before = problems.problems.count
                Self.member.decode(node, path, &one, &problems)
                if problems.problems.count == before { value.members = [one] }
            }
        },
        encode: { step in
            step.members.count == 1 ? Self.member.encode(step.members[0]) : Self.members.encode(step.members)
        },
        schema: { _ in
            [
                "type": ["string", "array"], "items": Self.member.schema(Self.seed), "minItems": 1, "uniqueItems": true,
            ]
        })
}
