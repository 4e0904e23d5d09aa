import NIOCore
import Testing

@testable import Outbound

@Suite("Compressed content") struct InflaterTests {
    /// Decodes pieces as they come, each piece of output at most `limit` bytes.
    private func inflate(
        _ coding: ContentCoding, _ pieces: [[UInt8]], limit: Int = 64 * 1024
    ) throws(ResponseFault) -> (bytes: [UInt8], isWhole: Bool) {
        let inflater = Inflater(coding)
        var input = ByteBuffer()
        var bytes: [UInt8] = []
        for piece in pieces {
            input.writeBytes(piece)
            while let output = try inflater.next(&input, upTo: limit) {
                #expect((1...limit).contains(output.readableBytes))
                bytes += Array(output.readableBytesView)
            }
        }
        return (bytes, inflater.mayEnd(with: input))
    }

    private static let text = Array((0..<2000).map { "line \($0 * 7919 % 1009)\n" }.joined().utf8)

    static let forms: [(ContentCoding, Compressor.Format)] = [(.gzip, .gzip), (.deflate, .zlib), (.deflate, .raw)]

    @Test(arguments: forms.indices)
    func isWhatWasCompressedHoweverItIsCut(form: Int) throws {
        let (coding, format) = Self.forms[form]
        let packed = Compressor.compress(Self.text, format)
        for size in [1, 2, 3, 7, 64, 1000, packed.count] {
            let pieces = stride(from: 0, to: packed.count, by: size).map {
                Array(packed[$0..<min($0 + size, packed.count)])
            }
            for limit in [1, 17, 64 * 1024] where size > 1 || limit > 1 {
                let result = try self.inflate(coding, pieces, limit: limit)
                #expect(result.bytes == Self.text, "pieces of \(size), output of \(limit)")
                #expect(result.isWhole)
            }
        }
    }

    @Test(arguments: forms.indices)
    func isNotWholeBeforeItsLastByte(form: Int) throws {
        let (coding, format) = Self.forms[form]
        let packed = Compressor.compress(Array(Self.text.prefix(300)), format)
        for count in 1..<packed.count {
            #expect(try !self.inflate(coding, [Array(packed[..<count])]).isWhole, "\(count) of \(packed.count)")
        }
        #expect(try self.inflate(coding, []).isWhole, "no bytes are an empty body")
    }

    @Test func ofSeveralMembersIsTheirTextsInARow() throws {
        let packed =
            Compressor.compress(Array("one ".utf8)) + Compressor.compress([]) + Compressor.compress(Array("two".utf8))
        for size in 1...packed.count {
            let pieces = stride(from: 0, to: packed.count, by: size).map {
                Array(packed[$0..<min($0 + size, packed.count)])
            }
            let result = try self.inflate(.gzip, pieces)
            #expect(String(decoding: result.bytes, as: UTF8.self) == "one two")
            #expect(result.isWhole)
        }
    }

    @Test func thatIsDamagedIsNoticed() throws {
        let packed = Compressor.compress(Self.text)
        // Behind the header, where no byte is without meaning: the data and its two checks.
        for place in stride(from: 10, to: packed.count, by: 97) {
            var bytes = packed
            bytes[place] ^= 0x55
            let result = Result { () throws(ResponseFault) in try self.inflate(.gzip, [bytes]) }
            switch result {
            case .failure(let fault): #expect(fault.kind == .coding)
            case .success(let decoded): #expect(!decoded.isWhole, "the byte at \(place) was changed")
            }
        }
    }

    @Test(arguments: forms.indices)
    func thatGoesOnBehindItsEndIsRefused(form: Int) throws {
        let (coding, format) = Self.forms[form]
        let packed = Compressor.compress(Self.text, format) + Array("GET / HTTP/1.1".utf8)
        #expect(throws: ResponseFault.self) { try self.inflate(coding, [packed]) }
    }

    @Test(arguments: [ContentCoding.gzip, .deflate])
    func thatIsNoneIsRefused(coding: ContentCoding) throws {
        for text in ["{\"choices\": []}", "<html>", String(repeating: "\u{0}", count: 64), "PK\u{3}\u{4}zip"] {
            let bytes = Array(text.utf8) + Array(repeating: 0xFF, count: 40)
            let result = Result { () throws(ResponseFault) in try self.inflate(coding, [bytes]) }
            // A bare deflate stream has no header: by chance, anything can be the beginning of one.
            if case .success(let decoded) = result { #expect(coding == .deflate && !decoded.isWhole, "\(text)") }
        }
    }
}
