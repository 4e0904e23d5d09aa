import Testing

@testable import Isolation

@Suite("The head of a frame")
struct FrameHeaderTests {
    static let limits = FrameLimits(head: 1024, body: 4096)

    private static func parse(
        _ bytes: [UInt8], at end: WireEnd = .runner, limits: FrameLimits = limits
    ) throws(WireFault) -> FrameHeader {
        let result: Result<FrameHeader, WireFault> = bytes.withUnsafeBytes { raw in
            do throws(WireFault) {
                return .success(try FrameHeader(raw, at: end, limits: limits))
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    @Test("lies in memory as its comment says, little-endian")
    func liesAsDocumented() {
        var header = FrameHeader(
            .start, call: 0x0807_0605_0403_0201, parent: 0x1817_1615_1413_1211, first: 0x2423_2221, second: 0x2827_2625,
            amount: -2)
        header.head = 3
        header.body = 17
        var bytes = [UInt8](repeating: 0xaa, count: 48)
        bytes.withUnsafeMutableBytes { header.write(to: $0.baseAddress!) }
        #expect(
            bytes == [
                80, 0, 0, 0, 16, 0, 0, 0,
                1, 2, 3, 4, 5, 6, 7, 8,
                0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
                0x21, 0x22, 0x23, 0x24, 0x25, 0x26, 0x27, 0x28,
                0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
                3, 0, 0, 0, 17, 0, 0, 0,
            ])
    }

    @Test("comes back as it was written, for every kind", arguments: FrameKind.allCases)
    func comesBack(kind: FrameKind) throws {
        var random = SeededBytes(seed: UInt64(kind.rawValue))
        for _ in 0..<50 {
            var header = FrameHeader(
                kind, call: random.next(), parent: random.next(), first: UInt32.random(in: 0 ... .max, using: &random),
                second: UInt32.random(in: 0 ... .max, using: &random), amount: Int64(bitPattern: random.next()))
            header.head = UInt32.random(in: 0...1024, using: &random)
            header.body = UInt32.random(in: 0...4096, using: &random)
            var bytes = [UInt8](repeating: 0, count: 48)
            bytes.withUnsafeMutableBytes { header.write(to: $0.baseAddress!) }
            #expect(try Self.parse(bytes, at: kind.isForHost ? .host : .runner) == header)
        }
    }

    @Test("is taken only by the end that it is for", arguments: FrameKind.allCases)
    func isTakenByItsEnd(kind: FrameKind) {
        // Written down once more, so that a change of the rule is noticed.
        let orders: Set<FrameKind> = [.load, .create, .open, .drain, .close]
        let both: Set<FrameKind> = [.start, .emit, .finish, .cancel, .credit]
        let bytes = WireFrame(kind: kind).bytes
        #expect(((try? Self.parse(bytes, at: .runner)) != nil) == (orders.contains(kind) || both.contains(kind)))
        #expect(((try? Self.parse(bytes, at: .host)) != nil) == !orders.contains(kind))
    }

    @Test("of a kind that there is not is refused, and the number is named")
    func refusesUnknownKinds() {
        let known = Set(FrameKind.allCases.map(\.rawValue))
        for number in (0...300).map({ UInt32($0) }) + [.max, 1 << 31, 0x0100_0000, 1 << 16 | 16] {
            guard !known.contains(number) else { continue }
            var bytes = WireFrame(kind: .start).bytes
            for at in 0..<4 { bytes[4 + at] = UInt8(truncatingIfNeeded: number >> (8 * at)) }
            for end in [WireEnd.host, .runner] {
                let fault = #expect(throws: WireFault.self) { try Self.parse(bytes, at: end) }
                #expect(fault?.description.contains("\(number)") == true)
            }
        }
    }

    @Test("with a part as long as allowed is taken, one byte more is refused")
    func keepsLimits() throws {
        func bytes(head: UInt32, body: UInt32) -> [UInt8] {
            var header = FrameHeader(.emit)
            header.head = head
            header.body = body
            var bytes = [UInt8](repeating: 0, count: 48)
            bytes.withUnsafeMutableBytes { header.write(to: $0.baseAddress!) }
            return bytes
        }
        for limits in [Self.limits, .fromRunner, .fromHost, FrameLimits(head: 0, body: 0)] {
            let longest = try Self.parse(bytes(head: limits.head, body: limits.body), limits: limits)
            #expect(longest.length >= 48 + Int(limits.head) + Int(limits.body))
            #expect(throws: WireFault.self) { try Self.parse(bytes(head: limits.head + 1, body: 0), limits: limits) }
            #expect(throws: WireFault.self) { try Self.parse(bytes(head: 0, body: limits.body + 1), limits: limits) }
            #expect(throws: WireFault.self) { try Self.parse(bytes(head: .max, body: .max), limits: limits) }
        }
    }

    @Test(
        "fits its own length into 32 bits, however long the parts may be",
        arguments: [FrameLimits.fromHost, .fromRunner])
    func fitsItsLength(limits: FrameLimits) {
        var header = FrameHeader(.start)
        header.head = limits.head
        header.body = limits.body
        #expect(UInt32(exactly: header.length) != nil)
    }

    @Test("with any other length than its parts make is refused")
    func refusesFalseLengths() throws {
        for (head, body) in [(0, 0), (1, 0), (0, 1), (8, 8), (7, 9), (1024, 4096)] {
            let frame = WireFrame(
                kind: .emit, head: [UInt8](repeating: 1, count: head), body: [UInt8](repeating: 2, count: body))
            let honest = frame.bytes
            let length = UInt32(honest.count)
            #expect(try Self.parse(honest).length == honest.count)
            let lies: [UInt32] = [
                0, 1, 8, 47, 48, length - 1, length + 1, length - 8, length + 8, UInt32(48 + head + body),
                length | 1 << 31, .max,
            ]
            for lie in lies where lie != length {
                var bytes = honest
                for at in 0..<4 { bytes[at] = UInt8(truncatingIfNeeded: lie >> (8 * at)) }
                #expect(throws: WireFault.self, "\(lie) instead of \(length)") { try Self.parse(bytes) }
            }
        }
    }

    @Test("fills each part up to a multiple of eight")
    func fillsUp() {
        for count in UInt32(0)...64 {
            #expect(FrameHeader.padding(count) == (8 - Int(count) % 8) % 8)
        }
        #expect(FrameHeader.padding(.max) == 1)
    }
}
