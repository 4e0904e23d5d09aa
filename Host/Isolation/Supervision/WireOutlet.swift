import Glibc
import NIOCore
import Synchronization

/// The host's way onto a wire, from any thread: straight into the socket for as long as it takes what comes, so that the
/// one who calls need not wait for a loop. What the socket has no room for goes through the channel, and all that comes
/// after it queues behind it.
final class WireOutlet: Sendable {
    private struct State {
        /// A name of the socket that is ours alone: the channel's number may mean something else once it is closed.
        /// -1: closed.
        var descriptor: Int32
        /// What the socket did not take, in order; for the loop.
        var waiting: [ByteBuffer] = []
        /// The loop has, or will have, something to write: nothing may overtake it.
        var isBlocked = false
        /// Bytes that the socket has not taken yet.
        var pending = 0
    }
    /// Bytes of a burst that the other end does not read; above that it is to be sent nothing new.
    private static let limit = 64 << 20

    private let state: Mutex<State>
    private let channel: any Channel

    /// - Parameter descriptor: of the wire; stays the caller's.
    init(_ descriptor: Int32, channel: any Channel) {
        state = Mutex(State(descriptor: fcntl(descriptor, F_DUPFD_CLOEXEC, 0)))
        self.channel = channel
    }

    deinit { close() }

    /// The other end is to see that the wire is closed: not before this was called, and the channel closed.
    func close() {
        state.withLock { state in
            if state.descriptor >= 0 { _ = Glibc.close(state.descriptor) }
            state.descriptor = -1
            state.waiting = []
        }
    }

    /// The other end reads what it is sent, or has not been sent much yet.
    var isWritable: Bool { state.withLock { $0.pending <= Self.limit } }

    /// Send a frame, in order with all others. Does not block. What a closed wire is sent is lost.
    func send(_ header: FrameHeader, head: [UInt8] = [], body: [UInt8] = []) {
        var header = header
        header.head = UInt32(head.count)
        header.body = UInt32(body.count)
        let mustFlush = state.withLock { state in
            let taken = state.isBlocked ? 0 : Self.write(header, head, body, to: state.descriptor)
            guard let taken, taken < header.length else { return false }
            state.waiting.append(rest(of: header, head, body, from: taken))
            state.pending += header.length - taken
            defer { state.isBlocked = true }
            return !state.isBlocked
        }
        if mustFlush { channel.eventLoop.execute { self.flush() } }
    }

    /// - Returns: bytes that the socket took; nil if there is no other end.
    private static func write(_ header: FrameHeader, _ head: [UInt8], _ body: [UInt8], to descriptor: Int32) -> Int? {
        head.withUnsafeBytes { head in
            body.withUnsafeBytes { body in
                withUnsafeTemporaryAllocation(byteCount: FrameHeader.size + 8, alignment: 8) { raw in
                    header.write(to: raw.baseAddress!)
                    let zeros = raw.baseAddress! + FrameHeader.size
                    zeros.storeBytes(of: 0, as: UInt64.self)
                    return withUnsafeTemporaryAllocation(of: iovec.self, capacity: 5) { parts in
                        func set(_ index: Int, _ base: UnsafeRawPointer?, _ count: Int) {
                            parts.initializeElement(
                                at: index, to: iovec(iov_base: UnsafeMutableRawPointer(mutating: base), iov_len: count))
                        }
                        set(0, raw.baseAddress, FrameHeader.size)
                        set(1, head.baseAddress, head.count)
                        set(2, zeros, FrameHeader.padding(header.head))
                        set(3, body.baseAddress, body.count)
                        set(4, zeros, FrameHeader.padding(header.body))
                        var message = msghdr()
                        message.msg_iov = parts.baseAddress
                        message.msg_iovlen = 5
                        while true {
                            let count = sendmsg(
                                descriptor, &message, Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL))
                            if count >= 0 { return count }
                            if errno == EAGAIN { return 0 }
                            if errno != EINTR { return nil }
                        }
                    }
                }
            }
        }
    }

    /// What the socket did not take of a frame.
    private func rest(of header: FrameHeader, _ head: [UInt8], _ body: [UInt8], from taken: Int) -> ByteBuffer {
        var buffer = channel.allocator.buffer(capacity: header.length)
        buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: FrameHeader.size) { raw in
            header.write(to: raw.baseAddress!)
            return FrameHeader.size
        }
        buffer.writeBytes(head)
        buffer.writeRepeatingByte(0, count: FrameHeader.padding(header.head))
        buffer.writeBytes(body)
        buffer.writeRepeatingByte(0, count: FrameHeader.padding(header.body))
        buffer.moveReaderIndex(forwardBy: taken)
        return buffer
    }

    /// On the loop, until nothing waits.
    ///
    /// - Parameter written: bytes of the last time.
    private func flush(written: Int = 0) {
        let waiting = state.withLock { state in
            state.pending -= written
            defer { state.waiting = [] }
            if state.waiting.isEmpty { state.isBlocked = false }
            return state.waiting
        }
        guard let last = waiting.last else { return }
        for frame in waiting.dropLast() { channel.write(frame, promise: nil) }
        // When it is written, so is all that came before it. A channel that is closed fails it at once; then the socket
        // takes nothing either.
        let count = waiting.reduce(0) { $0 + $1.readableBytes }
        channel.writeAndFlush(last).whenComplete { _ in self.flush(written: count) }
    }
}
