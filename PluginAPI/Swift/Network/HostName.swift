/// What stands where a host belongs, read as lenient resolvers, browsers and command line tools read it, so that an odd
/// spelling of an address is recognised. For deciding what to refuse, never for deciding where to connect.
public enum HostName {
    /// The longest host that is read, in bytes of UTF-8; a longer one is no host to anybody (RFC 1035 allows 253, and
    /// percent-encoding makes three bytes of one, once or twice).
    public static let maxLength = 2048

    /// The address that a host spells, also in the forms of `inet_aton` (one to four parts, decimal, octal or
    /// hexadecimal, `127.1`, `0x7f000001`), with trailing dots, percent-encoded, in brackets, with a zone, or in digits
    /// and dots that IDNA maps to ASCII. Nil where it is a name.
    ///
    /// Where readers disagree (a leading zero is octal to some and nothing to others), this is the reading of
    /// `inet_aton`; `addresses` has all.
    public static func address(_ host: String) -> IPAddress? { addresses(host).first }

    /// All addresses that some reader would take a host for, the reading of `inet_aton` first; empty for a name.
    public static func addresses(_ host: String) -> [IPAddress] {
        if let address = IPAddress(host) { return [address] }
        guard host.utf8.count <= maxLength else { return [] }
        var found: [IPAddress] = []
        for text in spellings(host) {
            for address in NumericHost.readings(text) where !found.contains(address) { found.append(address) }
        }
        return found
    }

    /// A host as those who compare names see it: percent-encoding undone, mapped to ASCII where IDNA maps it, in lower
    /// case, without brackets, invisible characters and trailing dots. What has no ASCII form stays.
    public static func folded(_ host: String) -> String {
        guard host.utf8.count <= maxLength else { return host }
        return trimmed(CharacterMapping.folded(PercentEncoding.decoded(host)))
    }

    /// Why a name leads to the machine itself or into its own network; nil if it is an ordinary name, or an address in
    /// whatever form.
    public static func isLocal(_ host: String) -> SpecialPurpose? {
        let name = folded(host)
        return LocalNames.purpose(name) ?? WildcardNames.purpose(name)
    }

    /// The host decoded; and where a percent sign may begin the zone of an IPv6 address (RFC 4007, section 11), what
    /// stands before it.
    private static func spellings(_ host: String) -> [String] {
        let whole = folded(host)
        guard let percent = host.firstIndex(of: "%"), host[..<percent].utf8.contains(UInt8(ascii: ":")) else {
            return [whole]
        }
        return [trimmed(CharacterMapping.folded(String(host[..<percent]))), whole]
    }

    private static func trimmed(_ host: String) -> String {
        var text = host[...]
        while text.utf8.first == UInt8(ascii: "[") { text = text.dropFirst() }
        while let last = text.utf8.last, last == UInt8(ascii: ".") || last == UInt8(ascii: "]") {
            text = text.dropLast()
        }
        return String(text)
    }
}
