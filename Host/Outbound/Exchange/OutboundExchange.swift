import EventLoops
import NIOCore

/// One request on its way. Bound to the event loop on which it was started: everything here must be called there.
package final class OutboundExchange {
    enum State {
        /// In the endpoint's queue, or promised a connection that is being made.
        case waiting(EndpointPool)
        case running(OutboundConnection)
        /// The response is complete and its connection served others since; the receiver has not taken all of it yet.
        case draining
        /// Over, or its end is on its way to the receiver.
        case ended
    }

    let request: OutboundRequest
    var state: State = .ended
    /// The place in the loop's deadline wheel, given back when the exchange ends.
    var deadlineTicket: DeadlineWheel<OutboundExchange>.Ticket?
    private(set) var receiver: (any OutboundReceiver)?
    private let pool: LoopPool
    /// Where the response has a content coding.
    private var decoded: DecodedBody?

    init(request: OutboundRequest, receiver: any OutboundReceiver, pool: LoopPool) {
        self.request = request
        self.receiver = receiver
        self.pool = pool
    }

    package var isFinished: Bool { self.receiver == nil }

    /// Gives the exchange up: its connection is closed within this tick, and the receiver hears `finished` with the code
    /// `cancelled` before this returns. Does nothing once the exchange is over or has failed by itself.
    package func cancel() {
        self.fail { OutboundError(.cancelled, "\($0.request.name) was cancelled \($0.phase)", safeToRetry: $1) }
    }

    /// Reads on after the receiver has answered a body with false. Does nothing otherwise.
    package func resume() {
        if let decoded = self.decoded { decoded.resume() } else { self.readOn() }
    }

    /// Lets the connection read on where it was paused.
    func readOn() {
        if case .running(let connection) = self.state { connection.resume() }
    }

    // MARK: What its connection brings

    /// Expects a body with a content coding, which the receiver is spared.
    func decode(_ coding: ContentCoding) {
        self.decoded = DecodedBody(coding, of: self, on: self.pool.loop)
    }

    /// - Returns: whether to read on.
    func take(_ bytes: ByteBuffer, for receiver: any OutboundReceiver) -> Bool {
        guard let decoded = self.decoded else { return receiver.received(body: bytes) }
        return decoded.take(bytes)
    }

    /// The response is complete, and its connection has let go of the exchange.
    func complete() {
        guard let decoded = self.decoded else { return self.finish(nil) }
        self.state = .draining
        decoded.end()
        self.receiver?.settled()
    }

    /// Ends the exchange for what its body turned out to be.
    func fail(_ fault: ResponseFault) {
        self.fail { exchange, safe in ConnectionFailure(fault).error(of: exchange.request, phase: exchange.phase) }
    }

    // MARK: Ends

    /// Ends a waiting or running exchange from outside its connection.
    ///
    /// - Parameter error: made from the exchange and from whether it is certain that the upstream got nothing.
    func fail(_ error: (OutboundExchange, Bool) -> OutboundError) {
        guard !self.isFinished else { return }
        switch self.state {
        case .waiting(let endpoint):
            let error = error(self, true)
            endpoint.withdraw(self)
            self.finish(error)
        case .running(let connection):
            let error = error(self, false)
            connection.abandon()
            self.finish(error)
        case .draining: self.finish(error(self, false))
        case .ended: return
        }
    }

    /// Ends the exchange. The connection and the queue have let go of it already.
    func finish(_ error: OutboundError?) {
        guard let receiver = self.receiver else { return }
        self.receiver = nil
        self.decoded = nil
        self.state = .ended
        self.pool.ended(self)
        receiver.finished(error)
        receiver.settled()
    }

    /// Where the exchange stands, for sentences.
    var phase: String {
        switch self.state {
        case .waiting(let endpoint): "while it waited for \(endpoint.awaited)"
        case .running(let connection):
            connection.hasHead ? "while the response body was read" : "while it waited for the response head"
        case .draining: "while the response body was decoded"
        case .ended: "before it was started"
        }
    }
}
