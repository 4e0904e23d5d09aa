import CZlib
import NIOCore

/// Undoes one content coding, piece by piece, with the system's zlib. Not for two threads at a time.
///
/// The memory that it takes is bounded: zlib's window of 32 KiB and its state, and one piece of output. The stream lies
/// in memory of its own, because zlib remembers where it was set up.
final class Inflater {
    private enum State {
        /// The first two bytes of `deflate` tell with or without the header of zlib.
        case undecided
        case running
        /// The coded data is complete; gzip may go on with another member (RFC 1952, 2.2).
        case complete
    }

    private let coding: ContentCoding
    private let stream: UnsafeMutablePointer<z_stream>
    private var state = State.undecided
    private var isSetUp = false
    /// The last piece was full, so that zlib may hold back more of what it has read.
    private var hasMore = false

    init(_ coding: ContentCoding) {
        self.coding = coding
        self.stream = .allocate(capacity: 1)
        self.stream.initialize(to: z_stream())
    }

    deinit {
        if self.isSetUp { inflateEnd(self.stream) }
        self.stream.deinitialize(count: 1)
        self.stream.deallocate()
    }

    /// Whether `next` can do something with this input. An encoded body of no bytes is as good as an empty one.
    func canDecode(_ input: ByteBuffer) -> Bool {
        self.hasMore || input.readableBytes >= (self.state == .undecided && self.coding == .deflate ? 2 : 1)
    }

    /// Whether the body may end with this input left: nothing was sent, or what was sent is whole.
    func mayEnd(with input: ByteBuffer) -> Bool {
        input.readableBytes == 0 && !self.hasMore && (self.state == .complete || self.state == .undecided)
    }

    /// Decodes from `input` into a new buffer of at most `limit` bytes.
    ///
    /// - Returns: nil when more input is needed.
    /// - Throws: `coding`, when the bytes are not of the coding, or go on behind its end.
    func next(_ input: inout ByteBuffer, upTo limit: Int) throws(ResponseFault) -> ByteBuffer? {
        guard self.canDecode(input) else { return nil }
        if self.state == .undecided { try self.begin(input) }
        var output = ByteBufferAllocator().buffer(capacity: limit)
        repeat {
            if self.state == .complete { try self.beginMember() }
            let before = input.readableBytes
            let status = self.step(&input, &output, upTo: limit - output.readableBytes)
            switch status {
            case Z_OK: break
            case Z_STREAM_END: self.state = .complete
            // Nothing was left to do, which is fine where zlib was only asked for what it might hold back.
            case Z_BUF_ERROR where before == 0: break
            default: throw .coding("what it holds is not \(self.coding)")
            }
            self.hasMore = self.state == .running && output.readableBytes >= limit
        } while input.readableBytes > 0 && output.readableBytes < limit
        return output.readableBytes > 0 ? output : nil
    }

    private func step(_ input: inout ByteBuffer, _ output: inout ByteBuffer, upTo room: Int) -> CInt {
        let stream = self.stream
        var status = Z_OK
        let consumed = input.withUnsafeReadableBytes { source in
            output.writeWithUnsafeMutableBytes(minimumWritableBytes: room) { target in
                // zlib does not write to its input; the parameter lacks a const for old compilers' sake.
                stream.pointee.next_in = UnsafeMutablePointer(
                    mutating: source.baseAddress?.assumingMemoryBound(to: UInt8.self))
                stream.pointee.avail_in = CUnsignedInt(clamping: source.count)
                stream.pointee.next_out = target.baseAddress?.assumingMemoryBound(to: UInt8.self)
                stream.pointee.avail_out = CUnsignedInt(clamping: room)
                status = inflate(stream, Z_NO_FLUSH)
                return room - Int(stream.pointee.avail_out)
            }
            return Int(CUnsignedInt(clamping: source.count) - stream.pointee.avail_in)
        }
        input.moveReaderIndex(forwardBy: consumed)
        stream.pointee.next_in = nil
        stream.pointee.next_out = nil
        return status
    }

    // MARK: Beginnings

    private func begin(_ input: ByteBuffer) throws(ResponseFault) {
        let bits: CInt
        switch self.coding {
        case .gzip: bits = 16 + MAX_WBITS
        case .deflate:
            let first = input.getInteger(at: input.readerIndex, as: UInt16.self) ?? 0
            // RFC 1950, 2.2: the method is 8, and the two bytes are a multiple of 31.
            bits = first >> 8 & 0x0F == 8 && first % 31 == 0 ? MAX_WBITS : -MAX_WBITS
        }
        let status = inflateInit2_(self.stream, bits, ZLIB_VERSION, CInt(MemoryLayout<z_stream>.size))
        guard status == Z_OK else { throw .coding("there is no memory to decode it") }
        self.isSetUp = true
        self.state = .running
    }

    private func beginMember() throws(ResponseFault) {
        guard self.coding == .gzip, inflateReset(self.stream) == Z_OK else {
            throw .coding("it goes on behind the end of its compressed data")
        }
        self.state = .running
    }
}
