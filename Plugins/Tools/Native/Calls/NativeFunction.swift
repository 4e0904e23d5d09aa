import JackfieldJSON
import JackfieldVocabulary

/// One function of the library, ready to be called.
struct NativeFunction: @unchecked Sendable {
    let plan: FunctionPlan
    let limits: NativeConfig.Limits
    let handles: HandleTable
    private let symbol: UnsafeMutableRawPointer
    private let interface: CallInterface
    /// Functions that are called besides, by name.
    private let helpers: [String: HelperCall]

    /// Nil if something that it needs is not in the library, which is reported.
    ///
    /// - Parameter results: what the functions of the configuration return, by symbol.
    init?(
        _ plan: FunctionPlan, _ native: NativeConfig, _ library: NativeLibrary, _ handles: HandleTable,
        results: [String: CType], _ problems: inout ConfigProblems
    ) {
        let path = "functions.\(plan.name)"
        func find(_ name: String, _ problems: inout ConfigProblems) -> UnsafeMutableRawPointer? {
            let found = library.symbol(name)
            if found == nil { problems.add(path, "there is no function \(name) in \(library.name)") }
            return found
        }
        guard let symbol = find(plan.symbol, &problems) else { return nil }
        var helpers: [String: HelperCall] = [:]
        do throws(CallError) {
            interface = try CallInterface(
                result: plan.result.type, arguments: plan.parameters.map(\.type), fixed: plan.fixedCount)
            for need in HelperNeed.all(plan, results) {
                if need.isLength, need.result.scalar?.range == nil {
                    problems.add(
                        "\(path).returns.length",
                        "\(need.symbol) returns \(need.result.spelling), and a length is a whole number")
                }
                guard let symbol = find(need.symbol, &problems) else { return nil }
                helpers[need.symbol] = try HelperCall(symbol, result: need.result, arguments: need.arguments)
            }
        } catch {
            problems.add(path, error.message)
            return nil
        }
        self.plan = plan
        self.limits = native.limits
        self.handles = handles
        self.symbol = symbol
        self.helpers = helpers
    }

    /// Call it with arguments from a caller.
    ///
    /// - Throws: `invalidArgument` with every argument that is wrong; `exhausted` where there is no memory; `internal`
    ///   if the function wrote where it should not.
    func call(_ arguments: JSONObject) throws(CallError) -> Tool.Result {
        if plan.givesHandles, let sentence = handles.whyFull {
            return Tool.Result(content: JSON.object(["error": .string(sentence)]).text, isFailure: true)
        }
        let frame = try CallFrame(plan)
        var preparation = ArgumentPreparation(plan: plan, frame: frame, handles: handles, mostBytes: limits.bytes)
        try preparation.prepare(arguments)
        let errno = frame.run(interface, symbol)
        guard frame.memory.isIntact else {
            throw CallError(
                .internal,
                "\(plan.symbol) wrote before the beginning of one of its arguments: its signature does not fit it")
        }
        return CallOutcome(plan: plan, frame: frame, handles: handles, limits: limits, helpers: helpers, errno: errno)
            .result()
    }
}

/// A function that a plan needs besides its own.
private struct HelperNeed {
    var symbol: String
    var result: CType
    var arguments: [CType]
    /// It is asked how long something is.
    var isLength = false

    static func all(_ plan: FunctionPlan, _ results: [String: CType]) -> [HelperNeed] {
        var needs: [HelperNeed] = []
        func ends(_ symbol: String?) {
            if let symbol { needs.append(HelperNeed(symbol: symbol, result: .void, arguments: [.text])) }
        }
        func asks(_ call: CallExpression, _ result: CType, isLength: Bool = false) {
            let arguments = call.arguments.map { source in
                switch source {
                case .code: plan.result.type
                case .parameter(let index):
                    if case .pointer(let pointee, _) = plan.parameters[index].type {
                        pointee
                    } else {
                        plan.parameters[index].type
                    }
                }
            }
            needs.append(
                HelperNeed(symbol: call.symbol, result: result, arguments: arguments, isLength: isLength))
        }
        ends(plan.result.free)
        for parameter in plan.parameters {
            guard case .pointee(_, _, let end) = parameter.role else { continue }
            ends(end.free)
            ends(end.closer)
        }
        if case .call(let call)? = plan.failure?.message { asks(call, .text) }
        if case .buffer(_, _, .call(let call)) = plan.result.role {
            // A length without a signature of its own is an int, as C takes what was not declared.
            asks(call, results[call.symbol] ?? .scalar(.int32), isLength: true)
        }
        return needs
    }
}

extension FunctionPlan {
    /// Whether a call may open handles.
    fileprivate var givesHandles: Bool {
        if case .handle = result.type { return true }
        return parameters.contains { parameter in
            if case .pointee(let plan, let travel, _) = parameter.role, case .handle = plan.type {
                travel != .into
            } else {
                false
            }
        }
    }
}
