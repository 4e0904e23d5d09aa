@testable import Isolation

/// A frame as bytes, made by hand so that the tests do not lean on what they test, and as it was read.
struct WireFrame: Hashable, Sendable {
    var kind: FrameKind
    var call: UInt64 = 0
    var parent: UInt64 = 0
    var first: UInt32 = 0
    var second: UInt32 = 0
    var amount: Int64 = 0
    var head: [UInt8] = []
    var body: [UInt8] = []

    var bytes: [UInt8] {
        let parts = Self.filled(head) + Self.filled(body)
        var bytes: [UInt8] = []
        func put(_ value: some FixedWidthInteger) {
            for at in 0..<value.bitWidth / 8 { bytes.append(UInt8(truncatingIfNeeded: value >> (8 * at))) }
        }
        put(UInt32(48 + parts.count))
        put(kind.rawValue)
        put(call)
        put(parent)
        put(first)
        put(second)
        put(amount)
        put(UInt32(head.count))
        put(UInt32(body.count))
        return bytes + parts
    }

    private static func filled(_ part: [UInt8]) -> [UInt8] {
        part + [UInt8](repeating: 0, count: (8 - part.count % 8) % 8)
    }

    static func random(for end: WireEnd, using random: inout SeededBytes) -> WireFrame {
        let kinds = FrameKind.allCases.filter { end == .host ? $0.isForHost : $0.isForRunner }
        let headCount = Int.random(in: 0...40, using: &random)
        let bodyCount = Int.random(in: 0...200, using: &random)
        return WireFrame(
            kind: kinds.randomElement(using: &random)!, call: random.next(), parent: random.next(),
            first: UInt32(truncatingIfNeeded: random.next()), second: UInt32(truncatingIfNeeded: random.next()),
            amount: Int64(bitPattern: random.next()), head: random.bytes(headCount), body: random.bytes(bodyCount))
    }
}

extension WireFrame {
    init(_ header: FrameHeader, _ head: UnsafeRawBufferPointer, _ body: UnsafeRawBufferPointer) {
        self.init(
            kind: header.kind, call: header.call, parent: header.parent, first: header.first, second: header.second,
            amount: header.amount, head: Array(head), body: Array(body))
    }
}

extension FrameReader {
    /// Read from memory that lies as frames must, and that is exactly as long as `bytes`.
    func read(_ bytes: some Collection<UInt8>) -> (frames: [WireFrame], taken: Int?, fault: WireFault?) {
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 16)
        defer { memory.deallocate() }
        memory.copyBytes(from: bytes)
        var frames: [WireFrame] = []
        do throws(WireFault) {
            let taken = try read(UnsafeRawBufferPointer(memory)) { header, head, body throws(WireFault) in
                frames.append(WireFrame(header, head, body))
            }
            return (frames, taken, nil)
        } catch {
            return (frames, nil, error)
        }
    }
}
