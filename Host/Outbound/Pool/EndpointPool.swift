import JackfieldNetwork
import NIOCore

/// What connections have in common that one exchange may take over from another: where they lead, and under which grant
/// their addresses were judged.
struct PoolKey: Hashable {
    let endpoint: OutboundEndpoint
    let addresses: AddressGrant
}

/// One event loop's connections to one endpoint under one grant, and the exchanges that wait for one.
///
/// The connection used last is used first, so that the others can grow old and be closed. Waiting exchanges are served
/// in their order.
final class EndpointPool {
    let key: PoolKey
    let pool: LoopPool
    /// The line of the `Host` field in every request to the endpoint.
    let hostLine: String
    /// The last one is the one that was used last.
    private var idle: [OutboundConnection] = []
    private var waiters = CircularBuffer<OutboundExchange>()
    /// Open and connecting ones.
    private var connections = 0
    private var connecting = 0
    /// Connecting ones that will go to the queue; the others are made for one exchange.
    private var unclaimed = 0
    /// Channels of attempts under way; more than one an attempt when several addresses are tried.
    private var attempts: [ObjectIdentifier: OutboundConnection] = [:]

    init(_ key: PoolKey, pool: LoopPool) {
        self.key = key
        self.pool = pool
        self.hostLine = "Host: \(key.endpoint.authority)\r\n"
    }

    var endpoint: OutboundEndpoint { self.key.endpoint }

    var isEmpty: Bool { self.connections == 0 && self.waiters.isEmpty }
    var oldestIdle: NIODeadline? { self.idle.first?.idleSince }

    /// What a waiting exchange waits for, for sentences.
    var awaited: String {
        self.connecting > 0
            ? "a connection to \(self.endpoint)"
            : "one of the \(self.connections) connections to \(self.endpoint), all busy"
    }

    // MARK: Exchanges

    func serve(_ exchange: OutboundExchange) {
        if let connection = self.idle.popLast() {
            self.pool.idleChanged(by: -1)
            connection.run(exchange)
            return
        }
        exchange.state = .waiting(self)
        if self.waiters.count >= self.pool.settings.waitersPerEndpoint {
            let sentence = "\(exchange.request.name): \(self.waiters.count) requests wait for \(self.endpoint) already"
            let error = OutboundError(.overloaded, sentence, safeToRetry: true)
            self.pool.loop.assumeIsolated().execute { exchange.finish(error) }
            return
        }
        self.waiters.append(exchange)
        self.openAsNeeded()
    }

    /// Sends an exchange again, on a connection that is made for it.
    func retry(_ exchange: OutboundExchange) {
        exchange.state = .waiting(self)
        self.open(for: exchange)
    }

    func withdraw(_ exchange: OutboundExchange) {
        if let index = self.waiters.firstIndex(where: { $0 === exchange }) { self.waiters.remove(at: index) }
    }

    // MARK: Connections

    private func openAsNeeded() {
        while self.connections < self.pool.settings.connectionsPerEndpoint, self.unclaimed < self.waiters.count,
            !self.pool.isShutDown
        {
            self.open(for: nil)
        }
    }

    /// - Parameter exchange: the one that the connection is for; nil when it is for the first in the queue.
    private func open(for exchange: OutboundExchange?) {
        self.connections += 1
        self.connecting += 1
        if exchange == nil { self.unclaimed += 1 }
        self.pool.connectionOpened()
        let loop = self.pool.loop.assumeIsolated()
        self.pool.connector.connect(for: self).assumeIsolated().whenComplete { result in
            switch result {
            case .success(let channel):
                self.attemptCompleted(for: exchange)
                self.connected(channel, for: exchange)
            case .failure(let error):
                // A connection can fail within the call that asked for it, whose caller has no exchange yet.
                loop.execute {
                    self.attemptCompleted(for: exchange)
                    self.failedToConnect(error, for: exchange)
                }
            }
        }
    }

    private func attemptCompleted(for exchange: OutboundExchange?) {
        self.connecting -= 1
        if exchange == nil { self.unclaimed -= 1 }
    }

    private func connected(_ channel: any Channel, for exchange: OutboundExchange?) {
        guard let connection = try? channel.pipeline.syncOperations.handler(type: OutboundConnection.self),
            channel.isActive, !self.pool.isShutDown
        else {
            channel.close(promise: nil)
            self.failedToConnect(ChannelError.eof, for: exchange)
            return
        }
        self.attempts[ObjectIdentifier(connection)] = nil
        connection.becomeReady()
        if let exchange, !exchange.isFinished {
            connection.run(exchange)
        } else {
            self.available(connection)
        }
    }

    private func failedToConnect(_ error: any Error, for exchange: OutboundExchange?) {
        self.connections -= 1
        if let exchange = exchange ?? self.waiters.popFirst(), !exchange.isFinished {
            exchange.finish(Connector.explain(error, request: exchange.request))
        }
        self.openAsNeeded()
        self.pool.connectionClosed(in: self)
    }

    /// A connection is free: new, or back from an exchange.
    func available(_ connection: OutboundConnection) {
        if let next = self.waiters.popFirst() {
            connection.run(next)
            return
        }
        connection.idleSince = .now()
        self.idle.append(connection)
        self.pool.idleChanged(by: 1)
        self.pool.scheduleSweep()
    }

    /// A connection has been closed, by either side.
    func closed(_ connection: OutboundConnection) {
        if let index = self.idle.lastIndex(where: { $0 === connection }) {
            self.idle.remove(at: index)
            self.pool.idleChanged(by: -1)
        }
        self.connections -= 1
        self.openAsNeeded()
        self.pool.connectionClosed(in: self)
    }

    func closeIdle(since limit: NIODeadline) {
        // The oldest are at the front; closing one removes it.
        while let oldest = self.idle.first, oldest.idleSince <= limit { oldest.abandon() }
    }

    func closeAll() {
        while let connection = self.idle.last { connection.abandon() }
        for attempt in Array(self.attempts.values) { attempt.abandon() }
    }

    // MARK: Attempts

    func attemptStarted(_ connection: OutboundConnection) { self.attempts[ObjectIdentifier(connection)] = connection }
    func attemptEnded(_ connection: OutboundConnection) { self.attempts[ObjectIdentifier(connection)] = nil }
}
