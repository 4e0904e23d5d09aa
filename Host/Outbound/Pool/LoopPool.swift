import EventLoops
import NIOCore

/// All that the client has on one event loop: the endpoints' pools, the deadlines and the sweep of idle connections.
/// Bound to that loop; no exchange ever leaves it.
final class LoopPool {
    let loop: any EventLoop
    let settings: OutboundSettings
    let connector: Connector
    private var endpoints: [PoolKey: EndpointPool] = [:]
    private let deadlines: DeadlineDriver<OutboundExchange>
    private var sweep: Scheduled<Void>?
    private var shutdownPromise: EventLoopPromise<Void>?
    /// Where requests are written, one after the other: nearly all have left the process when the write returns.
    private var requestBuffer = ByteBuffer()
    private(set) var counts = OutboundCounts()
    /// Exchanges that are not finished, for the shutdown; their deadlines alone would not name those.
    private var exchanges: [ObjectIdentifier: OutboundExchange] = [:]

    init(loop: any EventLoop, settings: OutboundSettings, connector: Connector) {
        self.loop = loop
        self.settings = settings
        self.connector = connector
        self.deadlines = DeadlineDriver(loop: loop) { exchanges in
            // All of them first: what a receiver does may end another exchange.
            for exchange in exchanges { exchange.deadlineTicket = nil }
            for exchange in exchanges {
                exchange.fail { exchange, safe in
                    let sentence = "\(exchange.request.name): the deadline passed \(exchange.phase)"
                    return OutboundError(.deadline, sentence, safeToRetry: safe)
                }
            }
        }
    }

    var isShutDown: Bool { self.shutdownPromise != nil }

    // MARK: Exchanges

    func start(_ request: OutboundRequest, to receiver: any OutboundReceiver) -> OutboundExchange {
        let exchange = OutboundExchange(request: request, receiver: receiver, pool: self)
        self.counts.exchanges += 1
        if let fault = self.refusal(of: request) {
            // Not now: the caller does not hold the exchange yet to which the event would belong.
            self.loop.assumeIsolated().execute { exchange.finish(fault) }
            return exchange
        }
        self.exchanges[ObjectIdentifier(exchange)] = exchange
        exchange.deadlineTicket = self.deadlines.insert(exchange, deadline: request.deadline)
        self.pool(for: PoolKey(endpoint: request.url.endpoint, addresses: request.addresses)).serve(exchange)
        return exchange
    }

    private func refusal(of request: OutboundRequest) -> OutboundError? {
        if self.isShutDown {
            return OutboundError(.shutdown, "\(request.name): the host is shutting down", safeToRetry: true)
        }
        if let fault = request.fault() { return fault }
        if request.deadline <= .now() {
            return OutboundError(
                .deadline, "\(request.name): the deadline had passed before it was started", safeToRetry: true)
        }
        return nil
    }

    /// Called exactly once for each exchange, by the exchange.
    func ended(_ exchange: OutboundExchange) {
        self.counts.exchanges -= 1
        if let ticket = exchange.deadlineTicket {
            exchange.deadlineTicket = nil
            self.deadlines.remove(ticket)
        }
        self.exchanges[ObjectIdentifier(exchange)] = nil
    }

    /// The request as it is sent, in a buffer that is used again for the next one unless something still holds it.
    func encoded(_ request: OutboundRequest, hostLine: String) -> ByteBuffer {
        self.requestBuffer.clear()
        request.write(into: &self.requestBuffer, hostLine: hostLine)
        let encoded = self.requestBuffer
        // A loop at rest need not keep the memory of its largest request.
        if encoded.capacity > Self.keptCapacity { self.requestBuffer = ByteBuffer() }
        return encoded
    }

    private static var keptCapacity: Int { 32 * 1024 }

    // MARK: Endpoints

    private func pool(for key: PoolKey) -> EndpointPool {
        if let pool = self.endpoints[key] { return pool }
        let pool = EndpointPool(key, pool: self)
        self.endpoints[key] = pool
        return pool
    }

    func connectionOpened() { self.counts.connections += 1 }

    func connectionClosed(in endpoint: EndpointPool) {
        self.counts.connections -= 1
        if endpoint.isEmpty, self.endpoints[endpoint.key] === endpoint {
            self.endpoints[endpoint.key] = nil
        }
        self.finishShutdownIfDone()
    }

    func idleChanged(by difference: Int) { self.counts.idle += difference }

    // MARK: Idle connections

    /// Sees to it that a connection which is idle since now is closed in time.
    func scheduleSweep() {
        guard self.sweep == nil, !self.isShutDown else { return }
        self.scheduleSweep(at: .now() + self.settings.idleTimeout)
    }

    private func scheduleSweep(at time: NIODeadline) {
        self.sweep = self.loop.assumeIsolated().scheduleTask(deadline: time) {
            self.sweep = nil
            let limit = NIODeadline.now() - self.settings.idleTimeout
            for pool in Array(self.endpoints.values) { pool.closeIdle(since: limit) }
            guard let oldest = self.endpoints.values.compactMap(\.oldestIdle).min() else { return }
            self.scheduleSweep(at: oldest + self.settings.idleTimeout)
        }
    }

    // MARK: Shutdown

    /// Fails all exchanges, closes all connections; succeeds when none is left.
    func shutdown() -> EventLoopFuture<Void> {
        if let promise = self.shutdownPromise { return promise.futureResult }
        let promise = self.loop.makePromise(of: Void.self)
        self.shutdownPromise = promise
        self.sweep?.cancel()
        self.sweep = nil
        for exchange in Array(self.exchanges.values) {
            exchange.fail { exchange, safe in
                let sentence = "\(exchange.request.name): the host shut down \(exchange.phase)"
                return OutboundError(.shutdown, sentence, safeToRetry: safe)
            }
        }
        for pool in Array(self.endpoints.values) { pool.closeAll() }
        self.finishShutdownIfDone()
        return promise.futureResult
    }

    private func finishShutdownIfDone() {
        if let promise = self.shutdownPromise, self.counts.connections == 0 { promise.succeed(()) }
    }
}
