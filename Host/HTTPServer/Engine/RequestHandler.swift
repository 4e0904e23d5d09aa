package import NIOHTTP1

/// The application behind the engine.
package protocol RequestHandler: Sendable {
    /// Answer one request. Runs as one task on the loop of its connection, and must not block.
    ///
    /// The task is cancelled when the client goes away, at the request's deadline and when the host must shut down;
    /// `ServerRequest.cancellationReason` tells which. In the last two cases the client still waits, and an answer
    /// within `ListenerSettings.cancellationGrace` reaches it. The next request of the connection starts when this
    /// method has returned. A client that leaves after a whole answer cancels nothing; but a drain does not wait for
    /// what is done after it.
    func handle(_ request: ServerRequest, _ response: ResponseWriter) async
}

/// Watches the engine, for metrics and the access log. Called on event loops; must not wait.
package protocol RequestObserver: Sendable {
    /// A connection was accepted.
    func connectionOpened()
    /// A connection ended; once for each that was opened.
    func connectionClosed()
    /// A request is over; once for each request of which at least one byte was understood or refused.
    func requestEnded(_ summary: RequestSummary)
}

/// What happened to one request.
package struct RequestSummary: Sendable {
    /// How a request ended. The raw value is the fixed short form for metric labels.
    package enum Outcome: String, Sendable, CaseIterable {
        /// The whole answer was handed to the socket.
        case complete
        /// The client went away first.
        case clientGone = "client_gone"
        /// The deadline passed first.
        case deadline
        /// The host shut down first.
        case shutdown
        /// The engine refused the request, or the application gave no whole answer.
        case error
    }

    /// Nil where the request line could not be read.
    package let method: HTTPMethod?
    /// Percent-encoded as sent, without the query; nil where the request line could not be read.
    package let path: String?
    /// `ResponseWriter.route`: one of few, fit for a metric label.
    package let route: String
    /// Nil if no answer was begun.
    package let status: Int?
    package let requestID: String
    /// From the end of the header section to the end of the answer.
    package let durationNanoseconds: Int64
    /// Bytes of the body received, after transfer decoding.
    package let bytesIn: Int
    /// Bytes handed to the connection: head, framing and body.
    package let bytesOut: Int
    package let outcome: Outcome
    /// What the engine refused, if it did.
    package let fault: RequestFault.Code?
}
