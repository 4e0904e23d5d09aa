/// A length that nothing can be made of.
struct LengthProblem: Error {
    /// Without a subject before it: "the length of … is …".
    var sentence: String
}

extension CallOutcome {
    /// How many elements the function left in each place.
    struct Lengths {
        /// In what it returned; nil where no length tells, or where it returned null.
        var returned: Int?
        /// By parameter; more than there is room for where the function had more.
        var buffers: [Int: Int] = [:]
    }

    /// More bytes than any process has addresses for: no length, but -1 in a type without a sign, or what lay there.
    private static var absurdBytes: Int { 1 << 47 }

    func lengths() throws(LengthProblem) -> Lengths {
        var lengths = Lengths()
        if case .buffer(let element, _, let length) = plan.result.role, !plan.result.isHidden,
            frame.result.load(as: UInt.self) != 0
        {
            lengths.returned = try returnedCount(length, elementSize: max(1, element.size))
        }
        for (index, parameter) in plan.parameters.enumerated() {
            guard case .buffer(let buffer) = parameter.role, parameter.isOutput, let place = frame.places[index] else {
                continue
            }
            lengths.buffers[index] = try count(buffer, index, place)
        }
        return lengths
    }

    private func returnedCount(_ length: ResultPlan.ResultLength, elementSize: Int) throws(LengthProblem) -> Int {
        let count: Int128
        let source: String
        switch length {
        case .constant(let constant): return constant
        case .parameter(let index):
            count = whole(index)
            source = "by its argument \(plan.parameters[index].name)"
        case .call(let call):
            guard var answer = ask(call), let kind = helpers[call.symbol]?.result.scalar else { return 0 }
            count = withUnsafeBytes(of: &answer) { ScalarMemory.whole(kind, at: $0.baseAddress!) }
            source = "by \(call.symbol)"
        }
        guard count >= 0 else {
            throw LengthProblem(
                sentence: "the length of its result is \(count) \(source): it must not be negative")
        }
        guard count * Int128(elementSize) < Int128(Self.absurdBytes) else {
            throw LengthProblem(
                sentence: "the length of its result is \(count) \(source): that is more than any memory holds")
        }
        return Int(count)
    }

    /// How many elements the function says that there are; more than there is room for if it had more.
    private func count(_ buffer: BufferPlan, _ index: Int, _ place: UnsafeRawPointer) throws(LengthProblem) -> Int {
        let room = frame.capacities[index]
        switch buffer.length {
        case .whole: return buffer.travel == .both && buffer.capacity == nil ? frame.counts[index] : room
        case .parameter(let other):
            // A length that was passed by value is the room that the function was told of.
            if case .counter(let counter) = plan.parameters[other].role, !counter.isPointer {
                return buffer.travel == .both ? frame.counts[index] : room
            }
            let count = whole(other)
            guard count >= 0 else {
                let name = plan.parameters[index].name
                throw LengthProblem(
                    sentence: "the length of \(name) is \(count) by its argument \(plan.parameters[other].name): "
                        + "it must not be negative")
            }
            return Int(clamping: count)
        case .result:
            guard let kind = plan.result.type.scalar else { return 0 }
            let count = ScalarMemory.whole(kind, at: frame.result)
            // A caller who sees the number can tell what it means.
            guard count >= 0 || !plan.result.isHidden else {
                throw LengthProblem(
                    sentence: "the length of \(plan.parameters[index].name) is \(count) by what it returned: "
                        + "it must not be negative")
            }
            return Int(clamping: count)
        case .nul:
            let size = buffer.element.size
            return (0..<room).first { at in
                UnsafeRawBufferPointer(start: place + at * size, count: size).allSatisfy { $0 == 0 }
            } ?? (room > frame.counts[index] ? room + 1 : room)  // Full and without an end: there was more.
        }
    }

    private func whole(_ index: Int) -> Int128 {
        guard let kind = plan.parameters[index].type.countKind else { return 0 }
        return ScalarMemory.whole(kind, at: frame.value(index))
    }
}
