extension IPAddress {
    /// The IPv4 address that an IPv6 address carries and that something on the way may send the packet to: in
    /// IPv4-mapped, IPv4-compatible and IPv4-translated addresses, NAT64 (well-known and local prefix), 6to4, Teredo
    /// (the client's) and ISATAP. Nil for all others.
    public var embedded: IPAddress? { embeddedAddresses.first }

    /// All that it carries: a Teredo address has the client's address and the server's.
    public var embeddedAddresses: [IPAddress] {
        guard !isIPv4 else { return [] }
        let top32 = UInt32(truncatingIfNeeded: bits >> 96)
        // IPv4-compatible ::/96 (RFC 4291, 2.5.5.1), mapped ::ffff:0:0/96 (2.5.5.2), translated ::ffff:0:0:0/96
        // (RFC 2765, 2.1). `::` and `::1` carry none.
        switch bits >> 32 {
        case 0: return bits > 1 ? [carried(at: 0)] : []
        case 0xFFFF, 0xFFFF_0000: return [carried(at: 0)]
        // The well-known prefix of RFC 6052, 64:ff9b::/96.
        case 0x0064_FF9B << 64: return [carried(at: 0)]
        default: break
        }
        if bits >> 80 == 0x0064_FF9B_0001 { return [translatedLocally] }
        if top32 >> 16 == 0x2002 { return [carried(at: 80)] }
        if top32 == 0x2001_0000 {
            // RFC 4380, section 4: the server's in the clear, the client's with every bit turned over.
            return [IPAddress(ipv4: ~UInt32(truncatingIfNeeded: bits)), carried(at: 64)]
        }
        // RFC 5214, section 6.1: an interface id of 0000:5efe or 0200:5efe, and the address.
        let identifier = UInt32(truncatingIfNeeded: bits >> 32)
        return identifier & ~0x0200_0000 == 0x0000_5EFE ? [carried(at: 0)] : []
    }

    /// In 64:ff9b:1::/48 a network chooses its own prefix (RFC 8215). With a prefix of 48 bits the address lies around
    /// the octet that has to be zero (RFC 6052, section 2.2) and nothing comes after it; with 96 bits it is at the end.
    private var translatedLocally: IPAddress {
        let isShort = bits & 0xFF_FFFF_FFFF == 0 && bits >> 56 & 0xFF == 0 && bits & ((1 << 80) - 1) != 0
        guard isShort else { return carried(at: 0) }
        let high = UInt32(truncatingIfNeeded: bits >> 64) & 0xFFFF
        let low = UInt32(truncatingIfNeeded: bits >> 40) & 0xFFFF
        return IPAddress(ipv4: high << 16 | low)
    }

    /// The 32 bits above the lowest `shift`.
    private func carried(at shift: Int) -> IPAddress {
        IPAddress(ipv4: UInt32(truncatingIfNeeded: bits >> UInt128(shift)))
    }
}
