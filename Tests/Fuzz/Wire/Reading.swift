/// What `FrameReader` makes of a stream.
struct Reading {
    var frames: [SeenFrame] = []
    var taken = 0
    var fault: WireFault?

    private let reader: FrameReader

    private init(_ input: WireInput) { reader = FrameReader(at: input.end, limits: input.limits) }

    static func whole(_ input: WireInput) -> Reading {
        var reading = Reading(input)
        _ = reading.read(input.stream)
        return reading
    }

    /// As it comes over a socket: what is left of one piece stays in front of the next.
    static func inPieces(_ input: WireInput) -> Reading {
        var reading = Reading(input)
        var cuts = input.cuts
        let longest = [1, 7, 60, 1024, Int.max][Int(cuts % 5)]
        // Byte by byte takes time that grows with the square of the length.
        let least = input.stream.count / 256 + 1
        var arrived = 0
        while arrived < input.stream.count, reading.fault == nil {
            cuts = cuts &* 1_664_525 &+ 1_013_904_223
            let piece = max(least, longest == .max ? input.stream.count : Int(cuts >> 8) % longest + 1)
            arrived = min(input.stream.count, arrived + piece)
            let isProgress = reading.read(UnsafeRawBufferPointer(rebasing: input.stream[reading.taken..<arrived]))
            if !isProgress { break }
        }
        return reading
    }

    /// Read from memory of just this length, so that the sanitizer sees what lies beyond.
    ///
    /// - Returns: whether the reader may be given more.
    private mutating func read(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 8)
        defer { memory.deallocate() }
        memory.copyMemory(from: bytes)
        let raw = UnsafeRawBufferPointer(memory)
        var at = 0
        do throws(WireFault) {
            let count = try reader.read(raw) { header, head, body throws(WireFault) in
                Self.check(header, head, body, in: raw, from: at)
                at += header.length
                frames.append(SeenFrame(header, head, body))
            }
            if count != at { fail("\(count) bytes were taken, by frames of \(at)") }
            taken += count
            let rest = UnsafeRawBufferPointer(rebasing: raw[count...])
            if let length = try reader.length(of: rest) {
                if length <= rest.count { fail("a frame of \(length) bytes was left, though all of it was there") }
            } else if rest.count >= FrameHeader.size {
                fail("a frame whose head is there has no length")
            }
            return true
        } catch {
            taken += at
            fault = error
            return false
        }
    }

    private static func check(
        _ header: FrameHeader, _ head: UnsafeRawBufferPointer, _ body: UnsafeRawBufferPointer,
        in raw: UnsafeRawBufferPointer, from at: Int
    ) {
        guard header.length <= raw.count - at else { fail("a frame of \(header.length) bytes from \(raw.count - at)") }
        for part in [head, body] where part.count > 0 {
            guard UInt(bitPattern: part.baseAddress) % 8 == 0 else { fail("a part does not lie at a multiple of 8") }
        }
        withUnsafeTemporaryAllocation(byteCount: FrameHeader.size, alignment: 8) { again in
            header.write(to: again.baseAddress!)
            guard again.elementsEqual(raw[at..<at + FrameHeader.size]) else {
                fail("a head of kind \(header.kind) is written otherwise than it was read")
            }
        }
    }

    func compare(with expected: PlainReading, _ how: String) {
        if frames != expected.frames {
            fail("\(how), there are \(frames.count) frames, not the \(expected.frames.count) that were sent")
        }
        if taken != expected.taken { fail("\(how), \(taken) bytes were taken instead of \(expected.taken)") }
        if (fault != nil) != expected.isFaulty {
            fail("\(how), it has \(fault.map { "the fault: \($0)" } ?? "no fault"), and should not")
        }
    }
}
