import NIOCore
import NIOTLS

/// One connection to an endpoint: sends a request, hands the response to the exchange's receiver, and goes back to its
/// pool. The last handler of its channel's pipeline.
final class OutboundConnection: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

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
    private var parser: ResponseParser
    /// Exchanges completed on this connection.
    private var served = 0
    private var startedAt = NIODeadline.distantPast
    private var requestBytes = 0
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
        self.parser = ResponseParser(headLimit: pool.pool.settings.responseHeadBytes)
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
        let request = exchange.request
        self.parser.begin(isHEAD: request.isHEAD)
        let first = self.pool.pool.encoded(request, hostLine: self.pool.hostLine)
        self.requestBytes = first.readableBytes
        if let body = request.body, !request.isWrittenAtOnce {
            self.requestBytes += body.readableBytes
            context.write(Self.wrapOutboundOut(first), promise: nil)
            context.writeAndFlush(Self.wrapOutboundOut(body), promise: nil)
        } else {
            context.writeAndFlush(Self.wrapOutboundOut(first), promise: nil)
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
        switch self.phase {
        case .closed: return
        case .complete:
            self.keepsAlive = false
            return
        case .connecting, .idle: return self.abandon()
        case .awaitingHead, .readingBody: break
        }
        guard let exchange = self.exchange, let receiver = exchange.receiver else { return self.abandon() }
        self.parser.feed(Self.unwrapInboundIn(data))
        do throws(ResponseFault) {
            // An event may end the exchange: the receiver may cancel it, or a limit is passed.
            while self.exchange === exchange, let event = try self.parser.next() {
                self.handle(event, of: exchange, for: receiver)
            }
        } catch {
            self.lose(error)
        }
    }

    private func handle(
        _ event: ResponseParser.Event, of exchange: OutboundExchange, for receiver: any OutboundReceiver
    ) {
        switch event {
        case .informational(let status):
            self.informational += 1
            if status == 101 || self.informational > Self.informationalLimit {
                let what = status == 101 ? "switched protocols unasked" : "sent endless informational heads"
                let sentence = "\(exchange.request.name): the upstream \(what)"
                self.fail(OutboundError(.protocolViolation, sentence, safeToRetry: false))
            }
        case .head(var head, let keepsAlive, let isEncoded):
            self.phase = .readingBody
            self.keepsAlive = keepsAlive
            if isEncoded {
                do throws(ResponseFault) {
                    if let coding = try ContentCoding.remove(from: &head) { exchange.decode(coding) }
                } catch {
                    return self.lose(error)
                }
            }
            self.hasUnsettled = true
            receiver.received(head: head)
        case .body(let bytes):
            self.bodyBytes += bytes.readableBytes
            let limit = exchange.request.limits.responseBytes
            guard self.bodyBytes <= limit else {
                return self.lose(
                    ResponseFault(
                        kind: .bodyTooLarge, sentence: "the response body is longer than the limit of \(limit) bytes"))
            }
            self.hasUnsettled = true
            // The receiver may have cancelled; then the connection is closed and has nothing to pause.
            if !exchange.take(bytes, for: receiver), self.exchange === exchange { self.isPaused = true }
        case .end:
            self.phase = .complete
            if self.parser.hasUnread { self.keepsAlive = false }
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
        case .awaitingHead, .readingBody:
            do throws(ResponseFault) {
                guard try self.parser.inputEnded() else { return self.lose(nil) }
                self.keepsAlive = false
                self.complete()
            } catch {
                self.lose(error)
            }
        }
    }

    // MARK: Ends

    private func complete() {
        guard let exchange = self.exchange, let context = self.context else { return self.abandon() }
        self.exchange = nil
        self.hasUnsettled = false
        self.served += 1
        if self.keepsAlive, self.isSent(context), context.channel.isActive, !self.pool.pool.isShutDown {
            self.isPaused = false
            self.phase = .idle
            self.pool.available(self)
        } else {
            self.abandon()
        }
        exchange.complete()
    }

    /// Whether the whole request has left this process. An upstream may answer before it has read all of it; the rest must
    /// not precede the next request.
    private func isSent(_ context: ChannelHandlerContext) -> Bool {
        // What fits into the smallest send buffer of an idle socket was taken at once; asking costs more than the rest here.
        guard self.requestBytes > 2048 else { return true }
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
        self.fail(failure.error(of: exchange.request, phase: exchange.phase))
    }

    private func fail(_ error: OutboundError) {
        guard let exchange = self.exchange else { return self.abandon() }
        exchange.state = .ended
        self.abandon()
        // A write can fail within the call that started the exchange, whose caller does not hold it yet.
        self.pool.pool.loop.assumeIsolated().execute { exchange.finish(error) }
    }
}
