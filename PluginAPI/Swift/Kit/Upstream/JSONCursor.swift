public import Glibc

/// Walks JSON text (RFC 8259) where it lies and builds nothing: the answers of an upstream are on the path of every
/// request, and of most members only the end matters. Everything that it passes over is checked against the grammar, so
/// a raw slice may be put into other JSON; only UTF-8 is not looked at.
///
/// Valid as long as the bytes it was made from.
@frozen
public struct JSONCursor {
    /// Why the text is not JSON, or not of the shape that was asked for.
    public struct Malformed: Error, Sendable, Equatable {
        public var reason: String
        /// Bytes from the start of the text.
        public var offset: Int

        public init(reason: String, offset: Int) {
            self.reason = reason
            self.offset = offset
        }
    }

    /// How deep arrays and objects may lie in each other.
    @inlinable public static var depth: Int { 128 }

    @usableFromInline let bytes: UnsafeBufferPointer<UInt8>
    @usableFromInline var at = 0

    @inlinable public init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }
    /// The value that a slice holds, and nothing behind it.
    @inlinable public init(_ slice: JSONSlice) { bytes = slice.bytes }

    @inlinable func malformed(_ reason: String) -> Malformed { Malformed(reason: reason, offset: at) }

    @inlinable @inline(__always)
    mutating func skipSpace() {
        while at < bytes.count {
            switch bytes[at] {
            case 0x20, 0x0a, 0x0d, 0x09: at += 1
            default: return
            }
        }
    }

    /// The first byte of the next value, 0 at the end of the text.
    @inlinable public mutating func peek() -> UInt8 {
        skipSpace()
        return at < bytes.count ? bytes[at] : 0
    }

    @inlinable public mutating func beginObject() throws(Malformed) {
        try expect(UInt8(ascii: "{"), "an object should be here")
    }
    @inlinable public mutating func beginArray() throws(Malformed) {
        try expect(UInt8(ascii: "["), "an array should be here")
    }

    /// After `beginObject`, or after the value of the last key: the next key, or nil behind the closing brace.
    @inlinable public mutating func nextKey() throws(Malformed) -> JSONSlice? {
        // No value ends with an opening brace, so the byte before tells whether this is the first member.
        let isFirst = bytes[at - 1] == UInt8(ascii: "{")
        if peek() == UInt8(ascii: "}") {
            at += 1
            return nil
        }
        if !isFirst { try expect(UInt8(ascii: ","), "a comma or a closing brace should be here") }
        guard peek() == UInt8(ascii: "\"") else { throw malformed("a key in quotes should be here") }
        let key = try string()
        try expect(UInt8(ascii: ":"), "a colon should be here")
        return key
    }

    /// After `beginArray`, or after an element: whether another one follows; false behind the closing bracket.
    @inlinable public mutating func nextElement() throws(Malformed) -> Bool {
        let isFirst = bytes[at - 1] == UInt8(ascii: "[")
        if peek() == UInt8(ascii: "]") {
            at += 1
            return false
        }
        if !isFirst { try expect(UInt8(ascii: ","), "a comma or a closing bracket should be here") }
        return true
    }

    /// Pass over one value, whatever it is.
    @inlinable public mutating func value(depth: Int = JSONCursor.depth) throws(Malformed) -> JSONSlice {
        let first = peek()
        let start = at
        switch first {
        case UInt8(ascii: "\""): return try string()
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            guard depth > 0 else { throw malformed("nested too deeply") }
            at += 1
            if first == UInt8(ascii: "{") {
                while try nextKey() != nil { _ = try value(depth: depth - 1) }
            } else {
                while try nextElement() { _ = try value(depth: depth - 1) }
            }
        case UInt8(ascii: "t"): try word("true")
        case UInt8(ascii: "f"): try word("false")
        case UInt8(ascii: "n"): try word("null")
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try number()
        default: throw malformed(at < bytes.count ? "a value should be here" : "the text ends too early")
        }
        return JSONSlice(bytes: UnsafeBufferPointer(rebasing: bytes[start..<at]), hasEscapes: false)
    }

    /// Nothing but white space may follow.
    @inlinable public mutating func end() throws(Malformed) {
        _ = peek()
        guard at == bytes.count else { throw malformed("more text after the value") }
    }

    @inlinable mutating func expect(_ byte: UInt8, _ reason: String) throws(Malformed) {
        guard peek() == byte else { throw malformed(at < bytes.count ? reason : "the text ends too early") }
        at += 1
    }

    @inlinable mutating func word(_ text: StaticString) throws(Malformed) {
        let length = text.utf8CodeUnitCount
        guard at + length <= bytes.count, memcmp(bytes.baseAddress! + at, text.utf8Start, length) == 0 else {
            throw malformed("a value should be here")
        }
        at += length
    }

    @inlinable mutating func digits() -> Int {
        let start = at
        while at < bytes.count, bytes[at] &- 0x30 < 10 { at += 1 }
        return at - start
    }

    @inlinable mutating func number() throws(Malformed) {
        if bytes[at] == UInt8(ascii: "-") { at += 1 }
        let isZero = at < bytes.count && bytes[at] == 0x30
        let whole = digits()
        guard whole > 0, !isZero || whole == 1 else { throw malformed("not a number") }
        if at < bytes.count, bytes[at] == UInt8(ascii: ".") {
            at += 1
            guard digits() > 0 else { throw malformed("a digit should follow the point") }
        }
        if at < bytes.count, bytes[at] | 0x20 == UInt8(ascii: "e") {
            at += 1
            if at < bytes.count, bytes[at] == UInt8(ascii: "+") || bytes[at] == UInt8(ascii: "-") { at += 1 }
            guard digits() > 0 else { throw malformed("a digit should be in the exponent") }
        }
    }

    @inlinable mutating func string() throws(Malformed) -> JSONSlice {
        let start = at
        at += 1
        var hasEscapes = false
        while true {
            skipPlain()
            guard at < bytes.count else { throw malformed("the text ends inside a string") }
            switch bytes[at] {
            case UInt8(ascii: "\""):
                at += 1
                return JSONSlice(bytes: UnsafeBufferPointer(rebasing: bytes[start..<at]), hasEscapes: hasEscapes)
            case UInt8(ascii: "\\"):
                hasEscapes = true
                try escape()
            default: throw malformed("a control character in a string must be escaped")
            }
        }
    }

    @inlinable mutating func escape() throws(Malformed) {
        guard at + 1 < bytes.count else { throw malformed("the text ends inside a string") }
        switch bytes[at + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            at += 2
        case UInt8(ascii: "u"):
            guard at + 5 < bytes.count, (2...5).allSatisfy({ hexadecimal(bytes[at + $0]) != nil }) else {
                throw malformed("four hexadecimal digits should follow \\u")
            }
            at += 6
        default: throw malformed("no such escape")
        }
    }

    /// On to the next byte that means something in a string: a quote, a backslash, a control character. Eight at a
    /// time.
    @inlinable @inline(__always)
    mutating func skipPlain() {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let highs: UInt64 = 0x8080_8080_8080_8080
        let raw = UnsafeRawPointer(bytes.baseAddress!)
        while at + 8 <= bytes.count {
            let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: at, as: UInt64.self))
            let quote = word ^ (ones &* 0x22)
            let backslash = word ^ (ones &* 0x5c)
            let hits =
                ((quote &- ones) & ~quote | (backslash &- ones) & ~backslash | (word &- ones &* 0x20) & ~word) & highs
            if hits != 0 {
                at += hits.trailingZeroBitCount >> 3
                return
            }
            at += 8
        }
        while at < bytes.count {
            let byte = bytes[at]
            if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return }
            at += 1
        }
    }
}

/// The value of a hexadecimal digit.
@inlinable @inline(__always)
func hexadecimal(_ byte: UInt8) -> UInt32? {
    switch byte {
    case 0x30...0x39: UInt32(byte) - 0x30
    case 0x41...0x46: UInt32(byte) - 0x41 + 10
    case 0x61...0x66: UInt32(byte) - 0x61 + 10
    default: nil
    }
}
