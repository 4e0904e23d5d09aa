import NIOCore
import NIOHTTP1
import Telemetry

// Deadlines, the end of connections, and the account of requests.
extension Connection {
    /// The deadline that was set last has passed.
    func deadlinePassed() {
        switch state {
        case .idle:
            if isTakingAnswer() { return }
            guard isHeadStarted else {
                context?.close(promise: nil)
                return
            }
            let limit = shared.settings.headerTimeout
            refuse(RequestFault(.headerTimeout, "The header section of the request was not complete within \(limit)."))
        case .receiving:
            refuse(
                RequestFault(
                    .bodyTimeout, "The body of the request was not complete within \(shared.settings.bodyTimeout)."))
        case .handling:
            guard let active else { return }
            if active.request.cancellationReason == nil { cancel(active, .deadline) } else { overrule(active) }
        case .closing where isTakingAnswer(): break
        case .closing, .lingering: context?.close(promise: nil)
        case .closed: break
        }
    }

    /// Whether the client took some of what is written since a deadline passed last; then it gets more time.
    private func isTakingAnswer() -> Bool {
        let unsent = countUnsent()
        defer { unsentBytes = unsent }
        guard unsent > 0, unsent < unsentBytes, !room.isShutDown else { return false }
        setDeadline(in: shared.sendTimeout)
        return true
    }

    /// Bytes that the kernel has not accepted yet.
    private func countUnsent() -> Int {
        (try? context?.channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
    }

    /// No further request on this connection.
    func drain() {
        // A head that has begun to arrive is refused by the close, as on any server that ends; the client sends it again.
        if state == .idle && queue.isEmpty { closeAfterOutput(lingers: false) }
    }

    /// The host's own deadline passed.
    func shutDown() {
        switch state {
        case .handling:
            guard let active else { return }
            // A grace that runs already is not given twice.
            if active.request.cancellationReason == nil { cancel(active, .shutdown) }
        case .idle, .receiving, .closing, .lingering: context?.close(promise: nil)
        case .closed: break
        }
    }

    /// Close when the client has what was written.
    ///
    /// With `lingers`, what the client still sends is read and dropped for a while: to close over unread input makes the
    /// kernel send a reset, which can destroy the answer before the client has read it.
    func closeAfterOutput(lingers: Bool) {
        guard let context, state != .closing, state != .lingering, state != .closed else { return }
        state = .closing
        queue.removeAll()
        queuedBytes = 0
        setDeadline(in: room.isShutDown ? min(shared.grace, shared.sendTimeout) : shared.sendTimeout)
        let sent = context.eventLoop.makePromise(of: Void.self)
        sent.futureResult.assumeIsolated().whenComplete { _ in
            guard self.state == .closing, let context = self.context else { return }
            guard lingers else {
                context.close(promise: nil)
                return
            }
            self.state = .lingering
            self.setDeadline(in: self.room.isShutDown ? 0 : self.shared.lingerTimeout)
            context.close(mode: .output, promise: nil)
        }
        emit(promise: sent)
        unsentBytes = countUnsent()
        // Reading that was held back goes on, or the client's close would not be seen.
        resumeReading()
    }

    // MARK: Account

    /// Tell the observer, once.
    func report(_ writer: ResponseWriter) {
        guard !writer.isReported else { return }
        writer.isReported = true
        let outcome: RequestSummary.Outcome =
            switch writer.request.cancellationReason {
            case .clientGone: .clientGone
            case .deadline: .deadline
            case .shutdown: .shutdown
            case nil where writer.fault != nil || writer.phase != .ended: .error
            case nil: writer.isShort ? .error : .complete
            }
        let request = writer.request
        shared.observer.requestEnded(
            RequestSummary(
                method: request.method, path: request.path, route: writer.route, status: writer.status,
                requestID: request.requestID, durationNanoseconds: now - request.received, bytesIn: writer.bytesIn,
                bytesOut: writer.bytesOut, outcome: outcome, fault: writer.fault))
    }

    /// Tell the observer of a request that the application never saw.
    func reportUnhandled(
        _ request: IncomingRequest, status: Int?, bytesOut: Int, outcome: RequestSummary.Outcome,
        fault: RequestFault.Code?
    ) {
        shared.observer.requestEnded(
            RequestSummary(
                method: request.method, path: String(request.target.prefix { $0 != "?" }), route: "other",
                status: status,
                requestID: request.requestID, durationNanoseconds: now - request.received, bytesIn: request.bytesIn,
                bytesOut: bytesOut, outcome: outcome, fault: fault))
    }
}

extension ResponseWriter {
    /// Fewer bytes came than the head promised.
    fileprivate var isShort: Bool {
        if case .length = framing, sendsBody { return bytesLeft > 0 && bytesLeft < .max } else { return false }
    }
}

extension RequestFault {
    /// What the decoder found.
    init(decoding error: HTTPParserError, _ settings: ListenerSettings) {
        switch error {
        case .headerOverflow:
            self.init(
                .headersTooLarge,
                "The header section is larger than \(settings.maxHeaderBytes) bytes or \(settings.maxHeaderCount) fields."
            )
        case .invalidVersion: self.init(.unsupportedVersion, "This server speaks HTTP/1.1 and HTTP/1.0.")
        case .invalidMethod:
            self.init(.malformed, "The request line does not begin with a method that this server knows.")
        case .invalidContentLength, .unexpectedContentLength:
            self.init(.malformed, "Content-Length is not one number, or stands beside Transfer-Encoding.")
        case .invalidChunkSize:
            self.init(.malformed, "A chunk of the body does not begin with its size in hexadecimal digits.")
        case .invalidHeaderToken: self.init(.malformed, "A header field has a byte that is not allowed there.")
        case .invalidURL:
            self.init(.malformed, "The request target has a byte that is not allowed there; encode it by percent.")
        default: self.init(.malformed, "The request is not HTTP/1.1 as RFC 9112 defines it.")
        }
    }
}
