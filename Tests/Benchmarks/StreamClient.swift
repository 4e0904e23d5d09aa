import Foundation
import JackfieldJSON
import NIOCore
import NIOHTTP1
import NIOPosix
import TestSupport

/// What one client of a stream got.
struct StreamOutcome: Sendable {
    var status = 0
    var body: [UInt8] = []
    /// Why the answer did not come to its end.
    var failure: String?

    /// Nil if every word came in order, and the end after them.
    func fault(wanted: String) -> String? {
        if let failure { return failure }
        let text = String(decoding: body, as: UTF8.self)
        guard status == 200 else { return "status \(status): \(text.prefix(300))" }
        let events = text.components(separatedBy: "\n\n").filter { $0.hasPrefix("data: ") }.map { $0.dropFirst(6) }
        guard events.last == "[DONE]" else { return "the stream ended without [DONE]: \(text.suffix(300))" }
        let words = events.dropLast().map { event in
            (try? JSON(parsing: Array(event.utf8)))?["choices"]?[0]?["delta"]?["content"]?.string ?? ""
        }.joined()
        return words == wanted ? nil : "it got \"\(words)\" in place of \"\(wanted)\""
    }
}

/// Asks for one stream and keeps all that comes.
final class StreamClient: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundOut = HTTPClientRequestPart

    private static let body =
        #"{"model":"gpt-4o-mini","stream":true,"messages":[{"role":"user","content":"Hello, who are you?"}]}"#

    private var outcome = StreamOutcome()
    private var done: EventLoopPromise<StreamOutcome>?

    private init(done: EventLoopPromise<StreamOutcome>) { self.done = done }

    static func ask(port: Int, on group: any EventLoopGroup) async -> StreamOutcome {
        let done = group.next().makePromise(of: StreamOutcome.self)
        do {
            _ = try await ClientBootstrap(group: done.futureResult.eventLoop)
                .connectTimeout(.seconds(60))
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHTTPClientHandlers()
                        try channel.pipeline.syncOperations.addHandler(StreamClient(done: done))
                    }
                }
                .connect(host: "127.0.0.1", port: port).get()
        } catch {
            // Where the connection never was, its handler ends with it and says nothing.
            done.succeed(StreamOutcome(failure: "no connection: \(error)"))
        }
        return (try? await done.futureResult.get()) ?? StreamOutcome(failure: "no answer")
    }

    func channelActive(context: ChannelHandlerContext) {
        let headers: HTTPHeaders = [
            "host": "127.0.0.1", "content-type": "application/json", "content-length": "\(Self.body.utf8.count)",
        ]
        context.write(
            wrapOutboundOut(
                .head(HTTPRequestHead(version: .http1_1, method: .POST, uri: "/v1/chat/completions", headers: headers))),
            promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: Self.body)))), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): outcome.status = Int(head.status.code)
        case .body(let bytes): outcome.body += bytes.readableBytesView
        case .end:
            end(nil)
            context.close(promise: nil)
        }
    }

    func channelInactive(context: ChannelHandlerContext) { end("the connection ended in the middle of the answer") }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        end("\(error)")
        context.close(promise: nil)
    }

    private func end(_ failure: String?) {
        outcome.failure = failure
        done?.succeed(outcome)
        done = nil
    }
}
