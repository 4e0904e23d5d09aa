import CZlib

/// Makes what upstreams send compressed.
enum Compressor {
    enum Format {
        case gzip, zlib, raw
        fileprivate var bits: CInt {
            switch self {
            case .gzip: 16 + MAX_WBITS
            case .zlib: MAX_WBITS
            case .raw: -MAX_WBITS
            }
        }
    }

    static func compress(_ bytes: [UInt8], _ format: Format = .gzip) -> [UInt8] {
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        stream.initialize(to: z_stream())
        defer { stream.deallocate() }
        deflateInit2_(
            stream, Z_BEST_COMPRESSION, Z_DEFLATED, format.bits, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
            CInt(MemoryLayout<z_stream>.size))
        defer { deflateEnd(stream) }
        var input = bytes
        return [UInt8](unsafeUninitializedCapacity: Int(deflateBound(stream, CUnsignedLong(bytes.count))) + 64) {
            target, count in
            input.withUnsafeMutableBufferPointer { source in
                stream.pointee.next_in = source.baseAddress
                stream.pointee.avail_in = CUnsignedInt(source.count)
                stream.pointee.next_out = target.baseAddress
                stream.pointee.avail_out = CUnsignedInt(target.count)
                deflate(stream, Z_FINISH)
            }
            count = target.count - Int(stream.pointee.avail_out)
        }
    }

    /// A complete response with a coding.
    static func response(_ body: [UInt8], coding: String) -> [UInt8] {
        Array(
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Encoding: \(coding)\r\nContent-Length: \(body.count)\r\n\r\n"
                .utf8) + body
    }
}
