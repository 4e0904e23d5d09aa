import Glibc

/// How evenly a value uses its characters (Shannon, 1948): 4 is the most that hexadecimal digits can reach, words have
/// about 2.5 to 3.
enum Entropy {
    static func bitsPerByte(_ value: ArraySlice<UInt8>) -> Double {
        var counts = [Int](repeating: 0, count: 256)
        for byte in value { counts[Int(byte)] += 1 }
        let total = Double(value.count)
        return counts.reduce(0) { bits, count in
            guard count > 0 else { return bits }
            let share = Double(count) / total
            return bits - share * log2(share)
        }
    }
}
