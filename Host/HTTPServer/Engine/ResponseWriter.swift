import EventLoops
package import NIOCore
package import NIOHTTP1

/// Why an answer cannot be written further.
package struct ResponseError: Error, Sendable, Equatable, CustomStringConvertible {
    package let reason: CancellationReason

    package var description: String {
        switch reason {
        case .clientGone: "the client closed the connection before the answer was complete"
        case .deadline: "the request's deadline passed before the answer was complete"
        case .shutdown: "the host shut down before the answer was complete"
        }
    }
}

/// Writes the answer to one request: `send` for a whole one, or `begin`, any number of `write` and `flush`, and `end`.
///
/// To be used on the request's loop, which is where the request's task runs. After the client went away, or the engine
/// answered for a task that was cancelled and did not, everything but `flush` has no effect.
package final class ResponseWriter: @unchecked Sendable {
    enum Phase { case waiting, streaming, ended }

    /// The template of the route that was taken, fit for a metric label: `/api/v1/runs/{id}`.
    package var route = "other"

    let request: ServerRequest
    let bytesIn: Int
    let keepAlive: Bool
    let isModern: Bool
    let origin: String?
    let connection: Connection
    private let loop: any EventLoop

    // What the connection keeps about this request.
    var phase = Phase.waiting
    var framing = ResponseFraming.none
    var isDetached = false
    var hasReturned = false
    var isReported = false
    var closesConnection = false
    var fault: RequestFault.Code?
    var status: Int?
    var bytesOut = 0
    var task: Task<Void, Never>?
    /// How much of a body of known length is still to come.
    var bytesLeft = 0
    private var waiter: UnsafeContinuation<Void, Never>?

    init(_ incoming: IncomingRequest, request: ServerRequest, connection: Connection) {
        self.request = request
        bytesIn = incoming.bytesIn
        keepAlive = incoming.keepAlive
        isModern = incoming.isModern
        origin = incoming.origin
        self.connection = connection
        loop = request.executor.loop
    }

    /// Whether a status has been sent; then an error can only be told inside the body.
    package var hasBegun: Bool { phase != .waiting }

    /// Answer at once. `content-length`, `date`, `x-request-id` and `connection` are added.
    ///
    /// The answer to a HEAD request has the length but not the body. Has no effect if an answer was begun.
    package func send(
        _ status: HTTPResponseStatus, contentType: String? = nil, headers: HTTPHeaders = HTTPHeaders(), body: ByteBuffer
    ) {
        loop.preconditionInEventLoop()
        guard !isDetached, phase == .waiting else { return }
        phase = .ended
        connection.write(
            self, status, contentType: contentType, headers: headers, framing: .length(body.readableBytes), body: body)
    }

    /// Begin a streamed answer: chunked, or of `contentLength` bytes. Nothing leaves before `flush` or `end`.
    ///
    /// Has no effect if an answer was begun.
    package func begin(
        _ status: HTTPResponseStatus, contentType: String? = nil, headers: HTTPHeaders = HTTPHeaders(),
        contentLength: Int? = nil
    ) {
        loop.preconditionInEventLoop()
        guard !isDetached, phase == .waiting else { return }
        phase = .streaming
        bytesLeft = contentLength ?? .max
        let framing = contentLength.map { ResponseFraming.length($0) } ?? (isModern ? .chunked : .untilClose)
        connection.write(self, status, contentType: contentType, headers: headers, framing: framing, body: nil)
    }

    /// Append to a streamed body. Kept until `flush` or `end`: all writes between two flushes travel as one chunk.
    ///
    /// What exceeds a `contentLength` is dropped.
    package func write(_ bytes: ByteBuffer) {
        write(bytes.readableBytesView)
    }

    package func write(_ bytes: some Collection<UInt8>) {
        loop.preconditionInEventLoop()
        guard !isDetached, phase == .streaming else { return }
        connection.append(self, bytes)
    }

    package func write(_ text: StaticString) {
        write(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Bytes written and not yet flushed.
    package var bufferedBytes: Int { isDetached ? 0 : connection.bufferedBytes }

    /// Send what was written, and wait while the client does not keep up.
    ///
    /// - Throws: `ResponseError` if the client is gone, or if the request was cancelled while the client did not read.
    package func flush() async throws(ResponseError) {
        loop.preconditionInEventLoop()
        guard !isDetached else { throw gone }
        if phase == .streaming { connection.flushStream(self) }
        while !isDetached && !connection.isWritable {
            if let reason = request.cancellationReason { throw ResponseError(reason: reason) }
            if Task.isCancelled { throw ResponseError(reason: .clientGone) }
            await untilWritable()
        }
        if isDetached { throw gone }
    }

    /// End a streamed answer. Bytes that a `contentLength` promised and that did not come close the connection.
    package func end() {
        loop.preconditionInEventLoop()
        guard !isDetached, phase == .streaming else { return }
        phase = .ended
        connection.endStream(self)
    }

    private var gone: ResponseError { ResponseError(reason: request.cancellationReason ?? .clientGone) }

    private func untilWritable() async {
        let loop = loop
        await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                // Cancelled before there was anything to wake: the loop of the caller sees it.
                if Task.isCancelled { continuation.resume() } else { waiter = continuation }
            }
        } onCancel: {
            // From whatever thread cancels, to the loop that owns the continuation.
            loop.execute { self.wake() }
        }
    }

    /// The connection became writable, or never will.
    func wake() {
        waiter.take()?.resume()
    }
}
