/// Vectors that are the same for the same text and differ for others. They mean nothing: texts of one meaning are no
/// nearer to each other than any two.
package enum TextVector {
    /// A vector of length 1.
    package static func vector(of text: String, dimensions: Int) -> [Float] {
        // FNV-1a (Fowler, Noll, Vo), 64 bits: every byte of the text counts.
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        var values: [Double] = []
        var squares = 0.0
        for _ in 0..<dimensions {
            // SplitMix64 (Steele, Lea, Flood, 2014): neighbouring states give unlike numbers.
            hash &+= 0x9e37_79b9_7f4a_7c15
            var mixed = (hash ^ hash >> 30) &* 0xbf58_476d_1ce4_e5b9
            mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
            mixed ^= mixed >> 31
            // Above -1 and never 0, so that the vector has a length.
            let value = (Double(mixed >> 11) + 0.5) / Double(1 << 52) - 1
            values.append(value)
            squares += value * value
        }
        let length = squares.squareRoot()
        return values.map { Float($0 / length) }
    }
}
