import JackfieldNetwork
import NIOCore

/// The handler next to the socket. It decides whether the resolved address may be contacted, and it can close the socket
/// past everything above it.
final class SocketEdge: ChannelOutboundHandler {
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let key: PoolKey
    private let purpose: @Sendable (IPAddress) -> SpecialPurpose?
    private var context: ChannelHandlerContext?

    init(_ key: PoolKey, purpose: @escaping @Sendable (IPAddress) -> SpecialPurpose?) {
        self.key = key
        self.purpose = purpose
    }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }
    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    /// The place where the address is decided: resolution is over, nothing has been sent, and what is judged is what the
    /// socket is given. Checking the name before would leave a gap in which its address can change (DNS rebinding).
    func connect(context: ChannelHandlerContext, to address: SocketAddress, promise: EventLoopPromise<Void>?) {
        if let error = self.key.addresses.objection(to: address, of: self.key.endpoint, purpose: self.purpose) {
            promise?.fail(error)
            return
        }
        context.connect(to: address, promise: promise)
    }

    /// Closes the socket at once, without the TLS farewell, which would wait for the peer's.
    func closeNow() { self.context?.close(promise: nil) }
}
