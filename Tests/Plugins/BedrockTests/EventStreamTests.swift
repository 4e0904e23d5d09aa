import Testing

@testable import Bedrock

/// Vectors of the AWS SDKs' own tests of the format, and damage done to them.
struct EventStreamTests {
    struct Vector: Sendable, CustomTestStringConvertible {
        var name: String
        var bytes: [UInt8]
        var headers: [EventStreamMessage.Header] = []
        var payload = ""

        var testDescription: String { name }
        var message: EventStreamMessage { EventStreamMessage(headers: headers, payload: Array(payload.utf8)) }
    }

    private static func header(_ name: String, _ value: EventStreamMessage.Value) -> EventStreamMessage.Header {
        EventStreamMessage.Header(name: name, value: value)
    }

    static let contentType: [UInt8] =
        [0, 0, 0, 0x3d, 0, 0, 0, 0x20, 0x07, 0xfd, 0x83, 0x96, 0x0c] + Array("content-type".utf8) + [7, 0, 0x10]
        + Array("application/json{'foo':'bar'}".utf8) + [0x8d, 0x9c, 0x08, 0xb1]

    static let vectors: [Vector] = [
        Vector(name: "empty", bytes: [0, 0, 0, 0x10, 0, 0, 0, 0, 0x05, 0xc2, 0x48, 0xeb, 0x7d, 0x98, 0xc8, 0xff]),
        Vector(
            name: "byte",
            bytes: [0, 0, 0, 0x17, 0, 0, 0, 7, 0x29, 0x86, 1, 0x58, 4] + Array("byte".utf8)
                + [2, 0xff, 0xc2, 0xf8, 0x69, 0xdc], headers: [header("byte", .byte(-1))]),
        Vector(
            name: "short",
            bytes: [0, 0, 0, 0x19, 0, 0, 0, 9, 0x71, 0x0e, 0x92, 0x3e, 5] + Array("short".utf8)
                + [3, 0xff, 0xff, 0xb2, 0x7c, 0xb6, 0xcc], headers: [header("short", .short(-1))]),
        Vector(
            name: "integer",
            bytes: [0, 0, 0, 0x1d, 0, 0, 0, 0x0d, 0x83, 0xe3, 0xf0, 0xe7, 7] + Array("integer".utf8)
                + [4, 0xff, 0xff, 0xff, 0xff, 0x8b, 0x8e, 0x12, 0xeb], headers: [header("integer", .integer(-1))]),
        Vector(
            name: "long",
            bytes: [0, 0, 0, 0x1e, 0, 0, 0, 0x0e, 0x5d, 0x4a, 0xdb, 0x8d, 4] + Array("long".utf8) + [5]
                + [UInt8](repeating: 0xff, count: 8) + [0x4b, 0xc2, 0x32, 0xda], headers: [header("long", .long(-1))]),
        Vector(
            name: "payload without headers",
            bytes: [0, 0, 0, 0x1d, 0, 0, 0, 0, 0xfd, 0x52, 0x8c, 0x5a] + Array("{'foo':'bar'}".utf8)
                + [0xc3, 0x65, 0x39, 0x36], payload: "{'foo':'bar'}"),
        Vector(
            name: "payload and one header", bytes: contentType,
            headers: [header("content-type", .string("application/json"))], payload: "{'foo':'bar'}"),
        Vector(
            name: "all types",
            bytes: [0, 0, 0, 0x62, 0, 0, 0, 0x52, 0x03, 0xb5, 0xcb, 0x9c]
                + [1, 0x30, 0, 1, 0x31, 1, 1, 0x32, 2, 2, 1, 0x33, 3, 0, 3, 1, 0x34, 4, 0, 0, 0, 4]
                + [1, 0x35, 5, 0, 0, 0, 0, 0, 0, 0, 5, 1, 0x36, 6, 0, 5] + Array("bytes".utf8) + [1, 0x37, 7, 0, 4]
                + Array("utf8".utf8) + [1, 0x38, 8, 0, 0, 0, 0, 0, 0, 0, 8, 1, 0x39, 9]
                + Array("0123456789abcdef".utf8) + [0x63, 0x35, 0x36, 0x71],
            headers: [
                header("0", .bool(true)), header("1", .bool(false)), header("2", .byte(2)), header("3", .short(3)),
                header("4", .integer(4)), header("5", .long(5)), header("6", .bytes(Array("bytes".utf8))),
                header("7", .string("utf8")), header("8", .timestamp(8)),
                header("9", .uuid(Array("0123456789abcdef".utf8))),
            ]),
        Vector(
            name: "error",
            bytes: [0, 0, 0, 0x52, 0, 0, 0, 0x42, 0xbf, 0x23, 0x63, 0x7e, 0x0d] + Array(":message-type".utf8)
                + [7, 0, 5] + Array("error".utf8) + [0x0b] + Array(":error-code".utf8) + [7, 0, 4]
                + Array("code".utf8) + [0x0e] + Array(":error-message".utf8) + [7, 0, 7] + Array("message".utf8)
                + [0x6b, 0x6c, 0xea, 0x3d],
            headers: [
                header(":message-type", .string("error")), header(":error-code", .string("code")),
                header(":error-message", .string("message")),
            ]),
    ]

