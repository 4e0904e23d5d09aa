/// libFuzzer's own mutations, of bytes.
@_silgen_name("LLVMFuzzerMutate")
private func mutateBytes(_ data: UnsafeMutablePointer<UInt8>, _ count: Int, _ most: Int) -> Int

/// Changes a stream with knowledge of frames: whole frames come, go and double, and numbers of their heads get the
/// values at which a reader errs, often with a length that agrees, so that the lie gets past the first look.
@_cdecl("LLVMFuzzerCustomMutator")
public func customMutator(
    _ data: UnsafeMutablePointer<UInt8>, _ count: Int, _ most: Int, _ seed: UInt32
) -> Int {
    var random = Dice(state: UInt64(seed) &* 0x9e37_79b9_7f4a_7c15 | 1)
    guard count >= WireInput.prefix, random.below(8) > 0 else { return mutateBytes(data, count, most) }
    let memory = UnsafeMutableRawBufferPointer(start: data, count: count)
    var prefix = Array(memory[..<WireInput.prefix])
    var stream = FrameStream(Array(memory[WireInput.prefix...]))
    switch random.below(16) {
    case 0: prefix[0] = UInt8(random.below(4))
    case 1: for at in 1..<5 { prefix[at] = UInt8(random.below(256)) }
    case 2: stream.bytes.removeLast(min(stream.bytes.count, random.below(60)))
    default: for _ in 0...random.below(3) { stream.change(WireInput.limits(prefix[0]), using: &random) }
    }
    let changed = (prefix + stream.bytes).prefix(most)
    UnsafeMutableRawBufferPointer(start: data, count: changed.count).copyBytes(from: changed)
    return changed.count
}

/// The same numbers for the same seed (xorshift).
struct Dice {
    var state: UInt64

    mutating func below(_ limit: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int((state &* 2_685_821_657_736_338_717) >> 33) % limit
    }
}
