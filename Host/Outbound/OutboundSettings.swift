package import NIOCore

/// What code passes to an `OutboundClient`; all limits are per exchange or per event loop, as said.
package struct OutboundSettings: Sendable {
    /// Bounds name resolution and the TCP connection together, and after them the TLS handshake.
    package var connectTimeout: TimeAmount = .seconds(10)
    /// A connection without an exchange is closed after this time.
    package var idleTimeout: TimeAmount = .seconds(60)
    /// The most connections that one event loop keeps to one endpoint, connecting ones included.
    package var connectionsPerEndpoint = 2048
    /// The most exchanges of one event loop that wait for a connection to one endpoint; further ones fail as overloaded.
    package var waitersPerEndpoint = 4096
    /// The most bytes of a response head, its status line included, and of the trailers after a chunked body.
    package var responseHeadBytes = 64 * 1024
    /// The most bytes of one response body.
    package var responseBodyBytes = 64 * 1024 * 1024
    /// A PEM file of certificate authorities that are trusted besides those of the system.
    package var extraTrustRootsFile: String?
    /// Asked for each resolved address just before the connection to it is made, on the loop of the exchange; must not
    /// block. The name has been resolved, no packet has been sent: what it refuses is never contacted.
    package var admitsAddress: @Sendable (SocketAddress) -> Bool = { _ in true }

    package init() {}
}
