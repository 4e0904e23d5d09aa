import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// Answers every request with one stream of OpenAI's dialect: a word at every tick of its clock.
final class StreamUpstream: Sendable {
    private let chunks: Int
    private let interval: TimeAmount
    private let open = Mutex((now: 0, most: 0))

    init(chunks: Int, interval: TimeAmount) {
        self.chunks = chunks
        self.interval = interval
    }

    /// How many streams were under way at once, at most.
    var mostOpen: Int { open.withLock { $0.most } }

    static func word(_ index: Int) -> String { " word\(index)" }

    func listen(on group: any EventLoopGroup) async throws -> any Channel {
        try await ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 4096)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandler(StreamHandler(upstream: self))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
    }

    fileprivate func begin(_ channel: any Channel) {
        open.withLock {
            $0.now += 1
            $0.most = max($0.most, $0.now)
        }
        let headers: HTTPHeaders = ["content-type": "text/event-stream", "transfer-encoding": "chunked"]
        channel.writeAndFlush(
            HTTPServerResponsePart.head(HTTPResponseHead(version: .http1_1, status: .ok, headers: headers)),
            promise: nil)
        tick(channel, 0)
    }

    private func tick(_ channel: any Channel, _ index: Int) {
        guard channel.isActive else { return open.withLock { $0.now -= 1 } }
        channel.eventLoop.scheduleTask(in: interval) { [self] in
            guard index < chunks else { return finish(channel) }
            write(
                #"[{"index":0,"delta":{"content":"\#(Self.word(index))"},"finish_reason":null}]"#, to: channel)
            tick(channel, index + 1)
        }
    }

    private func finish(_ channel: any Channel) {
        write(#"[{"index":0,"delta":{},"finish_reason":"stop"}]"#, to: channel)
        write(
            #"[],"usage":{"prompt_tokens":5,"completion_tokens":\#(chunks),"total_tokens":\#(chunks + 5)}"#, to: channel
        )
        channel.write(Self.event("[DONE]"), promise: nil)
        channel.writeAndFlush(HTTPServerResponsePart.end(nil), promise: nil)
        open.withLock { $0.now -= 1 }
    }

    private func write(_ choices: String, to channel: any Channel) {
        let head = #""id":"c","object":"chat.completion.chunk","created":1700000000,"model":"gpt-4o-mini""#
        channel.writeAndFlush(Self.event("{\(head),\"choices\":\(choices)}"), promise: nil)
    }

    private static func event(_ data: String) -> HTTPServerResponsePart {
        .body(.byteBuffer(ByteBuffer(string: "data: \(data)\n\n")))
    }
}

private final class StreamHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart

    private let upstream: StreamUpstream

    init(upstream: StreamUpstream) { self.upstream = upstream }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .end = unwrapInboundIn(data) { upstream.begin(context.channel) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
