import Synchronization

/// Makes the ids of completions: `chatcmpl-` and 32 hexadecimal digits, unlike each other, not secret. Any thread.
package enum ChatCompletionID {
    /// The first names this process; the second is counted on from a random start.
    private static let prefix = UInt64.random(in: .min ... .max)
    private static let counter = Atomic<UInt64>(UInt64.random(in: .min ... .max))

    package static func make() -> String {
        // SplitMix64 (Steele, Lea and Flood, 2014), which visits each value once.
        var mixed = counter.wrappingAdd(0x9e37_79b9_7f4a_7c15, ordering: .relaxed).newValue
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        mixed ^= mixed >> 31
        let words = (prefix, mixed)
        return String(unsafeUninitializedCapacity: 41) { buffer in
            let head: StaticString = "chatcmpl-"
            for index in 0..<9 { buffer[index] = head.utf8Start[index] }
            for digit in 0..<32 {
                let word = digit < 16 ? words.0 : words.1
                let value = UInt8(truncatingIfNeeded: word >> UInt64(60 - 4 * (digit & 15))) & 0xf
                buffer[9 + digit] = value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") - 10 + value
            }
            return 41
        }
    }
}
