/// What a stream says, read byte by byte as the comment of `FrameHeader` describes it, and by nothing that is fuzzed.
struct PlainReading {
    var frames: [SeenFrame] = []
    /// Bytes of the frames.
    var taken = 0
    /// What comes next is no frame.
    var isFaulty = false

    init(_ stream: UnsafeRawBufferPointer, at end: WireEnd, limits: FrameLimits) {
        func number(_ at: Int, _ width: Int) -> UInt64 {
            var value: UInt64 = 0
            for index in (0..<width).reversed() { value = value << 8 | UInt64(stream[at + index]) }
            return value
        }
        while stream.count - taken >= 48 {
            let at = taken
            let kind = number(at + 4, 4)
            let head = number(at + 40, 4)
            let body = number(at + 44, 4)
            let room = (48 + (head + 7) / 8 * 8 + (body + 7) / 8 * 8)
            let isKnown: Bool =
                switch kind {
                case 1...5: end == .runner
                case 16...20: true
                case 32...36, 48...50: end == .host
                default: false
                }
            guard isKnown, head <= limits.head, body <= limits.body, number(at, 4) == room else {
                isFaulty = true
                return
            }
            guard room <= UInt64(stream.count - at) else { return }
            let from = at + 48
            let second = from + Int((head + 7) / 8 * 8)
            frames.append(
                SeenFrame(
                    kind: UInt32(kind), call: number(at + 8, 8), parent: number(at + 16, 8),
                    first: UInt32(number(at + 24, 4)), second: UInt32(number(at + 28, 4)),
                    amount: Int64(bitPattern: number(at + 32, 8)), headCount: Int(head),
                    head: SeenFrame.digest(UnsafeRawBufferPointer(rebasing: stream[from..<from + Int(head)])),
                    bodyCount: Int(body),
                    body: SeenFrame.digest(UnsafeRawBufferPointer(rebasing: stream[second..<second + Int(body)]))))
            taken += Int(room)
        }
    }
}
