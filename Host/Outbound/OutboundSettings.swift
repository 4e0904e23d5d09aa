package import JackfieldNetwork
package import NIOCore
package import NIOPosix

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
    /// A PEM file of certificate authorities that are trusted besides those of the system.
    package var extraTrustRootsFile: String?
    /// What an address is for, nil for one that is globally reachable. Asked on the loop of the exchange for each
    /// address just before the connection to it is made; must not block. Tests let other addresses pass for public.
    package var purpose: @Sendable (IPAddress) -> SpecialPurpose? = { $0.refusal }
    /// Makes what resolves the name for one connection; nil for the system's resolver, which has threads of its own.
    package var resolver: (@Sendable (any EventLoop) -> any Resolver & Sendable)?

    package init() {}
}
