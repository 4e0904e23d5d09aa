import JackfieldJSON
package import JackfieldVocabulary

/// One function as the operator describes it.
package struct FunctionConfig: Sendable, Hashable {
    /// The tool's: 1 to 64 of A-Z a-z 0-9 _ and -.
    package var name: String
    /// The signature, as C has it.
    package var signature: String
    package var description: String?
    package var arguments: [(name: String, config: ArgumentConfig)] {
        argumentNames.map { ($0, argumentConfigs[$0]!) }
    }
    private var argumentNames: [String] = []
    private var argumentConfigs: [String: ArgumentConfig] = [:]
    package var returns: ArgumentConfig
    package var failure: FailureConfig?
    package var traits: Tool.Traits

    private static let traits: [String: Tool.Traits] = [
        "read_only": .readOnly, "idempotent": .idempotent, "destructive": .destructive, "open_world": .openWorld,
    ]

    /// Nil without a signature, which is reported.
    init?(_ name: String, _ json: JSON, _ path: String, _ problems: inout ConfigProblems) {
        self.name = name
        returns = ArgumentConfig()
        traits = []
        let allowed = name.utf8.allSatisfy {
            (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) || $0 == 0x5F
                || $0 == 0x2D
        }
        if !allowed || !(1...64).contains(name.utf8.count) {
            problems.add(path, "a tool's name has 1 to 64 of A-Z a-z 0-9 _ and -; the symbol is named in the signature")
        }
        if let text = json.string {
            signature = text
            return
        }
        let keys = ["signature", "description", "arguments", "returns", "fails", "traits"]
        guard let table = ConfigTable(json, path, keys: keys, &problems) else { return nil }
        guard let text = table.text("signature", &problems) else {
            if table["signature"] == nil {
                problems.add(path, "needs a signature, like \"double pow(double base, double exponent)\"")
            }
            return nil
        }
        signature = text
        description = table.text("description", &problems)
        if let arguments = table["arguments"] {
            for member in arguments.object?.members ?? [] {
                argumentNames.append(member.key)
                argumentConfigs[member.key] = ArgumentConfig(
                    member.value, "\(path).arguments.\(member.key)", keys: ArgumentConfig.parameterKeys, &problems)
            }
            if arguments.object == nil {
                problems.add("\(path).arguments", "must be an object by parameter, and is \(arguments.kindName)")
            }
        }
        if let json = table["returns"] {
            returns = ArgumentConfig(json, "\(path).returns", keys: ArgumentConfig.resultKeys, &problems)
        }
        if let json = table["fails"] { failure = FailureConfig(json, "\(path).fails", &problems) }
        for trait in table["traits"]?.array ?? [] {
            if let known = trait.string.flatMap({ Self.traits[$0] }) {
                traits.formUnion(known)
            } else {
                problems.add(
                    "\(path).traits", "knows \(Self.traits.keys.sorted().joined(separator: ", ")), not \(trait.text)")
            }
        }
    }

    package func argument(_ name: String) -> ArgumentConfig { argumentConfigs[name] ?? ArgumentConfig() }
}
