public import Glibc
public import JackfieldJSON

/// One value in JSON text, where it lies: quotes and braces included. Valid as long as the text.
@frozen
public struct JSONSlice {
    public let bytes: UnsafeBufferPointer<UInt8>
    /// Of a string: whether it holds escapes. Of anything else: false.
    @usableFromInline let hasEscapes: Bool

    /// - Precondition: `bytes` is one JSON value that was checked, without space around it, and no string with escapes
    ///   unless `hasEscapes` says so.
    @inlinable
    public init(bytes: UnsafeBufferPointer<UInt8>, hasEscapes: Bool) {
        self.bytes = bytes
        self.hasEscapes = hasEscapes
    }

    @inlinable public var first: UInt8 { bytes[0] }
    @inlinable public var isString: Bool { first == UInt8(ascii: "\"") }
    @inlinable public var isNull: Bool { first == UInt8(ascii: "n") }

    /// What stands between the quotes of a string.
    @inlinable var inside: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: bytes[1..<bytes.count - 1]) }

    /// For `switch`: whether this is the string `pattern`. A key that hides behind escapes is not found, which nobody
    /// writes.
    @inlinable public static func ~= (pattern: StaticString, slice: JSONSlice) -> Bool {
        let length = pattern.utf8CodeUnitCount
        return slice.bytes.count == length + 2 && slice.isString
            && memcmp(slice.bytes.baseAddress! + 1, pattern.utf8Start, length) == 0
    }

    /// The text of a string; nil for another value. Bytes that are not UTF-8 become U+FFFD.
    @inlinable public var string: String? {
        guard isString else { return nil }
        if !hasEscapes { return String(decoding: inside, as: UTF8.self) }
        var text: [UInt8] = []
        append(to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    /// The text of a string that is not empty.
    @inlinable public var nonEmptyString: String? { isString && bytes.count > 2 ? string : nil }

    /// The value as it was written.
    @inlinable public var raw: String { String(decoding: bytes, as: UTF8.self) }

    /// A whole number from 0 to `UInt64.max`; nil for anything else.
    @inlinable public var unsigned: UInt64? {
        if let number = UInt64(raw) { return number }
        return Double(raw).flatMap { UInt64(exactly: $0) }
    }

    /// The value as a tree, for the rare shapes that no walk is written for. The cursor has checked the grammar; what
    /// is left to fail is a key that stands twice.
    public var tree: JSON? { try? JSON(parsing: UnsafeRawBufferPointer(bytes)) }

    /// Append the text of a string, in UTF-8.
    @inlinable public func append(to text: inout [UInt8]) {
        let inside = inside
        guard hasEscapes else {
            text.append(contentsOf: inside)
            return
        }
        var at = 0
        while at < inside.count {
            guard let backslash = memchr(inside.baseAddress! + at, 0x5c, inside.count - at) else {
                text.append(contentsOf: inside[at...])
                return
            }
            let end = UnsafeRawPointer(backslash) - UnsafeRawPointer(inside.baseAddress!)
            text.append(contentsOf: inside[at..<end])
            at = end + 1
            switch inside[at] {
            case UInt8(ascii: "b"): text.append(0x08)
            case UInt8(ascii: "f"): text.append(0x0c)
            case UInt8(ascii: "n"): text.append(0x0a)
            case UInt8(ascii: "r"): text.append(0x0d)
            case UInt8(ascii: "t"): text.append(0x09)
            case UInt8(ascii: "u"):
                let (scalar, length) = JSONSlice.scalar(inside, at + 1)
                text.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
                at += length
            case let byte: text.append(byte)
            }
            at += 1
        }
    }

    /// The character of a `\u` escape whose digits begin at `from`, and how many bytes it takes from there. One half of
    /// a surrogate pair becomes U+FFFD.
    @inlinable static func scalar(_ bytes: UnsafeBufferPointer<UInt8>, _ from: Int) -> (Unicode.Scalar, Int) {
        func unit(_ from: Int) -> UInt32 { (0..<4).reduce(0) { $0 << 4 | (hexadecimal(bytes[from + $1]) ?? 0) } }
        let high = unit(from)
        if let scalar = Unicode.Scalar(high) { return (scalar, 4) }
        guard high < 0xdc00, from + 9 < bytes.count, bytes[from + 4] == UInt8(ascii: "\\"),
            bytes[from + 5] == UInt8(ascii: "u")
        else { return ("\u{fffd}", 4) }
        let low = unit(from + 6)
        guard (0xdc00...0xdfff).contains(low) else { return ("\u{fffd}", 4) }
        return (Unicode.Scalar(0x10000 + (high - 0xd800) << 10 + (low - 0xdc00)) ?? "\u{fffd}", 10)
    }
}
