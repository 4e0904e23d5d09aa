import JackfieldJSON

extension FunctionPlanner {
    /// What becomes of what the function returns.
    mutating func planResult() -> ResultPlan {
        let returns = config.returns
        let type = declaration.result
        var plan = ResultPlan(
            description: returns.description, type: type, role: .none, isHidden: returns.isHidden, free: returns.free)
        func wrong(_ sentence: String) { problems.add("\(path): what it returns", sentence) }
        if returns.free != nil {
            switch type {
            case .pointer: break
            default: wrong("only pointers are freed, and it is \(type.spelling)")
            }
        }
        if let length = returns.length {
            guard case .pointer(let pointee, _) = type else {
                wrong("has a length, and is no pointer: it is \(type.spelling)")
                return plan
            }
            guard let resolved = resultLength(length),
                let encoding = encoding(returns.encoding, pointee, "that is returned")
            else { return plan }
            let element = pointee == .void ? .scalar(.uint8) : pointee
            switch element {
            case .scalar, .named, .structure: plan.role = .buffer(element: element, encoding, resolved)
            default: wrong("a buffer of \(element.spelling) is not supported")
            }
            return plan
        }
        switch type {
        case .void: break
        case .scalar, .named: plan.role = .value(ValuePlan(named(type, returns, "that is returned")))
        case .structure, .text: plan.role = .value(ValuePlan(type))
        case .handle: plan.role = .value(ValuePlan(type, nullable: true))
        case .pointer(.scalar(.char), _): plan.role = .value(ValuePlan(.text, nullable: true))
        case .pointer(let pointee, _):
            if case .structure = pointee {
                plan.role = .pointee(ValuePlan(pointee, nullable: true))
            } else if pointee == .void {
                wrong("void * says nothing: give it a length, or declare a handle and write that")
            } else {
                wrong("\(type.spelling) needs a length: a number, a parameter, or a call like count(list)")
            }
        case .array: break
        }
        return plan
    }

    private mutating func resultLength(_ length: CountOrName) -> ResultPlan.ResultLength? {
        let path = "\(path).returns.length"
        switch length {
        case .count(let count): return .constant(count)
        case .name(let text) where text.contains("("):
            do throws(SignatureError) {
                return .call(try CallExpression.parse(text, declaration))
            } catch {
                problems.add(path, error.sentence)
                return nil
            }
        case .name(let name):
            guard let index = declaration.index(of: name),
                let (kind, isPointer) = Self.integer(declaration.parameters[index].type)
            else {
                problems.add(path, "\"\(name)\" is no integer parameter, nor a pointer to an integer")
                return nil
            }
            if isPointer, counters[index] == nil, config.argument(name).value == nil {
                counters[index] = CounterPlan(buffers: [], kind: kind, isPointer: true, isCapacity: false)
            }
            return .parameter(index)
        }
    }

    mutating func planFailure() -> FailurePlan? {
        guard let failure = config.failure else { return nil }
        let path = "\(path).fails"
        let kind = declaration.result.scalar
        switch failure.rule {
        case .nonzero, .zero, .among, .unless:
            if kind == nil {
                problems.add(path, "is told by a number, and the function returns \(declaration.result.spelling)")
            }
        case .negative:
            if kind?.isSigned != true {
                problems.add(path, "\(declaration.result.spelling) is never negative: write nonzero, zero or a list")
            }
        case .null:
            switch declaration.result {
            case .handle, .pointer, .text: break
            default:
                problems.add(path, "null is for pointers, and the function returns \(declaration.result.spelling)")
            }
        case .errno: break
        }
        var plan = FailurePlan(rule: failure.rule, codes: failure.codes, message: nil, tellsErrno: failure.tellsErrno)
        guard let text = failure.message else { return plan }
        if let index = declaration.index(of: text) {
            if case .pointer(.pointer(.scalar(.char), _), _) = declaration.parameters[index].type {
                plan.message = .parameter(index)
            } else {
                problems.add("\(path).message", "\(text) leaves no text: it is no out char **")
            }
            return plan
        }
        do throws(SignatureError) {
            plan.message = .call(try CallExpression.parse(text, declaration))
        } catch {
            problems.add("\(path).message", error.sentence)
        }
        return plan
    }
}
