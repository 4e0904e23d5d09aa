import JackfieldJSON
import JackfieldVocabulary

/// What is made of a call that has returned: its result, without that anything is lost in silence.
struct CallOutcome {
    let plan: FunctionPlan
    let frame: CallFrame
    let handles: HandleTable
    let limits: NativeConfig.Limits
    let helpers: [String: HelperCall]
    let errno: Int32
    let reader: ValueReader

    init(
        plan: FunctionPlan, frame: CallFrame, handles: HandleTable, limits: NativeConfig.Limits,
        helpers: [String: HelperCall], errno: Int32
    ) {
        self.plan = plan
        self.frame = frame
        self.handles = handles
        self.limits = limits
        self.helpers = helpers
        self.errno = errno
        reader = ValueReader(handles: handles, mostBytes: limits.bytes)
    }

    /// The result, or the function's own failure. Frees what is to be freed.
    func result() -> Tool.Result {
        let hasFailed = plan.failure.map { isFailure($0.rule) } ?? false
        var isUnusable = hasFailed
        var content = JSONObject()
        if hasFailed {
            content = failure(plan.failure!)
        } else {
            do throws(LengthProblem) {
                content = try success()
            } catch {
                isUnusable = true
                content["error"] = .string("\(plan.symbol) has returned, but \(error.sentence)")
            }
        }
        if !hasFailed, let index = plan.closes, case .handle(let kind) = plan.parameters[index].type {
            handles.forget(frame.slot(index).load(as: UInt.self), kind: kind)
        }
        free(isUnusable)
        return Tool.Result(content: JSON.object(content).text, isFailure: isUnusable)
    }

    // MARK: Success

    private func success() throws(LengthProblem) -> JSONObject {
        // All lengths first: handles get tokens only where the caller will hear of them.
        let lengths = try lengths()
        var content = JSONObject()
        var truncated: [JSON] = []
        var isCut = false
        func put(_ name: String, _ json: JSON) {
            content[name] = json
            if isCut { truncated.append(.string(name)) }
            isCut = false
        }
        if !plan.result.isHidden, let value = returned(lengths.returned, &isCut) { put("result", value) }
        for (index, parameter) in plan.parameters.enumerated() where parameter.isOutput {
            guard let place = frame.places[index] else {
                content[parameter.name] = .null
                continue
            }
            switch parameter.role {
            case .pointee(let value, _, _): put(parameter.name, reader.json(value.type, at: place, isCut: &isCut))
            case .buffer(let buffer):
                let count = lengths.buffers[index] ?? 0
                let room = frame.capacities[index]
                isCut = count > room
                put(
                    parameter.name,
                    reader.buffer(
                        buffer.element, buffer.encoding, count: max(0, min(count, room)), at: place, isCut: &isCut))
            default: break
            }
        }
        if !truncated.isEmpty { content["truncated"] = .array(truncated) }
        return content
    }

    /// - Parameter count: elements that the function says it returned, where a length tells.
    private func returned(_ count: Int?, _ isCut: inout Bool) -> JSON? {
        switch plan.result.role {
        case .none: return nil
        case .value(let value): return reader.json(value.type, at: frame.result, isCut: &isCut)
        case .pointee(let value):
            guard let pointer = frame.result.load(as: UnsafeRawPointer?.self) else { return .null }
            return reader.json(value.type, at: pointer, isCut: &isCut)
        case .buffer(let element, let encoding, _):
            guard let pointer = frame.result.load(as: UnsafeRawPointer?.self), let count else { return .null }
            let most = limits.bytes / max(1, element.size)
            isCut = count > most
            return reader.buffer(element, encoding, count: min(count, most), at: pointer, isCut: &isCut)
        }
    }

    // MARK: Other functions

    func ask(_ call: CallExpression) -> UInt64? {
        helpers[call.symbol].map { helper in
            helper(
                call.arguments.map { source in
                    switch source {
                    case .code: UnsafeRawPointer(frame.result)
                    case .parameter(let index): UnsafeRawPointer(frame.value(index))
                    }
                })
        }
    }

    /// - Parameter isUnusable: the caller gets nothing of what there is, so handles are closed where that is said.
    private func free(_ isUnusable: Bool) {
        if let symbol = plan.result.free { end(symbol, at: frame.result) }
        for (index, parameter) in plan.parameters.enumerated() {
            guard case .pointee(_, let travel, let end) = parameter.role, travel != .into,
                let place = frame.places[index]
            else { continue }
            if let symbol = end.free { self.end(symbol, at: place) }
            if isUnusable, let symbol = end.closer { self.end(symbol, at: place) }
        }
    }

    private func end(_ symbol: String, at place: UnsafeRawPointer) {
        let pointer = place.load(as: UInt.self)
        if pointer != 0 { helpers[symbol]?(pointer: pointer) }
    }
}
