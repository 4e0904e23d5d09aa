import JackfieldJSON
import JackfieldVocabulary

/// Turns the arguments of a caller into those of the function.
struct ArgumentPreparation {
    let plan: FunctionPlan
    let frame: CallFrame
    let mostBytes: Int
    private var writer: ValueWriter

    init(plan: FunctionPlan, frame: CallFrame, handles: HandleTable, mostBytes: Int) {
        self.plan = plan
        self.frame = frame
        self.mostBytes = mostBytes
        writer = ValueWriter(memory: frame.memory, handles: handles, mostBytes: mostBytes)
    }

    /// - Throws: `invalidArgument` with everything that is wrong, `exhausted`.
    mutating func prepare(_ arguments: JSONObject) throws(CallError) {
        let inputs = plan.parameters.filter(\.isInput).map(\.name)
        for member in arguments.members where !inputs.contains(member.key) {
            let known = inputs.isEmpty ? "there are none" : "there are \(inputs.joined(separator: ", "))"
            writer.add(member.key, "is no argument of \(plan.name): \(known)")
        }
        for (index, parameter) in plan.parameters.enumerated() { try values(index, parameter, arguments) }
        // Whose capacity is an argument, of which there may be problems already.
        for (index, parameter) in plan.parameters.enumerated() where writer.problems.isEmpty {
            if case .buffer(let buffer) = parameter.role, buffer.travel != .into {
                try room(index, parameter, buffer, arguments)
            }
        }
        for (index, parameter) in plan.parameters.enumerated() where writer.problems.isEmpty {
            if case .counter(let counter) = parameter.role { try count(index, counter) }
        }
        guard writer.problems.isEmpty else {
            throw CallError(.invalidArgument, "\(plan.name): \(writer.problems.joined(separator: "; "))")
        }
    }

    /// All but buffers that the function writes, and what counts them.
    private mutating func values(
        _ index: Int, _ parameter: ParameterPlan, _ arguments: JSONObject
    ) throws(CallError) {
        switch parameter.role {
        case .constant(let json, let value):
            try writer.write(json, value, to: frame.slot(index), path: parameter.name)
        case .address(let address): frame.slot(index).storeBytes(of: address, as: UInt.self)
        case .value(let value):
            guard let json = given(parameter, value.nullable, ValueSchema.words(value.type), arguments) else { return }
            try writer.write(json, value, to: frame.slot(index), path: parameter.name)
        case .pointee(let value, let travel, _):
            if travel == .outOf { return frame.point(index, to: try frame.memory.room(for: value.type.size)) }
            guard let json = given(parameter, value.nullable, ValueSchema.words(value.type), arguments) else { return }
            if json.isNull, value.nullable, travel == .into, !value.type.isHandle { return }
            let place = try frame.memory.room(for: value.type.size)
            try writer.write(json, value, to: place, path: parameter.name)
            if travel == .into { frame.memory.seal(place) }
            frame.point(index, to: place)
        case .buffer(let buffer) where buffer.travel == .into:
            let words = buffer.encoding == .list ? "an array" : "a string with bytes as \(buffer.encoding.rawValue)"
            guard let json = given(parameter, buffer.nullable, words, arguments) else { return }
            if json.isNull, buffer.nullable { return }
            guard let (place, count) = try writer.buffer(json, buffer, room: 0, path: parameter.name) else { return }
            frame.memory.seal(place)
            frame.point(index, to: place)
            frame.counts[index] = count
        case .buffer, .counter: break
        }
    }

    /// What the caller gave, or the default, or null where that is allowed. Nil if it is missing, which is reported.
    private mutating func given(
        _ parameter: ParameterPlan, _ nullable: Bool, _ words: String, _ arguments: JSONObject
    ) -> JSON? {
        if let json = arguments[parameter.name] ?? parameter.fallback { return json }
        if nullable { return .null }
        writer.add(parameter.name, "is missing: it must be \(words)")
        return nil
    }

    /// A buffer that the function writes.
    private mutating func room(
        _ index: Int, _ parameter: ParameterPlan, _ buffer: BufferPlan, _ arguments: JSONObject
    ) throws(CallError) {
        var capacity = 0
        switch buffer.capacity {
        case .constant(let count)?: capacity = count
        case .parameter(let other)?:
            guard let kind = plan.parameters[other].type.countKind else { break }
            let most = mostBytes / max(1, buffer.element.size)
            let count = ScalarMemory.whole(kind, at: frame.value(other))
            guard (0...Int128(most)).contains(count) else {
                return writer.add(plan.parameters[other].name, "must be a whole number from 0 to \(most)")
            }
            capacity = Int(count)
        case nil: break
        }
        if buffer.travel == .both {
            guard let json = given(parameter, buffer.nullable, "the buffer's content", arguments) else { return }
            if json.isNull, buffer.nullable { return }
            guard let (place, count) = try writer.buffer(json, buffer, room: capacity, path: parameter.name) else {
                return
            }
            frame.point(index, to: place)
            frame.counts[index] = count
            capacity = max(capacity, count)
        } else {
            frame.point(index, to: try frame.memory.room(for: capacity * max(1, buffer.element.size)))
        }
        frame.capacities[index] = capacity
    }

    private mutating func count(_ index: Int, _ counter: CounterPlan) throws(CallError) {
        var count = 0
        for (at, buffer) in counter.buffers.enumerated() {
            let isWritten =
                if case .buffer(let plan) = plan.parameters[buffer].role { plan.travel == .outOf } else { false }
            let own = counter.isCapacity || isWritten ? frame.capacities[buffer] : frame.counts[buffer]
            if at > 0, own != count {
                let names = counter.buffers.map { plan.parameters[$0].name }.joined(separator: " and ")
                return writer.add(names, "must be of the same length, since one argument counts both")
            }
            count = own
        }
        guard counter.kind.range!.contains(Int128(count)) else {
            return writer.add(plan.parameters[index].name, "does not hold the length \(count)")
        }
        var place = frame.slot(index)
        if counter.isPointer {
            place = try frame.memory.room(for: counter.kind.size)
            frame.point(index, to: place)
        }
        ScalarMemory.store(Int128(count), as: counter.kind, to: place)
    }
}

extension CType {
    var isHandle: Bool { if case .handle = self { true } else { false } }

    /// Of a parameter that counts: the integer itself, or that behind the pointer.
    var countKind: ScalarKind? {
        if case .pointer(let pointee, _) = self { return pointee.scalar }
        return scalar
    }
}
