import Glibc
import JackfieldJSON
import JackfieldVocabulary

/// What is made of a call that has returned.
struct CallOutcome {
    let plan: FunctionPlan
    let frame: CallFrame
    let handles: HandleTable
    let limits: NativeConfig.Limits
    let helpers: [String: HelperCall]
    let errno: Int32
    private let reader: ValueReader

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
        let content = hasFailed ? failure(plan.failure!) : success()
        if !hasFailed, let index = plan.closes, case .handle(let kind) = plan.parameters[index].type {
            handles.forget(frame.slot(index).load(as: UInt.self), kind: kind)
        }
        free(hasFailed)
        return Tool.Result(content: JSON.object(content).text, isFailure: hasFailed)
    }

    // MARK: Success

    private func success() -> JSONObject {
        var content = JSONObject()
        var truncated: [JSON] = []
        if !plan.result.isHidden, let value = returned() { content["result"] = value }
        for (index, parameter) in plan.parameters.enumerated() where parameter.isOutput {
            switch parameter.role {
            case .pointee(let value, _, _):
                content[parameter.name] = frame.places[index].map { reader.json(value.type, at: $0) } ?? .null
            case .buffer(let buffer):
                guard let place = frame.places[index] else {
                    content[parameter.name] = .null
                    continue
                }
                let count = count(buffer, index, place)
                let room = frame.capacities[index]
                if count > room { truncated.append(.string(parameter.name)) }
                content[parameter.name] = reader.buffer(
                    buffer.element, buffer.encoding, count: max(0, min(count, room)), at: place)
            default: break
            }
        }
        if !truncated.isEmpty { content["truncated"] = .array(truncated) }
        return content
    }

    private func returned() -> JSON? {
        switch plan.result.role {
        case .none: return nil
        case .value(let value): return reader.json(value.type, at: frame.result)
        case .pointee(let value):
            guard let pointer = frame.result.load(as: UnsafeRawPointer?.self) else { return .null }
            return reader.json(value.type, at: pointer)
        case .buffer(let element, let encoding, let length):
            guard let pointer = frame.result.load(as: UnsafeRawPointer?.self) else { return .null }
            let most = limits.bytes / max(1, element.size)
            let count: Int
            switch length {
            case .constant(let constant): count = constant
            case .parameter(let index): count = whole(index)
            case .call(let call): count = Int(Int32(truncatingIfNeeded: ask(call) ?? 0))
            }
            return reader.buffer(element, encoding, count: max(0, min(count, most)), at: pointer)
        }
    }

    /// How many elements the function says that there are; more than there is room for if it had more.
    private func count(_ buffer: BufferPlan, _ index: Int, _ place: UnsafeRawPointer) -> Int {
        let room = frame.capacities[index]
        switch buffer.length {
        case .whole: return buffer.travel == .both && buffer.capacity == nil ? frame.counts[index] : room
        case .parameter(let other):
            // A length that was passed by value is the room that the function was told of.
            if case .counter(let counter) = plan.parameters[other].role, !counter.isPointer {
                return buffer.travel == .both ? frame.counts[index] : room
            }
            return whole(other)
        case .result:
            guard let kind = plan.result.type.scalar else { return 0 }
            return Int(clamping: ScalarMemory.whole(kind, at: frame.result))
        case .nul:
            let size = buffer.element.size
            return (0..<room).first { at in
                UnsafeRawBufferPointer(start: place + at * size, count: size).allSatisfy { $0 == 0 }
            } ?? room
        }
    }

    private func whole(_ index: Int) -> Int {
        guard let kind = plan.parameters[index].type.countKind else { return 0 }
        return Int(clamping: ScalarMemory.whole(kind, at: frame.value(index)))
    }

    // MARK: Failure

    private func isFailure(_ rule: FailureConfig.Rule) -> Bool {
        switch rule {
        case .errno: return errno != 0
        case .null: return frame.result.load(as: UInt.self) == 0
        default: break
        }
        guard let kind = plan.result.type.scalar else { return false }
        if kind.isFloating {
            let value =
                kind == .float ? Double(frame.result.load(as: Float.self)) : frame.result.load(as: Double.self)
            switch rule {
            case .nonzero: return value != 0
            case .zero: return value == 0
            case .negative: return value < 0
            default: return false
            }
        }
        let value = ScalarMemory.whole(kind, at: frame.result)
        switch rule {
        case .nonzero: return value != 0
        case .zero: return value == 0
        case .negative: return value < 0
        case .among(let values): return values.contains(value)
        case .unless(let values): return !values.contains(value)
        case .null, .errno: return false
        }
    }

    private func failure(_ failure: FailurePlan) -> JSONObject {
        var content = JSONObject()
        var what: [String] = []
        var sentence = "\(plan.symbol) failed"
        if let kind = plan.result.type.scalar, !kind.isFloating {
            let code = ScalarMemory.whole(kind, at: frame.result)
            content["code"] = WholeNumber.json(code)
            let name = failure.codes.first { $0.value == code }?.name
            if let name { content["name"] = .string(name) }
            sentence += name.map { " with \($0) (\(code))" } ?? " with \(code)"
        }
        switch failure.message {
        case .parameter(let index)?:
            if let text = frame.places[index].flatMap({ reader.text(at: $0) }) { what.append(text) }
        case .call(let call)?:
            if var pointer = ask(call), let text = withUnsafeBytes(of: &pointer, { reader.text(at: $0.baseAddress!) }) {
                what.append(text)
            }
        case nil: break
        }
        if failure.tellsErrno, errno != 0 {
            content["errno"] = JSON(errno)
            what.append(strerror(errno).map { String(cString: $0) } ?? "error \(errno)")
        }
        // The sentence stands first, since it is what a model reads.
        let message = ([sentence] + what).joined(separator: ": ")
        return JSONObject([("error", .string(message))] + content.members.map { ($0.key, $0.value) })
    }

    // MARK: Other functions

    private func ask(_ call: CallExpression) -> UInt64? {
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

    private func free(_ hasFailed: Bool) {
        if let symbol = plan.result.free { end(symbol, at: frame.result) }
        for (index, parameter) in plan.parameters.enumerated() {
            guard case .pointee(_, let travel, let end) = parameter.role, travel != .into,
                let place = frame.places[index]
            else { continue }
            if let symbol = end.free { self.end(symbol, at: place) }
            if hasFailed, let symbol = end.closer { self.end(symbol, at: place) }
        }
    }

    private func end(_ symbol: String, at place: UnsafeRawPointer) {
        let pointer = place.load(as: UInt.self)
        if pointer != 0 { helpers[symbol]?(pointer: pointer) }
    }
}
