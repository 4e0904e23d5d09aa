import JackfieldJSON

extension FunctionPlanner {
    /// A pointer with a length. Nil after a problem.
    mutating func buffer(
        _ index: Int, _ declared: Declaration.Parameter, _ argument: ArgumentConfig
    ) -> BufferPlan? {
        let name = declared.name
        guard case .pointer(let pointee, let isConst) = declared.type else {
            report(name, "has a length, and is no pointer: it is \(declared.type.spelling)")
            return nil
        }
        guard let element = element(pointee, name) else { return nil }
        guard let travel = travel(declared, isConst) else { return nil }
        guard let encoding = encoding(argument.encoding, pointee, name) else { return nil }
        var plan = BufferPlan(
            element: element, travel: travel, encoding: encoding, nullable: argument.nullable, exactCount: nil,
            capacity: nil, length: .whole)
        switch argument.length {
        case .count(let count)?: plan.exactCount = count
        case .name("return")?:
            guard Self.integer(declaration.result)?.isPointer == false else {
                report(name, "its length is what the function returns, and that is no integer")
                return nil
            }
            plan.length = .result
        case .name("nul")?: plan.length = .nul
        case .name(let counter)?: plan.length = declaration.index(of: counter).map { .parameter($0) } ?? .whole
        case nil: plan.exactCount = argument.capacity == nil ? declared.count : nil
        }
        guard travel != .into else { return input(plan, argument, name) }
        switch argument.capacity {
        case .count(let count)?: plan.capacity = .constant(count)
        case .name(let other)?:
            guard let at = declaration.index(of: other),
                let (_, isPointer) = Self.integer(declaration.parameters[at].type),
                counters[at] == nil, declaration.parameters[at].direction != .out
            else {
                report(name, "its capacity must be a number or another integer parameter, which the caller then gives")
                return nil
            }
            plan.capacity = .parameter(at)
            if isPointer, argument.length == nil { plan.length = .parameter(at) }
        case nil:
            if let count = plan.exactCount {
                plan.capacity = .constant(count)
            } else if travel == .outOf {
                report(name, "needs a capacity: how many elements there is room for")
                return nil
            }
        }
        if case .constant(let count)? = plan.capacity, count * max(1, element.size) > limits.bytes {
            report(name, "its capacity of \(count) has more than limits.bytes, which is \(limits.bytes)")
        }
        return plan
    }

    /// What only the function reads.
    private mutating func input(_ plan: BufferPlan, _ argument: ArgumentConfig, _ name: String) -> BufferPlan? {
        guard argument.capacity == nil, argument.size == nil else {
            report(name, "capacity and size are for what the function writes, and it only reads it")
            return nil
        }
        switch plan.length {
        case .result, .nul:
            report(name, "its length is known before the call: name the parameter that has it, or a number")
            return nil
        case .whole, .parameter: return plan
        }
    }

    private mutating func element(_ pointee: CType, _ name: String) -> CType? {
        switch pointee {
        case .void: return .scalar(.uint8)
        case .scalar, .named, .structure: return pointee
        default:
            report(name, "a buffer of \(pointee.spelling) is not supported")
            return nil
        }
    }

    private mutating func travel(_ declared: Declaration.Parameter, _ isConst: Bool) -> ParameterPlan.Travel? {
        switch declared.direction {
        case .unsaid where isConst: return .into
        case .out where !isConst: return .outOf
        case .inout_ where !isConst: return .both
        case .unsaid:
            report(
                declared.name,
                "C does not say whether the function reads or writes it: write const, out or inout before it")
        default:
            report(declared.name, "what is const is not written: leave out \(declared.direction.rawValue)")
        }
        return nil
    }

    /// Text for `char`, base64 for other bytes, numbers for the rest.
    mutating func encoding(
        _ said: ArgumentConfig.Encoding?, _ pointee: CType, _ name: String
    ) -> ArgumentConfig.Encoding? {
        let isBytes = pointee == .void || (pointee.scalar?.size == 1 && pointee.scalar != .bool)
        guard isBytes else {
            if let said, said != .list {
                report(name, "\(said.rawValue) is for bytes, and its elements are \(pointee.spelling)")
                return nil
            }
            return .list
        }
        return said ?? (pointee == .scalar(.char) ? .utf8 : .base64)
    }
}
