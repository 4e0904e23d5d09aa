/// Why a text is not JSON, and where.
public struct JSONError: Error, Sendable, Hashable, CustomStringConvertible {
    public var reason: String
    /// Bytes from the start of the text.
    public var offset: Int

    public var description: String { "\(reason) at byte \(offset)" }
}

extension JSON {
    /// How deep arrays and objects may lie in each other unless the caller says otherwise.
    public static let defaultDepth = 128

    /// Parse one JSON text in UTF-8. Duplicate keys are an error: two readers of one request must not see two requests.
    public init(parsing text: String, depth: Int = defaultDepth) throws(JSONError) {
        try self.init(parsing: Array(text.utf8), depth: depth)
    }

    public init(parsing bytes: [UInt8], depth: Int = defaultDepth) throws(JSONError) {
        let result: Result<JSON, JSONError> = bytes.withUnsafeBufferPointer { buffer in
            JSON.parse(buffer, depth: depth)
        }
        self = try result.get()
    }

    public init(parsing bytes: UnsafeRawBufferPointer, depth: Int = defaultDepth) throws(JSONError) {
        self = try JSON.parse(bytes.bindMemory(to: UInt8.self), depth: depth).get()
    }

    private static func parse(_ buffer: UnsafeBufferPointer<UInt8>, depth: Int) -> Result<JSON, JSONError> {
        var parser = JSONParser(bytes: buffer, depth: depth)
        do throws(JSONError) {
            let value = try parser.value()
            parser.skipSpace()
            guard parser.at == buffer.count else { throw parser.error("more text after the value") }
            return .success(value)
        } catch {
            return .failure(error)
        }
    }
}

private struct JSONParser {
    let bytes: UnsafeBufferPointer<UInt8>
    var depth: Int
    var at = 0

    init(bytes: UnsafeBufferPointer<UInt8>, depth: Int) {
        self.bytes = bytes
        self.depth = depth
    }

    func error(_ reason: String) -> JSONError { JSONError(reason: reason, offset: at) }

    @inline(__always)
    mutating func skipSpace() {
        while at < bytes.count {
            switch bytes[at] {
            case 0x20, 0x0a, 0x0d, 0x09: at += 1
            default: return
            }
        }
    }

