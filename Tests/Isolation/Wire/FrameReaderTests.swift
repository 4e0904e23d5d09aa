import Testing

@testable import Isolation

@Suite("Frames out of a stream of bytes")
struct FrameReaderTests {
    static let limits = FrameLimits(head: 64, body: 256)

    @Test("come in order with their parts", arguments: [WireEnd.host, .runner])
    func comeInOrder(end: WireEnd) {
        var random = SeededBytes(seed: 1)
        let reader = FrameReader(at: end, limits: Self.limits)
        for _ in 0..<50 {
            let frames = (0..<Int.random(in: 0...12, using: &random)).map { _ in
                WireFrame.random(for: end, using: &random)
            }
            let bytes = frames.flatMap(\.bytes)
            let read = reader.read(bytes)
            #expect(read.fault == nil)
            #expect(read.frames == frames)
            #expect(read.taken == bytes.count)
        }
    }

    @Test("are left where they are until their last byte is there")
    func waitForTheirLastByte() {
        var random = SeededBytes(seed: 2)
        let reader = FrameReader(at: .runner, limits: Self.limits)
        let first = WireFrame.random(for: .runner, using: &random)
        let second = WireFrame(kind: .emit, call: 7, head: [1, 2, 3], body: random.bytes(29))
        let bytes = first.bytes + second.bytes
        for cut in 0...bytes.count {
            let read = reader.read(bytes[..<cut])
            #expect(read.fault == nil)
            let whole = cut == bytes.count ? 2 : cut >= first.bytes.count ? 1 : 0
            #expect(read.frames == [first, second].prefix(whole).map { $0 })
            #expect(read.taken == [first, second].prefix(whole).map(\.bytes.count).reduce(0, +))
        }
    }

    @Test("are the same however the bytes are cut", arguments: UInt64(0)..<20)
    func areTheSameInPieces(seed: UInt64) {
        var random = SeededBytes(seed: seed)
        let end: WireEnd = seed % 2 == 0 ? .host : .runner
        let reader = FrameReader(at: end, limits: Self.limits)
        let frames = (0..<20).map { _ in WireFrame.random(for: end, using: &random) }
        var rest = frames.flatMap(\.bytes)[...]
        var unread: [UInt8] = []
        var read: [WireFrame] = []
        while !rest.isEmpty {
            let piece = rest.prefix(Int.random(in: 1...(seed < 10 ? 5 : 300), using: &random))
            rest = rest.dropFirst(piece.count)
            unread += piece
            let result = reader.read(unread)
            #expect(result.fault == nil)
            read += result.frames
            unread.removeFirst(result.taken ?? 0)
        }
        #expect(read == frames)
        #expect(unread.isEmpty)
    }

    @Test("begin their parts where payloads may lie")
    func partsAreAligned() throws {
        var random = SeededBytes(seed: 3)
        let bytes = (0..<50).flatMap { _ in WireFrame.random(for: .host, using: &random).bytes }
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 16)
        defer { memory.deallocate() }
        memory.copyBytes(from: bytes)
        var count = 0
        let reader = FrameReader(at: .host, limits: Self.limits)
        _ = try reader.read(UnsafeRawBufferPointer(memory)) { _, head, body throws(WireFault) in
            count += 1
            #expect(UInt(bitPattern: head.baseAddress) % 8 == 0)
            #expect(UInt(bitPattern: body.baseAddress) % 8 == 0)
        }
        #expect(count == 50)
    }

    @Test("before the first fault are handed over, and nothing after it")
    func stopAtTheFirstFault() {
        let good = WireFrame(kind: .emit, call: 1, body: [1, 2, 3])
        var lie = WireFrame(kind: .emit, call: 2, body: [4]).bytes
        lie[0] += 8
        let read = FrameReader(at: .host, limits: Self.limits).read(good.bytes + lie + good.bytes)
        #expect(read.frames == [good])
        #expect(read.fault?.description == "a frame that says it has 64 bytes, and whose parts make 56")
    }

    @Test("end where the one who takes them throws")
    func endWhereTheTakerThrows() {
        let frame = WireFrame(kind: .emit, call: 1).bytes
        let reader = FrameReader(at: .host, limits: Self.limits)
        var count = 0
        (frame + frame + frame).withUnsafeBytes { bytes in
            let fault = #expect(throws: WireFault.self) {
                try reader.read(bytes) { _, _, _ throws(WireFault) in
                    count += 1
                    if count == 2 { throw WireFault("enough") }
                }
            }
            #expect(fault == WireFault("enough"))
        }
        #expect(count == 2)
    }

    @Test("say how long they are as soon as their head is there")
    func sayHowLong() throws {
        let frame = WireFrame(kind: .start, head: [1], body: [UInt8](repeating: 9, count: 200)).bytes
        let reader = FrameReader(at: .runner, limits: Self.limits)
        try frame.withUnsafeBytes { bytes in
            for cut in 0...bytes.count {
                let length = try reader.length(of: UnsafeRawBufferPointer(rebasing: bytes[..<cut]))
                #expect(length == (cut < 48 ? nil : frame.count))
            }
        }
        let wrong = WireFrame(kind: .loaded).bytes
        wrong.withUnsafeBytes { bytes in _ = #expect(throws: WireFault.self) { try reader.length(of: bytes) } }
    }

    @Test("with one bit wrong are refused, or are other frames of the same length", arguments: [WireEnd.host, .runner])
    func oneBitWrong(end: WireEnd) {
        let frame = WireFrame(kind: .emit, call: 5, first: 1, head: [1, 2], body: [UInt8](1...20))
        let honest = frame.bytes
        let reader = FrameReader(at: end, limits: Self.limits)
        for bit in 0..<honest.count * 8 {
            var bytes = honest
            bytes[bit / 8] ^= 1 << (bit % 8)
            let read = reader.read(bytes)
            if read.fault == nil {
                #expect(read.frames.count == 1 && read.taken == honest.count, "bit \(bit)")
            } else {
                #expect(read.frames.isEmpty && bit / 8 < 48, "bit \(bit)")
            }
        }
    }

    @Test("made of noise never reach beyond the noise", arguments: UInt64(0)..<8)
    func noise(seed: UInt64) {
        var random = SeededBytes(seed: seed)
        let reader = FrameReader(at: seed % 2 == 0 ? .host : .runner, limits: Self.limits)
        for _ in 0..<500 {
            var bytes = random.bytes(Int.random(in: 0...300, using: &random))
            // Most noise ends at the kind; give the rest a chance.
            if bytes.count >= 48 {
                for at in 40..<48 where at % 4 != 0 { bytes[at] = 0 }
                bytes.replaceSubrange(4..<8, with: [17, 0, 0, 0])
                let length = 48 + (Int(bytes[40]) + 7) / 8 * 8 + (Int(bytes[44]) + 7) / 8 * 8
                if Bool.random(using: &random) {
                    bytes.replaceSubrange(0..<4, with: [UInt8(length & 255), UInt8(length >> 8), 0, 0])
                }
            }
            let read = reader.read(bytes)
            #expect(read.frames.map(\.bytes.count).reduce(0, +) <= bytes.count)
        }
    }
}
