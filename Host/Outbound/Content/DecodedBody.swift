import NIOCore

/// The body of one exchange on its way from a coding to the receiver: at most one piece that was read and one that was
/// decoded are held, however much would come out of them, and a turn of the loop decodes no more than a quarter of a
/// megabyte. Bound to the loop of its exchange.
final class DecodedBody {
    private unowned let exchange: OutboundExchange
    private let loop: any EventLoop
    private let inflater: Inflater
    private let limit: Int
    private var input = ByteBuffer()
    private var produced = 0
    /// The receiver wants no more for now.
    private var isHeld = false
    /// The upstream has sent all.
    private var hasEnded = false
    private var isScheduled = false

    private static var pieceBytes: Int { 64 * 1024 }
    private static var turnBytes: Int { 256 * 1024 }

    init(_ coding: ContentCoding, of exchange: OutboundExchange, on loop: any EventLoop) {
        self.exchange = exchange
        self.loop = loop
        self.inflater = Inflater(coding)
        self.limit = exchange.request.limits.decodedBytes
    }

    /// Whether nothing can be done before more has been read.
    private var isDrained: Bool { !self.inflater.canDecode(self.input) }

    /// Takes what was read.
    ///
    /// - Returns: whether to read on; else `OutboundExchange.readOn()` is called when there is room.
    func take(_ bytes: ByteBuffer) -> Bool {
        if self.input.readableBytes == 0 { self.input = bytes } else { self.input.writeImmutableBuffer(bytes) }
        if !self.isHeld, !self.isScheduled { self.decode() }
        return self.isDrained && !self.isHeld
    }

    /// The upstream has sent all. Ends the exchange, now or once the receiver has taken everything.
    func end() {
        self.hasEnded = true
        self.goOn()
    }

    /// The receiver has room again.
    func resume() {
        self.isHeld = false
        self.goOn()
    }

    /// What is left is decoded in a turn of its own: a receiver that asks for more out of an event of this body would
    /// otherwise find itself in its own call.
    private func goOn() {
        guard !self.isHeld, !self.isScheduled else { return }
        if self.isDrained { return self.drained() }
        self.isScheduled = true
        let exchange = self.exchange
        self.loop.assumeIsolated().execute {
            // It holds this body as long as it is not finished.
            guard !exchange.isFinished else { return }
            self.isScheduled = false
            self.decode()
            guard !exchange.isFinished else { return }
            exchange.receiver?.settled()
            guard !exchange.isFinished else { return }
            if self.isDrained, !self.isHeld { self.drained() }
        }
    }

    private func drained() {
        guard self.hasEnded else { return self.exchange.readOn() }
        if self.inflater.mayEnd(with: self.input) {
            self.exchange.finish(nil)
        } else {
            self.exchange.fail(.coding("its compressed data ends in the middle"))
        }
    }

    /// Decodes until the input is used up, the receiver wants no more, or the turn has had its share.
    private func decode() {
        var turn = 0
        do throws(ResponseFault) {
            while !self.isHeld, turn < Self.turnBytes, let piece = try self.nextPiece() {
                turn += piece.readableBytes
                if self.exchange.receiver?.received(body: piece) == false { self.isHeld = true }
                if self.exchange.isFinished { return }
            }
        } catch {
            return self.exchange.fail(error)
        }
        if !self.isDrained, !self.isHeld { self.goOn() }
    }

    private func nextPiece() throws(ResponseFault) -> ByteBuffer? {
        guard let piece = try self.inflater.next(&self.input, upTo: Self.pieceBytes) else { return nil }
        self.produced += piece.readableBytes
        guard self.produced <= self.limit else {
            throw .decodedTooLarge("the decompressed response body is longer than the limit of \(self.limit) bytes")
        }
        return piece
    }
}
