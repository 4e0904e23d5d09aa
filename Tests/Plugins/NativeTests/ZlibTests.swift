import Glibc
import JackfieldJSON
import JackfieldPlugin
import JackfieldVocabulary
import Testing

@testable import Native

@Suite("Functions of zlib")
struct ZlibTests {
    static let config = """
        {
          "library": "libz.so.1",
          "types": { "uInt": "unsigned int", "uLong": "unsigned long", "uLongf": "uLong", "Bytef": "unsigned char" },
          "functions": {
            "version": "const char *zlibVersion(void)",
            "crc32": {
              "signature": "uLong crc32(uLong crc, const Bytef *buf, uInt len)",
              "arguments": { "crc": { "default": 0 }, "buf": { "length": "len" } }
            },
            "adler32": {
              "signature": "uLong adler32(uLong adler, const Bytef *buf, uInt len)",
              "arguments": { "adler": { "default": 1 }, "buf": { "length": "len", "encoding": "utf8" } }
            },
            "compressBound": "uLong compressBound(uLong sourceLen)",
            "compress": {
              "signature": "int compress2(out Bytef *dest, inout uLongf *destLen, const Bytef *source, uLong sourceLen, int level)",
              "arguments": {
                "dest": { "capacity": 65536, "length": "destLen" },
                "source": { "length": "sourceLen" },
                "level": { "default": -1, "minimum": -1, "maximum": 9 }
              },
              "fails": {
                "when": "nonzero", "codes": { "Z_STREAM_ERROR": -2, "Z_MEM_ERROR": -4, "Z_BUF_ERROR": -5 },
                "message": "zError(code)"
              }
            },
            "uncompress": {
              "signature": "int uncompress(out Bytef *dest, inout uLongf *destLen, const Bytef *source, uLong sourceLen)",
              "arguments": {
                "dest": { "capacity": "destLen" },
                "destLen": { "description": "Bytes that there is room for." },
                "source": { "length": "sourceLen" }
              },
              "fails": {
                "when": "nonzero",
                "codes": { "Z_MEM_ERROR": -4, "Z_BUF_ERROR": -5, "Z_DATA_ERROR": -3 },
                "message": "zError(code)"
              }
            }
          }
        }
        """
    static let texts: [[UInt8]] = [
        [], [0], Array("hello, zlib".utf8), Array(repeating: 7, count: 60_000),
        (0..<5000).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 7) },
    ]

    static func base64(_ bytes: [UInt8]) -> JSON { .string(String(decoding: Base64.encode(bytes), as: UTF8.self)) }
    static func bytes(_ json: JSON?) throws -> [UInt8] { try #require(json?.string.flatMap { Base64.decode($0.utf8) }) }

    @Test("the version is the library's")
    func version() throws {
        let right = try direct("libz.so.1", "zlibVersion", as: (@convention(c) () -> UnsafePointer<CChar>).self)
        #expect(try NativeSample(Self.config)("version", [:]) == ["result": .string(String(cString: right()))])
    }

    @Test("checksums are those of a direct call", arguments: texts)
    func checksums(bytes: [UInt8]) throws {
        typealias Checksum = @convention(c) (UInt, UnsafePointer<UInt8>?, UInt32) -> UInt
        let sample = try NativeSample(Self.config)
        let crc = try direct("libz.so.1", "crc32", as: Checksum.self)
        // Where crc32 gets a null pointer, it answers its start value; an empty buffer is none.
        let right = bytes.withUnsafeBufferPointer { crc(0, $0.baseAddress, UInt32($0.count)) }
        #expect(try sample("crc32", ["buf": Self.base64(bytes)]) == ["result": JSON(right)])
        let seeded = bytes.withUnsafeBufferPointer { crc(0xFFFF_0000, $0.baseAddress, UInt32($0.count)) }
        #expect(try sample("crc32", ["crc": "4294901760", "buf": Self.base64(bytes)]) == ["result": JSON(seeded)])
    }

    @Test("text is bytes in UTF-8 where the configuration says so")
    func text() throws {
        typealias Checksum = @convention(c) (UInt, UnsafePointer<UInt8>?, UInt32) -> UInt
        let adler = try direct("libz.so.1", "adler32", as: Checksum.self)
        let right = Array("grün".utf8).withUnsafeBufferPointer { adler(1, $0.baseAddress, UInt32($0.count)) }
        #expect(try NativeSample(Self.config)("adler32", ["buf": "grün"]) == ["result": JSON(right)])
    }

    @Test("what is compressed is what a direct call compresses, and comes back", arguments: texts, [-1, 0, 9])
    func compression(bytes: [UInt8], level: Int) throws {
        typealias Compress =
            @convention(c) (
                UnsafeMutablePointer<UInt8>, UnsafeMutablePointer<UInt>, UnsafePointer<UInt8>?, UInt, Int32
            ) -> Int32
        let sample = try NativeSample(Self.config)
        let compress = try direct("libz.so.1", "compress2", as: Compress.self)
        var right = [UInt8](repeating: 0, count: 65_536)
        var length = UInt(right.count)
        #expect(compress(&right, &length, bytes, UInt(bytes.count), Int32(level)) == 0)
        let answer = try sample("compress", ["source": Self.base64(bytes), "level": JSON(level)])
        #expect(answer.object?.members.map(\.key) == ["dest"])
        #expect(try Self.bytes(answer["dest"]) == Array(right[..<Int(length)]))
        let back = try sample("uncompress", ["source": answer["dest"]!, "destLen": JSON(bytes.count + 10)])
        #expect(try Self.bytes(back["dest"]) == bytes)
        #expect(back["destLen"] == JSON(bytes.count))
    }

    @Test("failures have code, name and zlib's own words")
    func failures() throws {
        let sample = try NativeSample(Self.config)
        let small = try sample("compress", ["source": Self.base64(Array(repeating: 1, count: 1000))])
        let failure = try sample.failure("uncompress", ["source": small["dest"]!, "destLen": 10])
        #expect(failure["code"] == -5)
        #expect(failure["name"] == "Z_BUF_ERROR")
        #expect(failure["error"] == "uncompress failed with Z_BUF_ERROR (-5): buffer error")
        let damaged = try sample.failure("uncompress", ["source": "AAAA", "destLen": 10])
        #expect(damaged["name"] == "Z_DATA_ERROR")
    }

    @Test("arguments beyond what is allowed are refused, all at once")
    func refusals() throws {
        let sample = try NativeSample(Self.config)
        let refusal = sample.refusal("compress", ["source": "no base64!", "level": 12, "speed": 1])
        #expect(refusal?.code == .invalidArgument)
        let message = refusal?.message ?? ""
        #expect(message.contains("source must be bytes as base64"), "\(message)")
        #expect(message.contains("level must be a whole number from -1 to 9, and is 12"), "\(message)")
        #expect(message.contains("speed is no argument of compress: there are source, level"), "\(message)")
        let room = sample.refusal("uncompress", ["source": "AAAA", "destLen": 300_000])
        #expect(room?.message.contains("destLen must be a whole number from 0 to 262144") == true)
    }
}
