/// Why an address or a name is not a place on the public network.
public struct SpecialPurpose: Sendable, Hashable, CustomStringConvertible {
    /// The kinds, a closed list; the raw values are stable and fit for metric labels.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// Hands out the credentials of the machine that the host runs on.
        case metadata = "metadata service"
        case loopback = "loopback"
        case unspecified = "unspecified"
        case privateUse = "private"
        case linkLocal = "link-local"
        case carrierGrade = "carrier-grade NAT"
        case siteLocal = "site-local"
        case multicast = "multicast"
        case broadcast = "broadcast"
        case protocolAssignment = "protocol assignment"
        case translation = "translation"
        case benchmarking = "benchmarking"
        case documentation = "documentation"
        case discard = "discard"
        case segmentRouting = "segment routing"
        case reserved = "reserved"
        /// A name that only the machine or its own network knows.
        case localName = "local name"
    }

    public let kind: Kind
    /// The range as in its registry, "127.0.0.0/8"; of a name, the name or what it ends in.
    public let range: String
    /// Where that is written: "RFC 1122".
    public let source: String

    public init(_ kind: Kind, range: String, source: String) {
        self.kind = kind
        self.range = range
        self.source = source
    }

    /// "loopback"
    public var name: String { kind.rawValue }

    /// "loopback, 127.0.0.0/8 (RFC 1122)"
    public var description: String { "\(name), \(range) (\(source))" }
}
