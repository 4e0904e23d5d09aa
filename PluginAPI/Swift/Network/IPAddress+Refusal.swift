extension IPAddress {
    /// Why nothing should be sent here without a literal grant; nil if the address is globally reachable, and every
    /// address that it carries is too. Where one that it carries is special, that one is named: `::ffff:127.0.0.1` is
    /// loopback.
    public var refusal: SpecialPurpose? {
        let own = purpose
        if own?.kind == .metadata { return own }
        let carried = embeddedAddresses.compactMap(\.purpose)
        return carried.first { $0.kind == .metadata } ?? carried.first ?? own
    }

    /// What its own range is for.
    private var purpose: SpecialPurpose? {
        (isIPv4 ? AddressRange.ipv4 : AddressRange.ipv6).first { $0.contains(self) }?.purpose
    }
}