    @Test(arguments: vectors)
    func readsTheVectorsOfTheFormat(_ vector: Vector) throws {
        var parser = EventStreamParser()
        parser.append(vector.bytes)
        #expect(try parser.next() == vector.message)
        #expect(try parser.next() == nil)
        #expect(parser.pendingBytes == 0)
    }

    @Test(arguments: [1, 2, 3, 5, 7, 11, 12, 13, 64, 1000])
    func readsMessagesThatAreCutAnywhere(_ size: Int) throws {
        let stream = EventStreamTests.vectors.flatMap(\.bytes)
        var parser = EventStreamParser()
        var messages: [EventStreamMessage] = []
        for start in stride(from: 0, to: stream.count, by: size) {
            parser.append(Array(stream[start..<min(start + size, stream.count)]))
            while let message = try parser.next() { messages.append(message) }
        }
        #expect(messages == EventStreamTests.vectors.map(\.message))
        #expect(parser.pendingBytes == 0)
    }

    @Test func agreesWithTheCheckValueOfTheChecksum() {
        #expect(CRC32.checksum("123456789".utf8) == 0xcbf4_3926)
        #expect(CRC32.checksum("6789".utf8, continuing: CRC32.checksum("12345".utf8)) == 0xcbf4_3926)
        #expect(CRC32.checksum([]) == 0)
    }

    @Test func takesNoMessageWithABitFlipped() {
        let whole = EventStreamTests.contentType
        for place in whole.indices {
            var bytes = whole
            bytes[place] ^= 0x10
            var parser = EventStreamParser()
            parser.append(bytes)
            #expect(throws: EventStreamFault.self, "bit of byte \(place)") { try parser.next() }
        }
    }

    private func fault(_ message: [UInt8], bound: Int = 16 << 20) -> String? {
        var parser = EventStreamParser(bound: bound)
        parser.append(message)
        do {
            _ = try parser.next()
            return nil
        } catch {
            return error.reason
        }
    }

    /// Wrap these headers and this total with checksums that are right.
    private func message(total: Int? = nil, headersLength: Int? = nil, _ headers: [UInt8]) -> [UInt8] {
        func bytes(_ number: UInt32) -> [UInt8] { [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) } }
        var message = bytes(UInt32(total ?? 16 + headers.count)) + bytes(UInt32(headersLength ?? headers.count))
        message += bytes(CRC32.checksum(message)) + headers
        return message + bytes(CRC32.checksum(message))
    }

    @Test func saysWhatIsWrongWithAMessageWhoseChecksumsAreRight() {
        let twice = [4] + Array("test".utf8) + [0] + [4] + Array("test".utf8) + [1]
        #expect(fault(message(twice)) == "has the header test twice")
        #expect(fault(message([1, 0x61, 10])) == "has a header a of the unknown type 10")
        #expect(fault(message([9, 0x61])) == "ends inside its headers")
        #expect(fault(message([1, 0x61, 7, 0, 9, 0x61])) == "ends inside its headers")
        #expect(fault(message([1, 0xff, 0])) == "has a header that is not UTF-8")
        #expect(fault(message(total: 15, [])) == "has lengths that cannot be: 0 of 15 bytes")
        #expect(fault(message(headersLength: 1, [])) == "has lengths that cannot be: 1 of 16 bytes")
        #expect(fault(message(total: 1 << 20, headersLength: 200_000, [])) != nil)
    }

    @Test func doesNotWaitForAMessageThatIsTooLong() {
        let start = Array(message(total: 5000, []).prefix(12))
        #expect(fault(start, bound: 4096) == "is 5000 bytes long, more than the 4096 that are taken")
        #expect(fault(start) == nil)
    }
}
