/// An IPv4 or IPv6 address, without a zone. A value of its bits: two that are equal lead to the same place.
///
/// An IPv6 address that carries an IPv4 one (`::ffff:127.0.0.1`) stays an IPv6 address; see `embedded`.
public struct IPAddress: Sendable, Hashable {
    /// The bits in network order; of an IPv4 address the lowest 32.
    let bits: UInt128
    public let isIPv4: Bool

    init(bits: UInt128, isIPv4: Bool) {
        self.bits = bits
        self.isIPv4 = isIPv4
    }

    /// An IPv4 address from its 32 bits: 127.0.0.1 is `0x7F00_0001`.
    public init(ipv4 bits: UInt32) {
        self.init(bits: UInt128(bits), isIPv4: true)
    }

    /// The 4 or 16 bytes of an address in network order, as they stand in `in_addr` and `in6_addr`; nil for any other
    /// count.
    public init?(bytes: some Collection<UInt8>) {
        let count = bytes.count
        guard count == 4 || count == 16 else { return nil }
        self.init(bits: bytes.reduce(0) { $0 << 8 | UInt128($1) }, isIPv4: count == 4)
    }

    /// 4 or 16 bytes in network order.
    public var bytes: [UInt8] {
        let count = isIPv4 ? 4 : 16
        return (0..<count).map { UInt8(truncatingIfNeeded: bits >> UInt128(8 * (count - 1 - $0))) }
    }

    /// 32 or 128.
    var width: Int { isIPv4 ? 32 : 128 }

    /// Whether the first `length` bits are those of `prefix`; false where one is IPv4 and the other IPv6.
    func starts(with prefix: IPAddress, length: Int) -> Bool {
        guard isIPv4 == prefix.isIPv4 else { return false }
        return (bits ^ prefix.bits) >> UInt128(width - length) == 0
    }
}
