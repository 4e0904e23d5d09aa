/// Bytes that are frames, or were before they were changed.
struct FrameStream {
    var bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Where frames begin, as far as their lengths can be followed.
    private var starts: [Int] {
        var starts: [Int] = []
        var at = 0
        while bytes.count - at >= FrameHeader.size, starts.count < 64 {
            starts.append(at)
            let length = Int(number(at))
            guard length >= FrameHeader.size, length <= bytes.count - at else { break }
            at += length
        }
        return starts
    }

    private func number(_ at: Int) -> UInt32 { (0..<4).reduce(0) { $0 | UInt32(bytes[at + $1]) << (8 * $1) } }

    private mutating func put(_ value: UInt32, _ at: Int) {
        for index in 0..<4 { bytes[at + index] = UInt8(truncatingIfNeeded: value >> (8 * index)) }
    }

    mutating func change(_ limits: FrameLimits, using random: inout Dice) {
        let starts = starts
        guard !starts.isEmpty, random.below(4) > 0 else {
            let at = starts.isEmpty ? bytes.count : starts[random.below(starts.count)]
            bytes.insert(contentsOf: Self.frame(using: &random), at: random.below(2) == 0 ? at : bytes.count)
            return
        }
        let at = starts[random.below(starts.count)]
        let length = min(max(FrameHeader.size, Int(number(at))), bytes.count - at)
        switch random.below(8) {
        case 0: bytes.removeSubrange(at..<at + length)
        case 1: bytes.insert(contentsOf: Array(bytes[at..<at + length]), at: at)
        case 2: put(Self.kind(using: &random), at + 4)
        case 3: put(Self.near(number(at), limits, using: &random), at)
        default:
            let part = at + (random.below(2) == 0 ? 40 : 44)
            put(Self.near(number(part), limits, using: &random), part)
            guard random.below(4) > 0 else { return }
            let head = UInt64(number(at + 40))
            let body = UInt64(number(at + 44))
            let honest = 48 + (head + 7) / 8 * 8 + (body + 7) / 8 * 8
            put(UInt32(truncatingIfNeeded: honest), at)
            // So that it may also be whole.
            let missing = at + Int(honest) - bytes.count
            if missing > 0, missing < 512, random.below(2) == 0 {
                bytes += [UInt8](repeating: 0x5a, count: missing)
            }
        }
    }

    private static func kind(using random: inout Dice) -> UInt32 {
        random.below(8) == 0
            ? UInt32(random.below(300)) : FrameKind.allCases[random.below(FrameKind.allCases.count)].rawValue
    }

    private static func near(_ old: UInt32, _ limits: FrameLimits, using random: inout Dice) -> UInt32 {
        let anchors: [UInt32] = [old, 0, 8, 48, limits.head, limits.body, 1 << 20, 64 << 20, 1 << 31, .max]
        let steps: [UInt32] = [0, 1, 7, 8, 9, 47, 48, 49]
        let step = steps[random.below(steps.count)]
        let anchor = anchors[random.below(anchors.count)]
        return random.below(2) == 0 ? anchor &+ step : anchor &- step
    }

    private static func frame(using random: inout Dice) -> [UInt8] {
        var header = FrameHeader(
            FrameKind(rawValue: kind(using: &random)) ?? .emit, call: UInt64(random.below(4)),
            first: UInt32(random.below(8)), amount: Int64(random.below(1 << 30)) - 5)
        header.head = UInt32(random.below(2) * random.below(26))
        header.body = UInt32(random.below(2) * random.below(210))
        var frame = [UInt8](repeating: UInt8(random.below(256)), count: header.length)
        frame.withUnsafeMutableBytes { header.write(to: $0.baseAddress!) }
        return frame
    }
}
