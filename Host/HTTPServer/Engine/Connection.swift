import EventLoops
import NIOCore
import NIOHTTP1
import Synchronization
import Telemetry

/// One HTTP/1.1 connection: reads requests one at a time, runs the application on each, writes the answers in order.
///
/// Confined to its loop. Stands behind NIO's decoder and writes bytes itself, so that an answer is one buffer and one
/// system call.
final class Connection: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    enum State {
        /// Between requests.
        case idle
        /// A head was read and its body comes.
        case receiving
        /// The application has the request.
        case handling
        /// The last answer is on its way out; nothing more is handled.
        case closing
        /// The last answer is out; input is discarded until the client closes.
        case lingering
        case closed
    }

    let room: LoopConnections
    let shared: ListenerContext
    /// Where `room` keeps this connection.
    var slot = -1

    var state = State.idle
    var context: ChannelHandlerContext?
    var remoteAddress: SocketAddress?

    // The request that comes in, and what came in after the one that is handled.
    var incoming: IncomingRequest?
    var body = ByteBuffer()
    var queue = CircularBuffer<HTTPServerRequestPart>(initialCapacity: 0)
    var queuedBytes = 0
    /// The decoder gave up; told after the answers that are due before.
    var pendingFault: RequestFault?
    var active: ResponseWriter?

    // Reading.
    private var isReading = false
    private var sawPart = false
    private var isFirst = true
    private(set) var isHeadStarted = false
    private var isReadHeldBack = false
    private var isTaking = false

    // Writing: bytes that are not yet given to the channel, and where in them an open chunk's data begin.
    var out = ByteBuffer()
    var chunkStart: Int?
    /// Bytes that the client had not taken when a deadline passed last, to tell a slow client from one that stopped.
    var unsentBytes = Int.max
    /// What is gathered may leave, at the end of the read event.
    var needsEmit = false
    private(set) var isWritable = true

    /// Input beyond the request that is handled, in bytes, at which reading stops until it is answered.
    private static let readAhead = 16 * 1024
    /// Output gathered during one read event, or while streaming, before it is given to the channel.
    static let gathered = 32 * 1024
    /// What an idle connection may keep of its output buffer, in bytes.
    private static let keptCapacity = 4096

    init(room: LoopConnections) {
        self.room = room
        shared = room.shared
    }

    var now: MonotonicTime { MonotonicTime.now() }

    func setDeadline(in nanoseconds: Int64, from start: MonotonicTime? = nil) {
        // A write that fails closes the connection under the caller.
        guard slot >= 0 else { return }
        let (sum, overflow) = (start ?? now).nanoseconds.addingReportingOverflow(nanoseconds)
        room.setDeadline(slot, overflow ? .max : sum)
    }

    // MARK: Life

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func channelActive(context: ChannelHandlerContext) {
        let open = shared.openConnections.add(1, ordering: .relaxed).newValue
        slot = room.add(self, deadline: now.nanoseconds + shared.headerTimeout)
        shared.observer.connectionOpened()
        remoteAddress = context.remoteAddress
        if room.isDraining || open > shared.settings.maxConnections { context.close(promise: nil) }
    }

    func channelInactive(context: ChannelHandlerContext) {
        state = .closed
        room.executor.perform {
            if let incoming { reportUnhandled(incoming, status: nil, bytesOut: 0, outcome: .clientGone, fault: nil) }
            incoming = nil
            body = ByteBuffer()
            queue.removeAll()
            if let active { abandon(active) }
        }
        guard slot >= 0 else { return }
        shared.openConnections.subtract(1, ordering: .relaxed)
        shared.observer.connectionClosed()
        // Last, because a drain ends with it and whoever waits for that may look at the rest.
        room.remove(self)
        slot = -1
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let error = error as? HTTPParserError else {
            context.close(promise: nil)
            return
        }
        guard context.channel.isActive else { return }
        let fault = RequestFault(decoding: error, shared.settings)
        sawPart = true
        if state == .idle || state == .receiving { refuse(fault) } else { pendingFault = fault }
    }

    // MARK: Reading

    func read(context: ChannelHandlerContext) {
        // Where the client sends much more than it waits for, the kernel's window closes. Reading goes on otherwise, even
        // while a request is handled, because stopping and starting costs two system calls and hides a close.
        if queuedBytes > Self.readAhead { isReadHeldBack = true } else { context.read() }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        isReading = true
        sawPart = true
        let part = unwrapInboundIn(data)
        switch state {
        case .idle where isWritable && queue.isEmpty, .receiving: take(part)
        case .idle, .handling: enqueue(part)
        case .closing, .lingering, .closed: break
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if state == .idle && !sawPart && !isHeadStarted {
            // Bytes that are not yet a head: from now on it has to be complete in time.
            isHeadStarted = true
            if !isFirst { setDeadline(in: shared.headerTimeout) }
        }
        sawPart = false
        isReading = false
        if needsEmit { emit() }
    }

    private func enqueue(_ part: HTTPServerRequestPart) {
        // With what keeping a part costs, or a body in chunks of one byte would count for next to nothing.
        switch part {
        case .head(let head): queuedBytes += 256 + head.uri.utf8.count
        case .body(let bytes): queuedBytes += 64 + bytes.readableBytes
        case .end: queuedBytes += 64
        }
        queue.append(part)
    }

    /// Take what the client sent meanwhile, up to the end of the next request.
    func takeQueued() {
        // What is taken may be answered at once and bring us here again: the loop below goes on, the stack does not grow.
        guard !isTaking else { return }
        isTaking = true
        defer { isTaking = false }
        while (state == .idle && isWritable) || state == .receiving, let part = queue.popFirst() { take(part) }
        guard queue.isEmpty else { return }
        queuedBytes = 0
        if let fault = pendingFault, state == .idle || state == .receiving {
            pendingFault = nil
            refuse(fault)
        }
        resumeReading()
    }

    func resumeReading() {
        guard isReadHeldBack, let context else { return }
        isReadHeldBack = false
        context.read()
    }

    /// Nothing is due: wait for the next request.
    func becomeIdle() {
        state = .idle
        isHeadStarted = false
        isFirst = false
        if out.capacity > Self.keptCapacity && out.readableBytes == 0 { out = ByteBuffer() }
        unsentBytes = .max
        setDeadline(in: shared.idleTimeout)
        takeQueued()
    }

    // MARK: Writing

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        isWritable = context.channel.isWritable
        guard isWritable else { return }
        room.executor.perform {
            active?.wake()
            if state == .idle { takeQueued() }
        }
    }

    /// Let what is gathered leave: at the end of the read event that is being handled, so that the answers to a burst of
    /// requests travel together, otherwise now.
    func release() {
        if isReading && out.readableBytes < Self.gathered { needsEmit = true } else { emit() }
    }

    /// Give what is gathered to the socket.
    func emit(promise: EventLoopPromise<Void>? = nil) {
        needsEmit = false
        guard let context else {
            promise?.fail(ChannelError.ioOnClosedChannel)
            return
        }
        guard out.readableBytes > 0 || promise != nil else { return }
        context.writeAndFlush(wrapOutboundOut(out), promise: promise)
        // Written at once, as nearly always, the buffer is ours alone again and its memory is used for the next answer.
        out.clear()
    }
}
