/// A number of C as it lies in memory, by width and sign.
///
/// Widths are those of the LP64 model, which Linux has on x86-64 and arm64: `int` has 32 bits, `long` 64.
package enum ScalarKind: String, Sendable, Hashable, CaseIterable {
    case bool
    /// Also an integer, but a pointer to it is text.
    case char
    case int8, uint8, int16, uint16, int32, uint32, int64, uint64
    case float, double

    /// Bytes; the alignment is the same.
    package var size: Int {
        switch self {
        case .bool, .char, .int8, .uint8: 1
        case .int16, .uint16: 2
        case .int32, .uint32, .float: 4
        case .int64, .uint64, .double: 8
        }
    }

    package var isFloating: Bool { self == .float || self == .double }

    package var isSigned: Bool {
        switch self {
        case .int8, .int16, .int32, .int64, .float, .double: true
        // Signed on x86-64, unsigned on arm64.
        case .char: Int8(truncatingIfNeeded: CChar.min) < 0
        case .bool, .uint8, .uint16, .uint32, .uint64: false
        }
    }

    /// What an integer can hold; nil for floating point.
    package var range: ClosedRange<Int128>? {
        guard !isFloating else { return nil }
        if self == .bool { return 0...1 }
        let bits = Int128(size * 8)
        return isSigned ? -(1 << (bits - 1))...(1 << (bits - 1)) - 1 : 0...(1 << bits) - 1
    }

    /// Integers that a double does not hold exactly: JSON may carry them as strings.
    package var isWide: Bool { self == .int64 || self == .uint64 }
}
