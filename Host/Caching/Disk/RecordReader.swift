/// Reads what `RecordWriter` wrote, and trusts nothing: whatever does not fit is nil, and no length is believed before
/// the bytes are there.
struct RecordReader {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func number<Number: FixedWidthInteger & UnsignedInteger>(_ type: Number.Type) -> Number? {
        let size = Number.bitWidth / 8
        guard rest.count >= size else { return nil }
        var number: Number = 0
        for (index, byte) in rest.prefix(size).enumerated() { number |= Number(byte) << (index * 8) }
        rest = rest.dropFirst(size)
        return number
    }

    mutating func time() -> Int64? { number(UInt64.self).map { Int64(bitPattern: $0) } }

    mutating func data() -> [UInt8]? {
        guard let count = number(UInt32.self), rest.count >= Int(count) else { return nil }
        defer { rest = rest.dropFirst(Int(count)) }
        return Array(rest.prefix(Int(count)))
    }

    mutating func text() -> String? { data().flatMap { String(validating: $0, as: UTF8.self) } }

    /// Outer nil: unreadable; inner nil: absent.
    mutating func optionalText() -> String?? {
        switch number(UInt8.self) {
        case 0: .some(nil)
        case 1: text().map { .some($0) }
        default: nil
        }
    }

    mutating func texts() -> [String]? {
        guard let count = number(UInt32.self) else { return nil }
        var texts: [String] = []
        for _ in 0..<count {
            guard let text = text() else { return nil }
            texts.append(text)
        }
        return texts
    }
}
