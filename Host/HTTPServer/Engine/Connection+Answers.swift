import NIOCore
import NIOHTTP1

// From what the application or the engine says to bytes.
extension Connection {
    var bufferedBytes: Int { out.readableBytes }

    /// Write a head, and the whole body where it is known.
    func write(
        _ writer: ResponseWriter, _ status: HTTPResponseStatus, contentType: String?, headers: HTTPHeaders,
        framing asked: ResponseFraming, body: ByteBuffer?
    ) {
        let code = Int(status.code)
        let hasNoBody = code < 200 || code == 204 || code == 304
        let framing = hasNoBody ? ResponseFraming.none : asked
        let policy = shared.settings.crossOrigin
        writer.status = code
        writer.framing = framing
        writer.closesConnection =
            writer.closesConnection || !writer.keepAlive || room.isDraining || framing == .untilClose
        let before = out.readableBytes
        out.writeResponseHead(
            status, contentType: contentType, headers: headers,
            envelope: ResponseEnvelope(
                framing: framing, closes: writer.closesConnection, saysKeepAlive: !writer.isModern,
                requestID: writer.request.requestID, allowedOrigin: writer.origin.flatMap(policy.allowed),
                variesByOrigin: policy.varies), date: room.dateLine(now))
        writer.bytesOut += out.readableBytes - before
        guard let body else { return }
        if writer.sendsBody { append(whole: body, writer) }
        release()
    }

    private func append(whole body: ByteBuffer, _ writer: ResponseWriter) {
        writer.bytesOut += body.readableBytes
        if body.readableBytes <= Self.gathered {
            out.writeImmutableBuffer(body)
        } else {
            // Large enough that a copy costs more than a second piece in the same system call.
            giveWithoutFlush(out)
            out.clear()
            giveWithoutFlush(body)
            needsEmit = true
            flushGiven()
        }
    }

    private func giveWithoutFlush(_ bytes: ByteBuffer) {
        guard bytes.readableBytes > 0 else { return }
        context?.write(wrapOutboundOut(bytes), promise: nil)
    }

    private func flushGiven() {
        needsEmit = false
        context?.flush()
    }

    // MARK: Streams

    /// Room for a chunk's size, which is known when the chunk ends: up to 8 hexadecimal digits and the line's end.
    private static let chunkPrefix = 10

    func append(_ writer: ResponseWriter, _ bytes: some Collection<UInt8>) {
        guard writer.sendsBody, !bytes.isEmpty else { return }
        if writer.framing == .chunked {
            if chunkStart == nil {
                // What was flushed before must not wait for this chunk's end.
                if needsEmit { emit() }
                out.writeRepeatingByte(0, count: Self.chunkPrefix)
                chunkStart = out.writerIndex
            }
            out.writeBytes(bytes)
            return
        }
        let count = min(bytes.count, writer.bytesLeft)
        writer.bytesLeft -= count
        writer.bytesOut += count
        if count == bytes.count { out.writeBytes(bytes) } else { out.writeBytes(bytes.prefix(count)) }
    }

    /// Take back what was written since the last flush: without a size it is not a chunk.
    func dropOpenChunk() {
        guard let start = chunkStart.take() else { return }
        out.moveWriterIndex(to: start - Self.chunkPrefix)
    }

    /// Write the open chunk's size in front of it.
    private func closeChunk(_ writer: ResponseWriter) {
        guard let start = chunkStart else { return }
        chunkStart = nil
        let count = out.writerIndex - start
        let digits = String(count, radix: 16)
        let gap = Self.chunkPrefix - digits.utf8.count - 2
        let prefix = start - Self.chunkPrefix
        if prefix == out.readerIndex {
            out.moveReaderIndex(forwardBy: gap)
            out.setString(digits, at: prefix + gap)
            _ = out.setStaticString("\r\n", at: start - 2)
        } else {
            out.setString(digits, at: prefix)
            _ = out.setStaticString("\r\n", at: start - gap - 2)
            _ = try? out.copyBytes(at: start, to: start - gap, length: count)
            out.moveWriterIndex(to: out.writerIndex - gap)
        }
        out.writeStaticString("\r\n")
        writer.bytesOut += count + digits.utf8.count + 4
    }

