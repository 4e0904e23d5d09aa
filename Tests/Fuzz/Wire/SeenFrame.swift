/// A frame as a reader took it, with digests in the place of its parts.
struct SeenFrame: Equatable {
    var kind: UInt32
    var call: UInt64
    var parent: UInt64
    var first: UInt32
    var second: UInt32
    var amount: Int64
    var headCount: Int
    var head: UInt64
    var bodyCount: Int
    var body: UInt64

    /// Looks at every byte, so that the sanitizer sees one that is not there (FNV-1a).
    static func digest(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        var digest: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in bytes { digest = (digest ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return digest
    }
}

extension SeenFrame {
    init(_ header: FrameHeader, _ head: UnsafeRawBufferPointer, _ body: UnsafeRawBufferPointer) {
        kind = header.kind.rawValue
        call = header.call
        parent = header.parent
        first = header.first
        second = header.second
        amount = header.amount
        headCount = head.count
        self.head = Self.digest(head)
        bodyCount = body.count
        self.body = Self.digest(body)
    }
}
