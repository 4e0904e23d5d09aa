extension IPAddress: CustomStringConvertible {
    /// The one canonical text: RFC 5952 for IPv6 (lower case, no leading zeros, the first longest run of zero groups as
    /// `::`, an IPv4-mapped address with its IPv4 part in dotted form).
    public var description: String {
        if isIPv4 { return bytes.map { String($0) }.joined(separator: ".") }
        if bits >> 32 == 0xFFFF { return "::ffff:\(IPAddress(ipv4: UInt32(truncatingIfNeeded: bits)))" }
        let groups = (0..<8).map { UInt16(truncatingIfNeeded: bits >> UInt128(112 - 16 * $0)) }
        let run = Self.longestZeros(groups)
        // A single zero group is not shortened (RFC 5952, section 4.2.2).
        guard run.count > 1 else { return Self.joined(groups[...]) }
        return "\(Self.joined(groups[..<run.lowerBound]))::\(Self.joined(groups[run.upperBound...]))"
    }

    private static func longestZeros(_ groups: [UInt16]) -> Range<Int> {
        var longest = 0..<0
        var start = 0
        for (index, group) in groups.enumerated() {
            if group != 0 {
                start = index + 1
            } else if index + 1 - start > longest.count {
                longest = start..<index + 1
            }
        }
        return longest
    }

    private static func joined(_ groups: ArraySlice<UInt16>) -> String {
        groups.map { String($0, radix: 16) }.joined(separator: ":")
    }
}