    func flushStream(_ writer: ResponseWriter) {
        closeChunk(writer)
        if out.readableBytes > 0 { release() }
    }

    func endStream(_ writer: ResponseWriter) {
        closeChunk(writer)
        if writer.sendsBody {
            switch writer.framing {
            case .chunked:
                out.writeStaticString("0\r\n\r\n")
                writer.bytesOut += 5
            case .length where writer.bytesLeft > 0: writer.closesConnection = true
            case .length, .untilClose, .none: break
            }
        }
        release()
    }

    // MARK: The engine's own answers

    /// Answer for the application.
    func answer(_ writer: ResponseWriter, _ fault: RequestFault) {
        writer.fault = fault.code
        writer.closesConnection = true
        let (type, body) = shared.renderFault(fault, writer.request.path, writer.request.requestID)
        writer.send(HTTPResponseStatus(statusCode: fault.status), contentType: type, body: body)
    }

    /// Refuse the request that comes in, and the connection with it: what follows cannot be trusted to be a request.
    func refuse(_ fault: RequestFault) {
        let request = incoming
        incoming = nil
        body = ByteBuffer()
        let id = request?.requestID ?? room.newRequestID()
        let path = request.map { String($0.target.prefix { $0 != "?" }) }
        let (type, text) = shared.renderFault(fault, path, id)
        let before = out.readableBytes
        writeOwnHead(
            HTTPResponseStatus(statusCode: fault.status), contentType: type, request: request, id: id,
            framing: .length(text.readableBytes), closes: true)
        if request?.method != .HEAD { out.writeImmutableBuffer(text) }
        if let request {
            reportUnhandled(
                request, status: fault.status, bytesOut: out.readableBytes - before, outcome: .error, fault: fault.code)
        } else {
            shared.observer.requestEnded(
                RequestSummary(
                    method: nil, path: nil, route: "other", status: fault.status, requestID: id, durationNanoseconds: 0,
                    bytesIn: 0,
                    bytesOut: out.readableBytes - before, outcome: .error, fault: fault.code))
        }
        closeAfterOutput(lingers: true)
    }

    /// Tell a page's browser what the page may send (WHATWG Fetch, CORS-preflight).
    func answerPreflight(_ request: IncomingRequest) {
        var headers = HTTPHeaders()
        if request.origin.flatMap(shared.settings.crossOrigin.allowed) != nil {
            headers.add(name: "access-control-allow-methods", value: "GET, HEAD, POST, PUT, PATCH, DELETE")
            if let asked = request.headers.first(name: "access-control-request-headers") {
                headers.add(name: "access-control-allow-headers", value: asked)
            }
            headers.add(name: "access-control-max-age", value: "600")
        }
        let closes = !request.keepAlive || room.isDraining
        let before = out.readableBytes
        writeOwnHead(
            .noContent, contentType: nil, headers: headers, request: request, id: request.requestID, framing: .none,
            closes: closes)
        reportUnhandled(request, status: 204, bytesOut: out.readableBytes - before, outcome: .complete, fault: nil)
        release()
        guard state == .handling else { return }
        if closes { closeAfterOutput(lingers: !queue.isEmpty) } else { becomeIdle() }
    }

    private func writeOwnHead(
        _ status: HTTPResponseStatus, contentType: String?, headers: HTTPHeaders = HTTPHeaders(),
        request: IncomingRequest?,
        id: String, framing: ResponseFraming, closes: Bool
    ) {
        let policy = shared.settings.crossOrigin
        out.writeResponseHead(
            status, contentType: contentType, headers: headers,
            envelope: ResponseEnvelope(
                framing: framing, closes: closes, saysKeepAlive: request?.isModern == false, requestID: id,
                allowedOrigin: request?.origin.flatMap(policy.allowed), variesByOrigin: policy.varies),
            date: room.dateLine(now))
    }
}

extension ResponseWriter {
    /// Whether bytes of a body may follow the head.
    var sendsBody: Bool { request.method != .HEAD && framing != .none }
}
