import NIOCore
import NIOHTTP1
import NIOTLS

/// One connection to an endpoint: sends a request, hands the response to the exchange's receiver, and goes back to its
/// pool. The last handler of its channel's pipeline.
final class OutboundConnection: ChannelDuplexHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundIn = HTTPClientRequestPart
    typealias OutboundOut = HTTPClientRequestPart

    private enum Phase {
        case connecting
        case idle
        case awaitingHead
        case readingBody
        /// The response is complete, its burst not yet: what else comes in it belongs to no request and must not be taken
        /// for the answer to the next one.
        case complete
        case closed
    }

    /// When the connection last became idle.
    var idleSince = NIODeadline.distantPast
    private let pool: EndpointPool
    private let edge: SocketEdge
    /// Until the TLS handshake is over; nil without TLS.
    private var handshake: EventLoopPromise<Void>?
    private var context: ChannelHandlerContext?
    private var phase = Phase.connecting
    private var exchange: OutboundExchange?
    /// Exchanges completed on this connection.
    private var served = 0
    private var startedAt = NIODeadline.distantPast
    private var bodyBytes = 0
    private var informational = 0
    /// Whether the response lets the connection live on.
    private var keepsAlive = false
    private var isPaused = false
    /// Whether events were delivered since the last burst ended.
    private var hasUnsettled = false

    /// A pooled connection that the peer had closed shows it within a round trip. Later ends may be an upstream that broke
    /// over the request, which only an idempotent one may be sent to again.
    private static var staleWindow: TimeAmount { .seconds(1) }
    private static var informationalLimit: Int { 16 }

    /// - Parameter handshake: kept when this connection's TLS handshake succeeds, broken when it fails or the connection
    ///   ends before; nil without TLS.
    init(pool: EndpointPool, edge: SocketEdge, handshake: EventLoopPromise<Void>?) {
        self.pool = pool
        self.edge = edge
        self.handshake = handshake
    }

    var hasHead: Bool { self.phase == .readingBody || self.phase == .complete }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        self.pool.attemptStarted(self)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        self.handshakeEnded(ChannelError.eof)
        self.pool.attemptEnded(self)
    }

    // MARK: What the pool asks for

    /// The connection has won its attempt and is counted from now on.
    func becomeReady() { self.phase = .idle }

    /// Sends the request. The connection must be idle.
    func run(_ exchange: OutboundExchange) {
        precondition(self.phase == .idle, "a connection serves one exchange at a time")
        guard let context = self.context else { preconditionFailure("an idle connection is in its pipeline") }
        self.exchange = exchange
        exchange.state = .running(self)
        self.phase = .awaitingHead
        self.bodyBytes = 0
        self.informational = 0
        self.startedAt = .now()
        let head = Self.wrapOutboundOut(.head(exchange.request.head()))
        // Nothing is chunked, so the encoder needs no end, which would be one more way through the pipeline.
        if let body = exchange.request.body, body.readableBytes > 0 {
            context.write(head, promise: nil)
            context.writeAndFlush(Self.wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
        } else {
            context.writeAndFlush(head, promise: nil)
        }
    }

    func resume() {
        guard self.isPaused else { return }
        self.isPaused = false
        self.context?.read()
    }

    /// Closes the connection at once and lets go of its exchange, without a word to it.
    func abandon() {
        guard self.phase != .closed else { return }
        let wasCounted = self.phase != .connecting
        self.phase = .closed
        self.exchange = nil
        if wasCounted { self.pool.closed(self) }
        self.edge.closeNow()
    }

    private func handshakeEnded(_ error: (any Error)?) {
        guard let handshake = self.handshake else { return }
        self.handshake = nil
        if let error { handshake.fail(error) } else { handshake.succeed(()) }
    }

    // MARK: Events of the channel

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case TLSUserEvent.handshakeCompleted? = event as? TLSUserEvent { self.handshakeEnded(nil) }
        context.fireUserInboundEventTriggered(event)
    }

    func read(context: ChannelHandlerContext) {
        if !self.isPaused { context.read() }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard self.phase != .closed else { return }
        guard let exchange = self.exchange, let receiver = exchange.receiver else { return self.abandon() }
        switch Self.unwrapInboundIn(data) {
        case .head(let head) where head.status.code < 200:
            self.informational += 1
            if head.status.code == 101 || self.informational > Self.informationalLimit {
                let what = head.status.code == 101 ? "switched protocols unasked" : "sent endless informational heads"
                self.fail(.protocolViolation, "the upstream \(what)")
            }
        case .head(let head):
            self.phase = .readingBody
            self.keepsAlive = head.isKeepAlive
            self.hasUnsettled = true
            receiver.received(head: head)
        case .body(let bytes):
            self.bodyBytes += bytes.readableBytes
            let limit = self.pool.pool.settings.responseBodyBytes
            guard self.bodyBytes <= limit else {
                return self.fail(.tooLarge, "the response body is longer than the limit of \(limit) bytes")
            }
            self.hasUnsettled = true
            // The receiver may have cancelled; then the connection is closed and has nothing to pause.
            if !receiver.received(body: bytes), self.exchange === exchange { self.isPaused = true }
        case .end:
            // Also ends an informational head when the decoder hands those on.
            if self.phase == .readingBody { self.phase = .complete }
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if self.phase == .complete {
            self.complete()
        } else if self.hasUnsettled {
            self.hasUnsettled = false
            self.exchange?.receiver?.settled()
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch self.phase {
        case .connecting: self.handshakeEnded(error)
        case .closed: break
        case .idle: self.abandon()
        case .complete:
            self.keepsAlive = false
            self.complete()
        case .awaitingHead, .readingBody: self.lose(error)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        switch self.phase {
        case .connecting: self.handshakeEnded(ChannelError.eof)
        case .closed: break
        case .idle: self.abandon()
        case .complete:
            self.keepsAlive = false
            self.complete()
        case .awaitingHead, .readingBody: self.lose(nil)
        }
    }

    // MARK: Ends

    private func complete() {
        guard let exchange = self.exchange, let context = self.context else { return self.abandon() }
        self.exchange = nil
        self.hasUnsettled = false
        self.served += 1
        if self.keepsAlive, self.isSent(exchange.request, context), context.channel.isActive, !self.pool.pool.isShutDown
        {
            self.isPaused = false
            self.phase = .idle
            self.pool.available(self)
        } else {
            self.abandon()
        }
        exchange.finish(nil)
    }

    /// Whether the whole request has left this process. An upstream may answer before it has read all of it; the rest must
    /// not precede the next request.
    private func isSent(_ request: OutboundRequest, _ context: ChannelHandlerContext) -> Bool {
        // What fits into the smallest send buffer of an idle socket was taken at once; asking costs more than the rest here.
        guard let body = request.body, body.readableBytes > 2048 else { return true }
        return (try? context.channel.syncOptions?.getOption(.bufferedWritableBytes)) == 0
    }

    /// The connection is no longer of use to the exchange that it serves.
    private func lose(_ error: (any Error)?) {
        guard let exchange = self.exchange else { return self.abandon() }
        let failure = ConnectionFailure(error)
        let mayBeStale =
            self.served > 0 && failure.isEnd && self.phase == .awaitingHead && self.informational == 0
            && (exchange.request.isIdempotent || NIODeadline.now() - self.startedAt < Self.staleWindow)
        if mayBeStale, !self.pool.pool.isShutDown {
            // The new one has served nothing, so there is no second retry. It comes first: a pool that loses its last one is forgotten.
            self.pool.retry(exchange)
            self.abandon()
            return
        }
        let sentence = "\(failure.sentence) \(exchange.phase)"
        self.fail(failure.code, sentence)
    }

    private func fail(_ code: OutboundError.Code, _ sentence: String) {
        guard let exchange = self.exchange else { return self.abandon() }
        let error = OutboundError(code, "\(exchange.request.name): \(sentence)", safeToRetry: false)
        exchange.state = .ended
        self.abandon()
        // A write can fail within the call that started the exchange, whose caller does not hold it yet.
        self.pool.pool.loop.assumeIsolated().execute { exchange.finish(error) }
    }
}