    mutating func value() throws(JSONError) -> JSON {
        skipSpace()
        guard at < bytes.count else { throw error("the text ends where a value should be") }
        switch bytes[at] {
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "{"): return try object()
        case UInt8(ascii: "["): return try array()
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try number())
        default: throw error("not the start of a value")
        }
    }

    mutating func word(_ text: StaticString, _ value: JSON) throws(JSONError) -> JSON {
        let length = text.utf8CodeUnitCount
        guard at + length <= bytes.count else { throw error("not a value") }
        for i in 0..<length where bytes[at + i] != text.utf8Start[i] { throw error("not a value") }
        at += length
        return value
    }

    mutating func enter() throws(JSONError) {
        depth -= 1
        if depth < 0 { throw error("nested too deeply") }
        at += 1
    }

    mutating func object() throws(JSONError) -> JSON {
        try enter()
        var members: [JSONObject.Member] = []
        var keys: Set<String>?
        skipSpace()
        if at < bytes.count, bytes[at] == UInt8(ascii: "}") {
            at += 1
            depth += 1
            return .object(JSONObject())
        }
        while true {
            skipSpace()
            guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else {
                throw error("a key in quotes should be here")
            }
            let start = at
            let key = try string()
            // Few keys are compared one by one; many through a set.
            let isNew: Bool
            if members.count < 16 {
                isNew = !members.contains { $0.key == key }
            } else {
                var known = keys.take() ?? Set(members.map(\.key))
                isNew = known.insert(key).inserted
                keys = known
            }
            guard isNew else {
                at = start
                throw error("the same key twice in one object")
            }
            skipSpace()
            guard at < bytes.count, bytes[at] == UInt8(ascii: ":") else { throw error("a colon should be here") }
            at += 1
            members.append(JSONObject.Member(key: key, value: try value()))
            skipSpace()
            guard at < bytes.count else { throw error("the text ends inside an object") }
            if bytes[at] == UInt8(ascii: ",") {
                at += 1
            } else if bytes[at] == UInt8(ascii: "}") {
                at += 1
                depth += 1
                var object = JSONObject()
                object.members = members
                return .object(object)
            } else {
                throw error("a comma or a closing brace should be here")
            }
        }
    }

    mutating func array() throws(JSONError) -> JSON {
        try enter()
        var elements: [JSON] = []
        skipSpace()
        if at < bytes.count, bytes[at] == UInt8(ascii: "]") {
            at += 1
            depth += 1
            return .array([])
        }
        while true {
            elements.append(try value())
            skipSpace()
            guard at < bytes.count else { throw error("the text ends inside an array") }
            if bytes[at] == UInt8(ascii: ",") {
                at += 1
            } else if bytes[at] == UInt8(ascii: "]") {
                at += 1
                depth += 1
                return .array(elements)
            } else {
                throw error("a comma or a closing bracket should be here")
            }
        }
    }

    mutating func number() throws(JSONError) -> String {
        let start = at
        func digits(_ from: Int) -> Int {
            var end = from
            while end < bytes.count, bytes[end] >= 0x30, bytes[end] <= 0x39 { end += 1 }
            return end
        }
        if bytes[at] == UInt8(ascii: "-") { at += 1 }
        let whole = digits(at)
        guard whole > at else { throw error("a digit should be here") }
        if bytes[at] == 0x30, whole > at + 1 { throw error("a number does not begin with 0") }
        at = whole
        if at < bytes.count, bytes[at] == UInt8(ascii: ".") {
            let end = digits(at + 1)
            guard end > at + 1 else { throw error("a digit should follow the point") }
            at = end
        }
        if at < bytes.count, bytes[at] | 0x20 == UInt8(ascii: "e") {
            at += 1
            if at < bytes.count, bytes[at] == UInt8(ascii: "+") || bytes[at] == UInt8(ascii: "-") { at += 1 }
            let end = digits(at)
            guard end > at else { throw error("a digit should be in the exponent") }
            at = end
        }
        return String(decoding: bytes[start..<at], as: UTF8.self)
    }

    mutating func string() throws(JSONError) -> String {
        at += 1
        let start = at
        // The common case: no escape, so the text is copied once.
        while at < bytes.count {
            let byte = bytes[at]
            if byte == UInt8(ascii: "\"") {
                let text = try text(start..<at)
                at += 1
                return text
            }
            if byte == UInt8(ascii: "\\") { return try escaped(start) }
            if byte < 0x20 { throw error("a control character in a string must be escaped") }
            at += 1
        }
        throw error("the text ends inside a string")
    }

    func text(_ range: Range<Int>) throws(JSONError) -> String {
        guard let text = String(validating: UnsafeBufferPointer(rebasing: bytes[range]), as: UTF8.self) else {
            throw JSONError(reason: "a string is not UTF-8", offset: range.lowerBound)
        }
        return text
    }

    mutating func escaped(_ start: Int) throws(JSONError) -> String {
        var out: [UInt8] = Array(bytes[start..<at])
        while at < bytes.count {
            let byte = bytes[at]
            switch byte {
            case UInt8(ascii: "\""):
                guard let text = String(validating: out, as: UTF8.self) else {
                    throw JSONError(reason: "a string is not UTF-8", offset: start)
                }
                at += 1
                return text
            case UInt8(ascii: "\\"):
                at += 1
                guard at < bytes.count else { throw error("the text ends inside a string") }
                switch bytes[at] {
                case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): out.append(bytes[at])
                case UInt8(ascii: "b"): out.append(0x08)
                case UInt8(ascii: "f"): out.append(0x0c)
                case UInt8(ascii: "n"): out.append(0x0a)
                case UInt8(ascii: "r"): out.append(0x0d)
                case UInt8(ascii: "t"): out.append(0x09)
                case UInt8(ascii: "u"): out.append(contentsOf: String(Character(try scalar())).utf8)
                default: throw error("no such escape")
                }
                at += 1
            case 0..<0x20: throw error("a control character in a string must be escaped")
            default:
                out.append(byte)
                at += 1
            }
        }
        throw error("the text ends inside a string")
    }

    /// `at` is on the `u`; afterwards on the last digit. A lone surrogate becomes U+FFFD, as elsewhere in the field.
    mutating func scalar() throws(JSONError) -> Unicode.Scalar {
        let high = try unit()
        if let scalar = Unicode.Scalar(high) { return scalar }
        guard high < 0xdc00, at + 2 < bytes.count, bytes[at + 1] == UInt8(ascii: "\\"),
            bytes[at + 2] == UInt8(ascii: "u")
        else { return "\u{fffd}" }
        let back = at
        at += 2
        let low = try unit()
        guard (0xdc00...0xdfff).contains(low) else {
            at = back
            return "\u{fffd}"
        }
        return Unicode.Scalar(0x10000 + (high - 0xd800) << 10 + (low - 0xdc00)) ?? "\u{fffd}"
    }

    mutating func unit() throws(JSONError) -> UInt32 {
        guard at + 4 < bytes.count else { throw error("four digits should follow \\u") }
        var value: UInt32 = 0
        for i in 1...4 {
            let byte = bytes[at + i]
            let digit: UInt8
            switch byte {
            case 0x30...0x39: digit = byte - 0x30
            case 0x41...0x46: digit = byte - 0x41 + 10
            case 0x61...0x66: digit = byte - 0x61 + 10
            default: throw error("four hexadecimal digits should follow \\u")
            }
            value = value << 4 | UInt32(digit)
        }
        at += 4
        return value
    }
}
