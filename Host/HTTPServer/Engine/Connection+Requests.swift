import EventLoops
import NIOCore
import NIOHTTP1
import Telemetry

// From the parts of a request to the application, and what comes of it.
extension Connection {
    func take(_ part: HTTPServerRequestPart) {
        switch part {
        case .head(let head): takeHead(head)
        case .body(let bytes): takeBody(bytes)
        case .end: takeEnd()
        }
    }

    private func takeHead(_ head: HTTPRequestHead) {
        let time = now
        state = .receiving
        let request = IncomingRequest(head, received: time, newID: room.newRequestID)
        incoming = request
        do {
            try request.validate(shared.settings)
        } catch {
            refuse(error)
            return
        }
        // Without a body the end follows at once, and sets the deadline.
        guard request.hasBody else { return }
        setDeadline(in: shared.bodyTimeout, from: time)
        if request.expectsContinue {
            out.writeStaticString("HTTP/1.1 100 Continue\r\n\r\n")
            emit()
        }
    }

    private func takeBody(_ bytes: ByteBuffer) {
        guard state == .receiving else { return }
        let total = body.readableBytes + bytes.readableBytes
        incoming?.bytesIn = total
        guard total <= shared.settings.maxBodyBytes else {
            refuse(.body(shared.settings.maxBodyBytes))
            return
        }
        if body.readableBytes == 0 {
            // Nearly always the whole body: a view of what was read, not a copy.
            body = bytes
            return
        }
        // A promise of a large body is no reason to set memory aside for it; doubling follows what really comes.
        if body.capacity < total { body.reserveCapacity(min(incoming?.contentLength ?? 0, 2 * total)) }
        body.writeImmutableBuffer(bytes)
    }

    private func takeEnd() {
        guard state == .receiving, let request = incoming.take() else { return }
        let bytes = body
        body = ByteBuffer()
        state = .handling
        if request.isPreflight && shared.settings.crossOrigin != .none {
            answerPreflight(request)
            return
        }
        let start = request.contentLength == nil ? request.received : now
        let (sum, overflow) = start.nanoseconds.addingReportingOverflow(shared.requestTimeout)
        let deadline = overflow ? Int64.max : sum
        let server = ServerRequest(
            request, body: bytes, remoteAddress: remoteAddress, deadline: MonotonicTime(nanoseconds: deadline),
            executor: room.executor)
        let writer = ResponseWriter(request, request: server, connection: self)
        active = writer
        room.setDeadline(slot, deadline)
        let handler = shared.handler
        let task = room.executor.run {
            await handler.handle(server, writer)
            writer.returned()
        }
        if !writer.hasReturned { writer.task = task }
    }

    /// The application's task is over.
    func applicationReturned(_ writer: ResponseWriter) {
        writer.task = nil
        guard !writer.isReported else { return }
        switch writer.phase {
        case .ended: break
        case .waiting:
            let sentence = "The server did not produce an answer; this is a defect of the server, not of the request."
            answer(writer, RequestFault(.unanswered, sentence))
        case .streaming:
            // The client must not take half an answer for a whole one.
            abort(writer)
            return
        }
        report(writer)
        active = nil
        guard state == .handling else { return }
        if writer.closesConnection || room.isDraining {
            closeAfterOutput(lingers: !queue.isEmpty)
        } else {
            becomeIdle()
        }
    }

    /// Ask the application to come to an end while the client still waits.
    func cancel(_ writer: ResponseWriter, _ reason: CancellationReason) {
        guard writer.request.cancellationReason == nil else { return }
        setDeadline(in: shared.grace)
        writer.request.cancelled(reason)
        writer.wake()
        writer.task?.cancel()
    }

    /// The client is gone: nothing that the application does for this request reaches anybody.
    ///
    /// What it still does after a whole answer is not for this client, who may well leave when it has what it wanted.
    func abandon(_ writer: ResponseWriter) {
        active = nil
        if writer.phase == .ended {
            report(writer)
            writer.isDetached = true
            return
        }
        writer.request.cancelled(.clientGone)
        report(writer)
        writer.isDetached = true
        writer.wake()
        writer.task?.cancel()
    }

    /// The application had its time: answer for it, or cut the answer off where it stands.
    func overrule(_ writer: ResponseWriter) {
        guard writer.phase == .waiting else {
            abort(writer)
            return
        }
        let fault =
            writer.request.cancellationReason == .shutdown
            ? RequestFault(.shuttingDown, "The server is shutting down; send the request again.")
            : RequestFault(.deadline, "The request was not answered within the time that this server allows.")
        answer(writer, fault)
        report(writer)
        active = nil
        writer.isDetached = true
        closeAfterOutput(lingers: false)
    }

    /// Close in the middle of an answer and take the writer from the application.
    private func abort(_ writer: ResponseWriter) {
        active = nil
        report(writer)
        writer.isDetached = true
        state = .closing
        dropOpenChunk()
        emit()
        context?.close(promise: nil)
    }
}

extension ResponseWriter {
    fileprivate func returned() {
        hasReturned = true
        connection.applicationReturned(self)
    }
}
