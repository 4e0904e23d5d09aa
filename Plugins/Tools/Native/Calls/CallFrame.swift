import JackfieldVocabulary

/// The memory of one call: where each argument is, what the pointers among them point to, and room for the result.
final class CallFrame {
    let memory = CallMemory()
    /// At least 16 bytes, and zeros before the call.
    let result: UnsafeMutableRawPointer
    /// What each pointer among the arguments points to, where this side gave it.
    var places: [UnsafeMutableRawPointer?]
    /// Elements that the caller gave in each buffer.
    var counts: [Int]
    /// Elements that each buffer has room for.
    var capacities: [Int]

    private let block: UnsafeMutableRawPointer
    private let offsets: [Int]

    /// - Throws: `exhausted` where there is no memory.
    init(_ plan: FunctionPlan) throws(CallError) {
        // A large structure is written by the function itself, which may take it for larger than the signature says.
        let guarded = plan.result.type.size > 16 ? try memory.room(for: plan.result.type.size) : nil
        var at = 16
        offsets = plan.parameters.map { parameter in
            defer { at += StructType.round(max(8, parameter.type.size), up: 16) }
            return at
        }
        block = .allocate(byteCount: at, alignment: 16)
        block.initializeMemory(as: UInt8.self, repeating: 0, count: at)
        result = guarded ?? block
        places = Array(repeating: nil, count: offsets.count)
        counts = Array(repeating: 0, count: offsets.count)
        capacities = Array(repeating: 0, count: offsets.count)
    }

    deinit { block.deallocate() }

    /// Where an argument's value is.
    func slot(_ index: Int) -> UnsafeMutableRawPointer { block + offsets[index] }

    /// The argument is a pointer to this.
    func point(_ index: Int, to place: UnsafeMutableRawPointer?) {
        places[index] = place
        slot(index).storeBytes(of: UInt(bitPattern: place), as: UInt.self)
    }

    /// What a helper gets for an argument: what is behind it where that is a pointer that this side gave, else itself.
    func value(_ index: Int) -> UnsafeMutableRawPointer { places[index] ?? slot(index) }

    /// - Returns: what the function left in errno.
    func run(_ interface: CallInterface, _ symbol: UnsafeMutableRawPointer) -> Int32 {
        interface.call(symbol, result: result, slot: slot)
    }
}
