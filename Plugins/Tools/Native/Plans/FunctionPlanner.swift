import JackfieldJSON
import JackfieldVocabulary

/// Makes the plan of one function from its signature and what the operator says of it, and reports all that does not
/// fit together.
struct FunctionPlanner {
    let config: FunctionConfig
    let declaration: Declaration
    let types: TypeTable
    let limits: NativeConfig.Limits
    let path: String
    var problems: ConfigProblems
    /// Parameters that count buffers.
    var counters: [Int: CounterPlan] = [:]

    /// Nil if the signature cannot be read.
    static func plan(
        _ config: FunctionConfig, _ native: NativeConfig, _ problems: inout ConfigProblems
    ) -> FunctionPlan? {
        let path = "functions.\(config.name)"
        let declaration: Declaration
        do throws(SignatureError) {
            declaration = try SignatureParser.function(config.signature, native.types)
        } catch {
            problems.add(path, error.sentence(in: config.signature))
            return nil
        }
        var planner = FunctionPlanner(
            config: config, declaration: declaration, types: native.types, limits: native.limits, path: path,
            problems: problems)
        let plan = planner.plan()
        problems = planner.problems
        return plan
    }

    private mutating func plan() -> FunctionPlan {
        for (name, _) in config.arguments where declaration.index(of: name) == nil {
            let near = declaration.parameters.map(\.name).first { SpellingDistance.isNear($0, name) }
            problems.add(
                "\(path).arguments.\(name)",
                "the signature has no such parameter" + (near.map { "; did you mean \($0)?" } ?? ""))
        }
        for index in declaration.parameters.indices { noteCounters(of: index) }
        let result = planResult()
        var parameters: [ParameterPlan] = []
        for index in declaration.parameters.indices { parameters.append(parameter(index)) }
        boundCapacities(&parameters)
        var plan = FunctionPlan(
            name: config.name, symbol: declaration.name, description: config.description ?? config.signature,
            traits: config.traits, parameters: parameters, fixedCount: declaration.fixedCount, result: result,
            failure: planFailure(), closes: nil)
        if case .nonzero = plan.failure?.rule { plan.result.isHidden = true }
        plan.closes = declaration.parameters.firstIndex { parameter in
            if case .handle(let name) = parameter.type { types.handles[name]?.close == declaration.name } else { false }
        }
        checkNames(plan)
        checkExpressions(plan)
        checkVariadic()
        return plan
    }

    mutating func report(_ name: String, _ sentence: String) {
        problems.add("\(path): argument \(name)", sentence)
    }

    private mutating func checkNames(_ plan: FunctionPlan) {
        let outputs = plan.parameters.filter(\.isOutput).map(\.name)
        for name in outputs where ["result", "truncated", "error"].contains(name) {
            report(name, "what comes out of it would be confused with another part of the result: give it another name")
        }
    }

    /// What is passed on to another function is one value, and none that may not be there.
    private mutating func checkExpressions(_ plan: FunctionPlan) {
        var calls: [CallExpression] = []
        if case .call(let call)? = plan.failure?.message { calls.append(call) }
        if case .buffer(_, _, .call(let call)) = plan.result.role { calls.append(call) }
        for case .parameter(let index) in calls.flatMap(\.arguments) {
            guard case .buffer = plan.parameters[index].role else { continue }
            report(plan.parameters[index].name, "is a buffer, which cannot be passed on to another function")
        }
    }

    /// C promotes what is passed for "...": a callee cannot ask for anything smaller (C17, 6.5.2.2).
    private mutating func checkVariadic() {
        guard let fixed = declaration.fixedCount else { return }
        for parameter in declaration.parameters[fixed...] {
            guard let kind = parameter.type.scalar, kind.size < 4 || kind == .float else { continue }
            report(
                parameter.name,
                "after \"...\" C passes \(kind == .float ? "double for float" : "int for \(kind.rawValue)"): "
                    + "write that type")
        }
    }

    /// A caller that says how much room there is may not say more than the limit.
    private func boundCapacities(_ parameters: inout [ParameterPlan]) {
        for parameter in parameters {
            guard case .buffer(let buffer) = parameter.role, case .parameter(let index)? = buffer.capacity else {
                continue
            }
            let most = Int128(limits.bytes / max(1, buffer.element.size))
            func bounded(_ plan: ValuePlan) -> ValuePlan {
                ValuePlan(
                    plan.type, nullable: plan.nullable, minimum: max(0, plan.minimum ?? 0),
                    maximum: min(most, plan.maximum ?? most))
            }
            switch parameters[index].role {
            case .value(let plan): parameters[index].role = .value(bounded(plan))
            case .pointee(let plan, let travel, let end):
                parameters[index].role = .pointee(bounded(plan), travel, end)
            default: break
            }
        }
    }

    // MARK: Counters

    /// Which parameters the buffers name as their lengths.
    private mutating func noteCounters(of index: Int) {
        let argument = config.argument(declaration.parameters[index].name)
        guard argument.value == nil else { return }
        if case .name(let name)? = argument.length, name != "return", name != "nul" {
            note(name, of: index, isCapacity: false)
        }
        if let name = argument.size { note(name, of: index, isCapacity: true) }
    }

    private mutating func note(_ name: String, of buffer: Int, isCapacity: Bool) {
        let owner = declaration.parameters[buffer].name
        guard let index = declaration.index(of: name) else {
            let known = declaration.parameters.map(\.name).filter { $0 != owner }.joined(separator: ", ")
            return report(
                owner, "its \(isCapacity ? "size" : "length") names \"\(name)\"; the other parameters are \(known)")
        }
        guard let (kind, isPointer) = Self.integer(declaration.parameters[index].type) else {
            return report(
                owner,
                "its \(isCapacity ? "size" : "length") \(name) must be an integer or a pointer to one, and is "
                    + declaration.parameters[index].type.spelling)
        }
        if isCapacity, isPointer {
            return report(owner, "its size \(name) must be an integer, not a pointer: for that there is length")
        }
        if var known = counters[index] {
            guard known.isCapacity == isCapacity, !isPointer || isCapacity else {
                return report(owner, "\(name) says something else for another buffer already")
            }
            known.buffers.append(buffer)
            counters[index] = known
        } else {
            counters[index] = CounterPlan(buffers: [buffer], kind: kind, isPointer: isPointer, isCapacity: isCapacity)
        }
    }

    /// An integer or a pointer to one.
    static func integer(_ type: CType) -> (kind: ScalarKind, isPointer: Bool)? {
        if case .scalar(let kind) = type, !kind.isFloating, kind != .bool { return (kind, false) }
        if case .pointer(.scalar(let kind), _) = type, !kind.isFloating, kind.size >= 4 { return (kind, true) }
        return nil
    }
}
