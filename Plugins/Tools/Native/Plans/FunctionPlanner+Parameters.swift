import JackfieldJSON
import JackfieldVocabulary

extension FunctionPlanner {
    /// Where one argument comes from. After a problem the role is one that nobody will use.
    mutating func parameter(_ index: Int) -> ParameterPlan {
        let declared = declaration.parameters[index]
        let argument = config.argument(declared.name)
        var plan = ParameterPlan(
            name: declared.name, description: argument.description, type: declared.type, role: .address(0),
            fallback: argument.fallback)
        if let role = role(index, declared, argument) { plan.role = role }
        if argument.fallback != nil, !plan.isInput {
            report(declared.name, "has a default, and the caller never gives it")
        }
        if let fallback = argument.fallback, case .value(let value) = plan.role {
            tryOut(fallback, value, declared.name, "default")
        }
        return plan
    }

    private mutating func role(
        _ index: Int, _ declared: Declaration.Parameter, _ argument: ArgumentConfig
    ) -> ParameterPlan.Role? {
        if let value = argument.value { return constant(value, declared, argument) }
        if let counter = counters[index] { return counterRole(counter, declared) }
        if argument.length != nil || argument.capacity != nil || declared.count != nil {
            return buffer(index, declared, argument).map { .buffer($0) }
        }
        let type = named(declared.type, argument, declared.name)
        switch type {
        case .scalar, .named, .structure, .text:
            guard declared.direction == .unsaid else {
                report(declared.name, "\(declared.direction.rawValue) is for pointers, and it is \(type.spelling)")
                return nil
            }
            return .value(value(type, argument, declared.name))
        case .handle(let name):
            guard declared.direction == .unsaid else {
                report(declared.name, "a function writes a \(name) through a pointer to it: write one \"*\" more")
                return nil
            }
            return .value(ValuePlan(type, nullable: argument.nullable))
        case .pointer(let pointee, let isConst): return pointer(pointee, isConst, declared, argument)
        case .void, .array:
            report(declared.name, "nothing of the type \(type.spelling) can be passed")
            return nil
        }
    }

    private mutating func pointer(
        _ pointee: CType, _ isConst: Bool, _ declared: Declaration.Parameter, _ argument: ArgumentConfig
    ) -> ParameterPlan.Role? {
        let name = declared.name
        switch (pointee, declared.direction) {
        case (.scalar(.char), .unsaid):
            guard isConst else {
                report(
                    name,
                    "a char * is text that the function reads (write const char *), or a buffer that it writes: "
                        + "write out char * and give it a capacity")
                return nil
            }
            return .value(ValuePlan(.text, nullable: argument.nullable))
        case (.scalar(.char), _), (.void, _):
            report(
                name,
                "is a buffer without length: give it length or capacity, or a value if it is always null"
                    + (pointee == .void ? ", or declare a handle and write that instead of void" : ""))
            return nil
        case (.pointer(.scalar(.char), _), .out):
            return .pointee(ValuePlan(.text, nullable: true), .outOf, PointeeEnd(free: argument.free))
        case (.handle, .out):
            return .pointee(
                ValuePlan(pointee, nullable: true), .outOf,
                PointeeEnd(closer: closer(pointee, argument, name, isOut: true)))
        case (.scalar, _), (.named, _), (.structure, _), (.handle, _):
            if declared.direction == .unsaid, !isConst {
                report(
                    name,
                    "C does not say whether the function reads or writes what a \(declared.type.spelling) points to: "
                        + "write const, out or inout before it, or give it length or capacity if there are several")
                return nil
            }
            if isConst, declared.direction != .unsaid {
                report(name, "what is const is not written: leave out \(declared.direction.rawValue)")
                return nil
            }
            let travel: ParameterPlan.Travel =
                declared.direction == .unsaid ? .into : declared.direction == .out ? .outOf : .both
            var value = value(pointee, argument, name)
            value.nullable = argument.nullable && travel == .into
            if case .handle = pointee { value.nullable = argument.nullable || travel != .into }
            return .pointee(
                value, travel, PointeeEnd(closer: closer(pointee, argument, name, isOut: declared.direction == .out)))
        default:
            report(name, "\(declared.type.spelling) is not supported")
            return nil
        }
    }

