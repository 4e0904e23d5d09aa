import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// An upstream of OpenAI's dialect that costs little: every request gets the same whole answer after a pause, until it is
/// told to hang. Then it takes requests and answers none.
final class CompletionUpstream: Sendable {
    private let pause: TimeAmount
    private let state = Mutex((answers: 0, isHanging: false))

    init(pause: TimeAmount = .zero) { self.pause = pause }

    var answers: Int { state.withLock { $0.answers } }

    func hang() { state.withLock { $0.isHanging = true } }

    func listen(on group: any EventLoopGroup) async throws -> any Channel {
        try await ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 4096)
            .childChannelOption(.socketOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandlers([
                        ByteToMessageHandler(HTTPRequestDecoder()), CompletionHandler(upstream: self),
                    ])
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
    }

    fileprivate func answer(_ channel: any Channel) {
        let isHanging = state.withLock { state in
            if !state.isHanging { state.answers += 1 }
            return state.isHanging
        }
        if isHanging { return }
        guard pause > .zero else { return channel.writeAndFlush(Self.response, promise: nil) }
        channel.eventLoop.scheduleTask(in: pause) { channel.writeAndFlush(Self.response, promise: nil) }
    }

    /// The whole answer as it goes over the wire, about 400 bytes of JSON.
    private static let response: ByteBuffer = {
        let words = "The quick brown fox jumps over the lazy dog. The quick brown fox jumps over the lazy dog."
        let body = """
            {"id":"chatcmpl-1","object":"chat.completion","created":1700000000,"model":"gpt-4o-mini","choices":[{"index":0,\
            "message":{"role":"assistant","content":"\(words)"},"logprobs":null,"finish_reason":"stop"}],\
            "usage":{"prompt_tokens":12,"completion_tokens":20,"total_tokens":32}}
            """
        let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: \(body.utf8.count)\r\n\r\n"
        return ByteBuffer(string: head + body)
    }()
}

private final class CompletionHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart

    private let upstream: CompletionUpstream

    init(upstream: CompletionUpstream) { self.upstream = upstream }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .end = unwrapInboundIn(data) { upstream.answer(context.channel) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}

extension Channel {
    /// Where clients find an upstream that listens here.
    var baseURL: String { "http://127.0.0.1:\(localAddress?.port ?? 0)/v1" }
}
