import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A server on an address of this machine that answers each request with the bytes and endings of a script, so that it can do what no
/// HTTP library would let it do.
final class Upstream: Sendable {
    struct Request: Sendable {
        var head: String
        var body: String
        /// 0 for the first request on its connection.
        var index: Int
        /// 0 for the first connection that the server accepted.
        var connection: Int

        var path: String { String(self.head.split(separator: " ")[1]) }
    }

    enum Action: Sendable {
        case write(String)
        case bytes([UInt8])
        /// Writes so many bytes as fast as the peer takes them.
        case flood(Int)
        case close
        /// Ends the connection with a TCP reset.
        case reset
        /// Ends the connection below TLS, without its farewell.
        case cut
        /// Says that the script has come so far.
        case reached(EventLoopPromise<Void>)
    }

    typealias Script = @Sendable (Request) -> [Action]

    let port: Int
    private let channel: any Channel
    private let accepted: Accepted

    final class Accepted: Sendable {
        let count = Atomic<Int>(0)
        let requests = Mutex<[Request]>([])
        let open = Mutex<[ObjectIdentifier: any Channel]>([:])
    }

    var connections: Int { self.accepted.count.load(ordering: .acquiring) }
    var requests: [Request] { self.accepted.requests.withLock { $0 } }

    init(
        on loop: any EventLoop, host: String = "127.0.0.1", port: Int = 0, tls: NIOSSLContext? = nil,
        script: @escaping Script
    ) async throws {
        let accepted = Accepted()
        self.accepted = accepted
        self.channel = try await ServerBootstrap(group: loop)
            .serverChannelOption(.backlog, value: 1024)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let number = accepted.count.wrappingAdd(1, ordering: .acquiringAndReleasing).oldValue
                    let id = ObjectIdentifier(channel)
                    let socket = SocketHandler()
                    try channel.pipeline.syncOperations.addHandler(socket)
                    accepted.open.withLock { $0[id] = channel }
                    channel.closeFuture.whenComplete { _ in accepted.open.withLock { $0[id] = nil } }
                    if let tls { try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls)) }
                    let handler = ScriptHandler(script: script, accepted: accepted, connection: number, socket: socket)
                    try channel.pipeline.syncOperations.addHandler(handler)
                }
            }
            .bind(host: host, port: port).get()
        self.port = self.channel.localAddress?.port ?? 0
    }

    /// Closes the connections that are open, and waits until they are.
    func closeConnections() async {
        for channel in self.accepted.open.withLock({ Array($0.values) }) { try? await channel.close().get() }
    }

    /// Writes what no request asked for.
    func writeToConnections(_ text: String) async {
        for channel in self.accepted.open.withLock({ Array($0.values) }) {
            try? await channel.writeAndFlush(ByteBuffer(string: text)).get()
        }
    }

    func stop() async {
        try? await self.channel.close().get()
        await self.closeConnections()
    }
}

/// Gives the script the socket below TLS.
private final class SocketHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    var context: ChannelHandlerContext?

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }
    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }
}

private final class ScriptHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let script: Upstream.Script
    private let accepted: Upstream.Accepted
    private let connection: Int
    private let socket: SocketHandler
    private var text = ""
    private var index = 0
    private var remainingFlood = 0

    init(script: @escaping Upstream.Script, accepted: Upstream.Accepted, connection: Int, socket: SocketHandler) {
        self.socket = socket
        self.script = script
        self.accepted = accepted
        self.connection = connection
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        self.text += String(buffer: Self.unwrapInboundIn(data))
        while let request = self.nextRequest() {
            self.accepted.requests.withLock { $0.append(request) }
            for action in self.script(request) { self.perform(action, context: context) }
        }
    }

    private func nextRequest() -> Upstream.Request? {
        let bytes = Array(self.text.utf8)
        let end = Array("\r\n\r\n".utf8)
        guard let split = bytes.indices.first(where: { bytes[$0...].starts(with: end) }) else { return nil }
        let head = String(decoding: bytes[..<split], as: UTF8.self)
        let field = head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-length: ") }
        let length = field.flatMap { Int($0.dropFirst("content-length: ".count)) } ?? 0
        guard bytes.count >= split + 4 + length else { return nil }
        let body = String(decoding: bytes[(split + 4)..<(split + 4 + length)], as: UTF8.self)
        self.text = String(decoding: bytes[(split + 4 + length)...], as: UTF8.self)
        defer { self.index += 1 }
        return Upstream.Request(head: head, body: body, index: self.index, connection: self.connection)
    }

    private func perform(_ action: Upstream.Action, context: ChannelHandlerContext) {
        switch action {
        case .write(let text):
            context.writeAndFlush(Self.wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
        case .bytes(let bytes):
            context.writeAndFlush(Self.wrapOutboundOut(ByteBuffer(bytes: bytes)), promise: nil)
        case .flood(let count):
            self.remainingFlood += count
            self.flood(context: context)
        case .close:
            context.close(promise: nil)
        case .reset:
            // Set at once, because this is the channel's own loop.
            _ = (context.channel as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0))
            self.socket.context?.close(promise: nil)
        case .cut:
            self.socket.context?.close(promise: nil)
        case .reached(let promise):
            promise.succeed(())
        }
    }

    private func flood(context: ChannelHandlerContext) {
        while self.remainingFlood > 0, context.channel.isWritable {
            let count = min(self.remainingFlood, 65_536)
            self.remainingFlood -= count
            context.writeAndFlush(Self.wrapOutboundOut(ByteBuffer(repeating: 0x78, count: count)), promise: nil)
        }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) { self.flood(context: context) }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
