/// Takes frames out of a stream of bytes. Holds nothing itself: the bytes stay with whoever reads them.
package struct FrameReader: Sendable {
    package let end: WireEnd
    package let limits: FrameLimits

    package init(at end: WireEnd, limits: FrameLimits) {
        self.end = end
        self.limits = limits
    }

    /// Bytes that the frame at the start of `bytes` has in all; nil while its head is not there.
    ///
    /// - Throws: if it is none.
    package func length(of bytes: UnsafeRawBufferPointer) throws(WireFault) -> Int? {
        guard bytes.count >= FrameHeader.size else { return nil }
        return try FrameHeader(bytes, at: end, limits: limits).length
    }

    /// Hand every whole frame to `take`, in order, with its two parts, which are valid only there.
    ///
    /// - Parameter bytes: begin with a frame, at an address divisible by 8.
    /// - Returns: how many bytes were taken.
    /// - Throws: at the first thing that is no frame; those before it were handed over.
    package func read(
        _ bytes: UnsafeRawBufferPointer,
        _ take: (FrameHeader, _ head: UnsafeRawBufferPointer, _ body: UnsafeRawBufferPointer) throws(WireFault) -> Void
    ) throws(WireFault) -> Int {
        var at = 0
        while bytes.count - at >= FrameHeader.size {
            let header = try FrameHeader(UnsafeRawBufferPointer(rebasing: bytes[at...]), at: end, limits: limits)
            guard bytes.count - at >= header.length else { break }
            let head = at + FrameHeader.size
            let body = head + Int(header.head) + FrameHeader.padding(header.head)
            try take(
                header, UnsafeRawBufferPointer(rebasing: bytes[head..<head + Int(header.head)]),
                UnsafeRawBufferPointer(rebasing: bytes[body..<body + Int(header.body)]))
            at += header.length
        }
        return at
    }
}
