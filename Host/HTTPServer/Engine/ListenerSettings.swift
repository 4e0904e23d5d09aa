/// What the listener is told by the code that starts it. Sizes are bytes.
package struct ListenerSettings: Sendable {
    /// A numeric address or a name that resolves to one of this machine; no brackets around IPv6.
    package var host: String
    /// 0 lets the system choose.
    package var port: Int
    /// Connections that the kernel keeps before they are accepted.
    package var backlog = 4096
    /// Connections at the same time; one more is closed as soon as it is accepted.
    package var maxConnections = 50_000

    /// The request target, as sent.
    package var maxTargetBytes = 8 * 1024
    /// All header names and values of a request, and the target.
    package var maxHeaderBytes = 64 * 1024
    /// Header fields of a request, trailers included.
    package var maxHeaderCount = 128
    /// The body after transfer decoding.
    package var maxBodyBytes = 16 * 1024 * 1024

    /// From the connection, or the first byte of a later request, to the end of its header section.
    package var headerTimeout: Duration = .seconds(15)
    /// From the end of the header section to the end of the body.
    package var bodyTimeout: Duration = .seconds(60)
    /// How long a connection without a request is kept.
    package var idleTimeout: Duration = .seconds(75)
    /// From the whole request to the whole answer; then the request is cancelled.
    package var requestTimeout: Duration = .seconds(600)
    /// How long a cancelled request may take to answer before the engine answers for it.
    package var cancellationGrace: Duration = .seconds(2)
    /// How long a client that is sent an answer may read none of it. While the application streams, the request's own
    /// deadline counts instead.
    package var sendTimeout: Duration = .seconds(60)
    /// How long input is discarded after an answer that refused it, so that the answer is not lost to a reset
    /// (RFC 9112, section 9.6).
    package var lingerTimeout: Duration = .seconds(2)

    package var crossOrigin: CrossOriginPolicy = .none

    package init(host: String, port: Int) {
        self.host = host
        self.port = port
    }
}
