/// Makes request ids: 32 hexadecimal digits, unlike each other, not secret.
struct RequestIDSource {
    private let prefix: UInt64
    private var state: UInt64

    init() {
        var system = SystemRandomNumberGenerator()
        prefix = system.next()
        state = system.next()
    }

    /// The prefix names this source; the rest is SplitMix64 (Steele, Lea and Flood, 2014), which visits each value once.
    mutating func next() -> String {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = (state ^ (state >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        mixed ^= mixed >> 31
        let words = (prefix, mixed)
        return String(unsafeUninitializedCapacity: 32) { buffer in
            Self.write(words.0, to: buffer, at: 0)
            Self.write(words.1, to: buffer, at: 16)
            return 32
        }
    }

    private static func write(_ word: UInt64, to buffer: UnsafeMutableBufferPointer<UInt8>, at offset: Int) {
        for digit in 0..<16 {
            let value = UInt8(truncatingIfNeeded: word >> UInt64(60 - 4 * digit)) & 0xf
            buffer[offset + digit] = value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") - 10 + value
        }
    }
}
