/// Guesses how many tokens a text has, without any model's vocabulary: four ASCII characters are about one token, two
/// of other alphabets, one of the scripts that have three bytes in UTF-8, as Chinese and Hindi, and half an emoji. It
/// is meant to be near for prose and on the high side for other scripts; code and numbers can have half as many again.
package struct TokenEstimate: Sendable, Hashable {
    /// In eighths of a token, so that many short pieces are not rounded one by one.
    private var eighths: UInt64 = 0

    package init() {}

    package init(_ text: String) { add(text) }

    /// Rounded up.
    package var tokens: UInt64 { eighths / 8 + (eighths % 8 == 0 ? 0 : 1) }

    package mutating func add(_ text: String) {
        // Strings of Swift are contiguous UTF-8; the other way is for those that are not.
        if text.utf8.withContiguousStorageIfAvailable({ eighths &+= Self.eighths($0) }) == nil {
            eighths &+= Self.eighths(text.utf8)
        }
    }

    /// Counts text in UTF-8. A pass over its bytes, without a branch for each.
    package mutating func add(utf8 bytes: ArraySlice<UInt8>) {
        eighths &+= bytes.withUnsafeBufferPointer { Self.eighths($0) }
    }

    package mutating func add(tokens: UInt64) { eighths &+= tokens &* 8 }

    private static func eighths(_ bytes: some Sequence<UInt8>) -> UInt64 {
        var sum: UInt64 = 0
        for byte in bytes {
            // Only the first byte of a character counts; it says how many follow (RFC 3629): 2 for one byte, then 4, 8, 16.
            sum &+= byte < 0x80 ? 2 : 0
            sum &+= byte >= 0xC0 ? 4 : 0
            sum &+= byte >= 0xE0 ? 4 : 0
            sum &+= byte >= 0xF0 ? 8 : 0
        }
        return sum
    }
}
