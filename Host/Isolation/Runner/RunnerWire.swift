import Glibc
import Synchronization

/// The runner's end of the wire. Any thread may send; the one that reads gathers what it causes, and sends it in one
/// piece before it waits again: tokens that come in one read from upstream leave in one write.
final class RunnerWire: @unchecked Sendable {
    private let descriptor: Int32
    private let reader = FrameReader(at: .runner, limits: .fromHost)

    /// What is gathered before it is written, at most.
    private static let batch = 64 * 1024

    private struct Outgoing {
        var bytes: [UInt8] = []
        /// The thread that gathers now.
        var gatherer: pthread_t?
    }
    private let outgoing = Mutex(Outgoing())

    // Confined to the reading thread. Memory from malloc lies as payloads must.
    private var buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 * 1024, alignment: 16)
    private var filled = 0

    init(_ descriptor: Int32) { self.descriptor = descriptor }

    deinit { buffer.deallocate() }

    /// Send a frame, in order with all others. Blocks while the host does not read, which it always does soon.
    func send(
        _ header: FrameHeader, head: UnsafeRawBufferPointer = UnsafeRawBufferPointer(start: nil, count: 0),
        body: UnsafeRawBufferPointer = UnsafeRawBufferPointer(start: nil, count: 0)
    ) {
        var header = header
        header.head = UInt32(head.count)
        header.body = UInt32(body.count)
        outgoing.withLock { outgoing in
            withUnsafeTemporaryAllocation(byteCount: FrameHeader.size, alignment: 8) { raw in
                header.write(to: raw.baseAddress!)
                outgoing.bytes.append(contentsOf: raw)
            }
            outgoing.bytes.append(contentsOf: head)
            outgoing.bytes.append(contentsOf: repeatElement(0, count: FrameHeader.padding(header.head)))
            outgoing.bytes.append(contentsOf: body)
            outgoing.bytes.append(contentsOf: repeatElement(0, count: FrameHeader.padding(header.body)))
            let isGathering = outgoing.gatherer.map { pthread_equal($0, pthread_self()) != 0 } ?? false
            // A call that is finished is not to fail because of what the plugin does next.
            if !isGathering || header.kind == .finish || outgoing.bytes.count > Self.batch { flush(&outgoing) }
        }
    }

    func send(_ header: FrameHeader, head: String) {
        var head = head
        head.withUTF8 { send(header, head: UnsafeRawBufferPointer($0)) }
    }

    private func flush(_ outgoing: inout Outgoing) {
        outgoing.bytes.withUnsafeBytes { bytes in
            var at = 0
            while at < bytes.count {
                let count = write(descriptor, bytes.baseAddress! + at, bytes.count - at)
                if count > 0 {
                    at += count
                } else if errno != EINTR {
                    // The host is gone, and with it all that this process is for.
                    _exit(0)
                }
            }
        }
        outgoing.bytes.removeAll(keepingCapacity: outgoing.bytes.count <= 2 * Self.batch)
    }

    /// Read for ever, and hand over every frame. Ends the process when the host has closed its end.
    func read(
        _ take: (FrameHeader, _ head: UnsafeRawBufferPointer, _ body: UnsafeRawBufferPointer) throws(WireFault) -> Void
    ) throws(WireFault) -> Never {
        while true {
            let count = Glibc.read(descriptor, buffer.baseAddress! + filled, buffer.count - filled)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { _exit(0) }
            filled += count
            try gather(take)
            if filled == buffer.count { try grow() }
        }
    }

    private func gather(
        _ take: (FrameHeader, _ head: UnsafeRawBufferPointer, _ body: UnsafeRawBufferPointer) throws(WireFault) -> Void
    ) throws(WireFault) {
        outgoing.withLock { $0.gatherer = pthread_self() }
        defer {
            outgoing.withLock { outgoing in
                outgoing.gatherer = nil
                if !outgoing.bytes.isEmpty { flush(&outgoing) }
            }
        }
        let taken = try reader.read(UnsafeRawBufferPointer(rebasing: buffer[..<filled]), take)
        filled -= taken
        if taken > 0, filled > 0 { memmove(buffer.baseAddress!, buffer.baseAddress! + taken, filled) }
    }

    /// Make room for the frame that has begun.
    private func grow() throws(WireFault) {
        let needed = try reader.length(of: UnsafeRawBufferPointer(buffer)) ?? buffer.count
        let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: max(needed, buffer.count * 2), alignment: 16)
        memcpy(larger.baseAddress!, buffer.baseAddress!, filled)
        buffer.deallocate()
        buffer = larger
    }
}
