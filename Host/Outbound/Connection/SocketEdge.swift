import NIOCore

/// The handler next to the socket. It decides whether the resolved address may be contacted, and it can close the socket
/// past everything above it.
final class SocketEdge: ChannelOutboundHandler {
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let endpoint: OutboundEndpoint
    private let admits: @Sendable (SocketAddress) -> Bool
    private var context: ChannelHandlerContext?

    init(endpoint: OutboundEndpoint, admits: @escaping @Sendable (SocketAddress) -> Bool) {
        self.endpoint = endpoint
        self.admits = admits
    }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }
    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    /// The place where the address is decided: resolution is over, nothing has been sent. Checking the name instead would
    /// leave a gap in which its address can change.
    func connect(context: ChannelHandlerContext, to address: SocketAddress, promise: EventLoopPromise<Void>?) {
        guard self.admits(address) else {
            let shown = address.ipAddress ?? "an address that is not IP"
            let sentence = "\(self.endpoint) leads to \(shown), to which connections are not permitted"
            promise?.fail(OutboundError(.forbidden, sentence, safeToRetry: true))
            return
        }
        context.connect(to: address, promise: promise)
    }

    /// Closes the socket at once, without the TLS farewell, which would wait for the peer's.
    func closeNow() { self.context?.close(promise: nil) }
}
