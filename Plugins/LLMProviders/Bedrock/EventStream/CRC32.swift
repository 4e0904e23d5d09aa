/// The CRC-32 of IEEE 802.3, as zlib computes it: polynomial 0x04C11DB7, bits mirrored.
enum CRC32 {
    private static let table: [UInt32] = (0..<256).map { index in
        (0..<8).reduce(UInt32(index)) { value, _ in value & 1 == 1 ? 0xedb8_8320 ^ value >> 1 : value >> 1 }
    }

    /// - Parameter before: the checksum of the bytes that came before these.
    static func checksum(_ bytes: some Sequence<UInt8>, continuing before: UInt32 = 0) -> UInt32 {
        let table = table
        var value = ~before
        for byte in bytes { value = table[Int(UInt8(truncatingIfNeeded: value) ^ byte)] ^ value >> 8 }
        return ~value
    }
}
