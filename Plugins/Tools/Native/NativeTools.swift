package import JackfieldJSON
package import JackfieldPlugin
package import JackfieldVocabulary

/// tool/native: functions of a shared library as tools, by their C signatures.
///
/// One call runs at a time, so that a crash ends the process with no other call in it.
package struct NativeTools: ToolPlugin {
    package static let definition = PluginDefinition.tool(
        id: "tool/native", version: "0.1.0", threads: .workers(concurrency: 1)
    ) { setup in
        try NativeTools(setup.config)
    }

    private let functions: [String: NativeFunction]
    private let entries: [Tool.Entry]

    /// - Throws: `invalidArgument` with everything that is wrong with the configuration, one a line; `unavailable` if
    ///   the library cannot be loaded.
    package init(_ json: JSON) throws(CallError) {
        var problems = ConfigProblems()
        let config = NativeConfig(json, &problems)
        let plans = config.functions.compactMap { FunctionPlanner.plan($0, config, &problems) }
        Self.checkHandles(config, plans, &problems)
        try problems.check()
        let library = try NativeLibrary(config.library)
        let handles = HandleTable(most: config.limits.handles)
        var functions: [String: NativeFunction] = [:]
        let results = Dictionary(plans.map { ($0.symbol, $0.result.type) }) { first, _ in first }
        for plan in plans {
            functions[plan.name] = NativeFunction(plan, config, library, handles, results: results, &problems)
        }
        try problems.check()
        self.functions = functions
        entries = plans.map { plan in
            Tool.Entry(
                name: plan.name, description: plan.description,
                parameters: plan.argumentSchema(mostBytes: config.limits.bytes).text, result: plan.resultSchema.text,
                traits: plan.traits)
        }
    }

    package func tools() -> [Tool.Entry] { entries }

    package func call(_ invocation: Tool.Invocation, _ call: Call<Tool.Event>) async throws -> Tool.Result {
        try self.call(invocation)
    }

    /// - Throws: `notFound` for a name that is not listed, `invalidArgument` with every argument that is wrong.
    package func call(_ invocation: Tool.Invocation) throws(CallError) -> Tool.Result {
        guard let function = functions[invocation.name] else {
            let known = functions.keys.sorted().joined(separator: ", ")
            throw CallError(.notFound, "there is no tool \(invocation.name); there are \(known)")
        }
        let arguments: JSON
        do {
            arguments = try JSON(parsing: Array(invocation.arguments.utf8))
        } catch {
            throw CallError(.invalidArgument, "\(invocation.name): the arguments are not JSON: \(error)")
        }
        guard let object = arguments.object else {
            throw CallError(
                .invalidArgument, "\(invocation.name): the arguments must be an object, and are \(arguments.kindName)")
        }
        return try function.call(object)
    }

    /// A kind of handle that nobody can give back would fill the table.
    private static func checkHandles(_ config: NativeConfig, _ plans: [FunctionPlan], _ problems: inout ConfigProblems)
    {
        let symbols = Set(plans.map(\.symbol))
        for handle in config.types.handles.values.sorted(by: { $0.name < $1.name }) {
            guard let close = handle.close, !symbols.contains(close) else { continue }
            problems.add(
                "handles.\(handle.name)",
                "is closed by \(close), and no function here calls that: add it, or callers could never close one")
        }
    }
}