    private mutating func closer(_ type: CType, _ argument: ArgumentConfig, _ name: String, isOut: Bool) -> String? {
        guard argument.closeOnFailure else { return nil }
        guard case .handle(let kind) = type, let close = types.handles[kind]?.close else {
            report(name, "close_on_failure is for handles of a kind that has a close function")
            return nil
        }
        // One that goes in and out has a name already, which would outlive it.
        guard isOut else {
            report(name, "close_on_failure is for handles that only come out: write out before the parameter")
            return nil
        }
        return close
    }

    private mutating func counterRole(
        _ counter: CounterPlan, _ declared: Declaration.Parameter
    ) -> ParameterPlan.Role? {
        if counter.isPointer, declared.direction == .unsaid, case .pointer(_, isConst: false) = declared.type {
            report(declared.name, "write out or inout before it: it counts a buffer and is a pointer")
            return nil
        }
        return .counter(counter)
    }

    // MARK: Values

    /// An integer that the operator gave names becomes one that is known by them.
    mutating func named(_ type: CType, _ argument: ArgumentConfig, _ name: String) -> CType {
        guard let entries = argument.names else { return type }
        if case .pointer(let pointee, let isConst) = type, pointee.scalar != nil, pointee != .scalar(.char) {
            return .pointer(named(pointee, argument, name), isConst: isConst)
        }
        guard let kind = type.scalar, let range = kind.range else {
            report(name, "names are for integers, and it is \(type.spelling)")
            return type
        }
        for entry in entries where !range.contains(entry.value) {
            report(name, "\(entry.name) is \(entry.value), which \(kind.rawValue) does not hold")
        }
        return .named(NamedValues(name: name, kind: kind, entries: entries, isSet: argument.isSet))
    }

    mutating func value(_ type: CType, _ argument: ArgumentConfig, _ name: String) -> ValuePlan {
        let plan = ValuePlan(
            type, nullable: argument.nullable, minimum: argument.minimum, maximum: argument.maximum)
        if argument.minimum != nil || argument.maximum != nil {
            if let low = argument.minimum, let high = argument.maximum, low > high {
                report(name, "its minimum \(low) is above its maximum \(high)")
            }
            if case .scalar(let kind) = type, !kind.isFloating {
            } else {
                report(name, "minimum and maximum are for integers, and it is \(type.spelling)")
            }
        }
        let declared = declaration.index(of: name).map { declaration.parameters[$0].type } ?? type
        switch declared {
        case .pointer, .text, .handle: break
        default:
            if argument.nullable { report(name, "nullable is for pointers, and it is \(declared.spelling)") }
        }
        return plan
    }

    private mutating func constant(
        _ json: JSON, _ declared: Declaration.Parameter, _ argument: ArgumentConfig
    ) -> ParameterPlan.Role? {
        let type = named(declared.type, argument, declared.name)
        switch type {
        case .handle, .text, .pointer:
            if json.isNull { return .address(0) }
            if let number = WholeNumber.of(json), let address = Int64(exactly: number) {
                return .address(UInt(bitPattern: Int(address)))
            }
            if json.string != nil, case .pointer(.scalar(.char), _) = type {
                let plan = ValuePlan(.text)
                tryOut(json, plan, declared.name, "value")
                return .constant(json, plan)
            }
            report(declared.name, "its value must be null or a whole number, since it is a pointer")
            return nil
        case .void, .array: return nil
        case .scalar, .named, .structure:
            let plan = ValuePlan(type)
            tryOut(json, plan, declared.name, "value")
            return .constant(json, plan)
        }
    }

    /// Reports what of a value in the configuration is wrong, in the words that a caller would see.
    private mutating func tryOut(_ json: JSON, _ plan: ValuePlan, _ name: String, _ key: String) {
        let memory = CallMemory()
        var writer = ValueWriter(memory: memory, handles: nil, mostBytes: limits.bytes)
        guard let place = try? memory.room(for: max(1, plan.type.size)) else { return }
        do throws(CallError) {
            try writer.write(json, plan, to: place, path: "its \(key)")
        } catch {
            report(name, error.message)
        }
        for problem in writer.problems { report(name, problem) }
    }
}
