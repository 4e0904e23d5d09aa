/// Reads the headers of a message: the length of the name, the name, the type, the value. Numbers are big-endian.
struct EventStreamHeaders {
    private var bytes: ArraySlice<UInt8>

    /// - Throws: if the bytes end inside a header, a type is unknown, or a name comes twice.
    static func read(_ bytes: ArraySlice<UInt8>) throws(EventStreamFault) -> [EventStreamMessage.Header] {
        var reader = EventStreamHeaders(bytes: bytes)
        var headers: [EventStreamMessage.Header] = []
        while !reader.bytes.isEmpty {
            let length = Int(try reader.integer(UInt8.self))
            let name = try reader.text(length)
            guard !headers.contains(where: { $0.name == name }) else {
                throw EventStreamFault(reason: "has the header \(name) twice")
            }
            headers.append(EventStreamMessage.Header(name: name, value: try reader.value(of: name)))
        }
        return headers
    }

    private mutating func value(of name: String) throws(EventStreamFault) -> EventStreamMessage.Value {
        let type = try integer(UInt8.self)
        switch type {
        case 0: return .bool(true)
        case 1: return .bool(false)
        case 2: return .byte(try integer(Int8.self))
        case 3: return .short(try integer(Int16.self))
        case 4: return .integer(try integer(Int32.self))
        case 5: return .long(try integer(Int64.self))
        case 6: return .bytes(Array(try take(Int(integer(UInt16.self)))))
        case 7: return .string(try text(Int(integer(UInt16.self))))
        case 8: return .timestamp(try integer(Int64.self))
        case 9: return .uuid(Array(try take(16)))
        default: throw EventStreamFault(reason: "has a header \(name) of the unknown type \(type)")
        }
    }

    private mutating func take(_ count: Int) throws(EventStreamFault) -> ArraySlice<UInt8> {
        guard count <= bytes.count else { throw EventStreamFault(reason: "ends inside its headers") }
        defer { bytes = bytes.dropFirst(count) }
        return bytes.prefix(count)
    }

    private mutating func text(_ count: Int) throws(EventStreamFault) -> String {
        guard let text = String(validating: try take(count), as: UTF8.self) else {
            throw EventStreamFault(reason: "has a header that is not UTF-8")
        }
        return text
    }

    private mutating func integer<Number: FixedWidthInteger>(_ type: Number.Type) throws(EventStreamFault) -> Number {
        var value: Number = 0
        for byte in try take(Number.bitWidth / 8) {
            value = Number.bitWidth == 8 ? Number(truncatingIfNeeded: byte) : value << 8 | Number(byte)
        }
        return value
    }
}
