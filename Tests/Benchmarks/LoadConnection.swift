import NIOCore
import TestSupport

/// One connection of a load generator: writes a request as bytes and reads of its answer the status and the length, and
/// no more than that. Confined to its loop.
final class LoadConnection: ChannelInboundHandler, @unchecked Sendable {
    typealias InboundIn = ByteBuffer

    private let channel: any Channel
    private var received = ByteBuffer()
    private var done: ((_ status: Int) -> Void)?
    private(set) var isOpen = true

    init(_ channel: any Channel) { self.channel = channel }

    /// - Parameters:
    ///   - prompt: without quotes and control characters.
    ///   - done: is told the status, or 0 if the connection ended without an answer.
    func ask(_ prompt: String, done: @escaping (_ status: Int) -> Void) {
        guard isOpen else { return done(0) }
        self.done = done
        let body = """
            {"model":"gpt-4o-mini","messages":[{"role":"system","content":"You are a helpful assistant."},\
            {"role":"user","content":"\(prompt)"}]}
            """
        let head = """
            POST /v1/chat/completions HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\n\
            content-length: \(body.utf8.count)\r\n\r\n
            """
        channel.writeAndFlush(ByteBuffer(string: head + body), promise: nil)
    }

    func close() { channel.close(promise: nil) }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        received.writeBuffer(&bytes)
        guard let status = Self.status(ofWhole: received) else { return }
        received.clear()
        end(status)
    }

    func channelInactive(context: ChannelHandlerContext) {
        isOpen = false
        end(0)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    private func end(_ status: Int) {
        let done = done
        self.done = nil
        done?(status)
    }

    /// Nil while some of the answer is missing. The host gives the length of every answer that is not a stream.
    private static func status(ofWhole bytes: ByteBuffer) -> Int? {
        let view = bytes.readableBytesView
        guard let end = view.firstRange(of: "\r\n\r\n".utf8) else { return nil }
        for line in view[..<end.lowerBound].split(separator: UInt8(ascii: "\n")).dropFirst() {
            let text = String(decoding: line, as: UTF8.self).lowercased()
            guard text.hasPrefix("content-length:"), let length = Int(text.dropFirst(15).filter(\.isNumber)) else {
                continue
            }
            guard view.distance(from: end.upperBound, to: view.endIndex) >= length else { return nil }
            return Int(String(decoding: view.dropFirst(9).prefix(3), as: UTF8.self))
        }
        return nil
    }
}
