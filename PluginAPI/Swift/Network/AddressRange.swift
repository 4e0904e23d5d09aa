/// A range of addresses with one purpose.
struct AddressRange: Sendable {
    let prefix: IPAddress
    let length: Int
    /// Nil where the range is globally reachable, though it lies within one that is not.
    let purpose: SpecialPurpose?

    /// - Parameter text: "127.0.0.0/8"; a single address has no slash.
    init(_ text: String, _ kind: SpecialPurpose.Kind?, _ source: String) {
        let parts = text.split(separator: "/")
        guard let prefix = IPAddress(String(parts[0])) else { preconditionFailure("\(text) is no range") }
        self.prefix = prefix
        length = parts.count > 1 ? Int(parts[1]) ?? prefix.width : prefix.width
        purpose = kind.map { SpecialPurpose($0, range: text, source: source) }
    }

    func contains(_ address: IPAddress) -> Bool { address.starts(with: prefix, length: length) }
}

extension AddressRange {
    /// Addresses at which clouds tell a machine about itself. They come first, whatever range they lie in.
    private static let metadata: [AddressRange] = [
        AddressRange("169.254.169.254", .metadata, "the metadata service of most clouds"),
        AddressRange("169.254.170.0/24", .metadata, "the credentials of containers on AWS"),
        AddressRange("169.254.0.23", .metadata, "the metadata service of Tencent Cloud"),
        AddressRange("169.254.42.42", .metadata, "the metadata service of Scaleway"),
        AddressRange("100.100.100.200", .metadata, "the metadata service of Alibaba Cloud"),
        AddressRange("100.96.0.96", .metadata, "the metadata service of Volcano Engine"),
        AddressRange("168.63.129.16", .metadata, "the host agent of Azure"),
        AddressRange("192.0.0.192", .metadata, "the metadata service of Oracle Cloud Classic"),
        AddressRange("fd00:ec2::/32", .metadata, "the instance services of AWS"),
        AddressRange("fd20:ce::254", .metadata, "the metadata service of Google Cloud"),
        AddressRange("fd00:c1::a9fe:a9fe", .metadata, "the metadata service of Oracle Cloud"),
        AddressRange("fd00:42::42", .metadata, "the metadata service of Scaleway"),
        AddressRange("fd00:a9fe:a9fe::1", .metadata, "the metadata service of Linode"),
        AddressRange("fe80::a9fe:a9fe", .metadata, "the metadata service of OpenStack"),
    ]

    /// The IANA registries "IPv4 Special-Purpose Address Space" (RFC 6890), "IPv4 Multicast Address Space" and what they
    /// leave out; the narrower range first.
    static let ipv4: [AddressRange] =
        metadata.filter(\.prefix.isIPv4) + [
            AddressRange("0.0.0.0", .unspecified, "RFC 1122"),
            AddressRange("0.0.0.0/8", .unspecified, "RFC 791"),
            AddressRange("10.0.0.0/8", .privateUse, "RFC 1918"),
            AddressRange("100.64.0.0/10", .carrierGrade, "RFC 6598"),
            AddressRange("127.0.0.0/8", .loopback, "RFC 1122"),
            AddressRange("169.254.0.0/16", .linkLocal, "RFC 3927"),
            AddressRange("172.16.0.0/12", .privateUse, "RFC 1918"),
            AddressRange("192.0.0.9", nil, "RFC 7723"),
            AddressRange("192.0.0.10", nil, "RFC 8155"),
            AddressRange("192.0.0.0/24", .protocolAssignment, "RFC 6890"),
            AddressRange("192.0.2.0/24", .documentation, "RFC 5737"),
            AddressRange("192.88.99.0/24", .translation, "RFC 7526"),
            AddressRange("192.168.0.0/16", .privateUse, "RFC 1918"),
            AddressRange("198.18.0.0/15", .benchmarking, "RFC 2544"),
            AddressRange("198.51.100.0/24", .documentation, "RFC 5737"),
            AddressRange("203.0.113.0/24", .documentation, "RFC 5737"),
            AddressRange("224.0.0.0/4", .multicast, "RFC 5771"),
            AddressRange("255.255.255.255", .broadcast, "RFC 919"),
            AddressRange("240.0.0.0/4", .reserved, "RFC 1112"),
        ]

    /// The IANA registry "IPv6 Special-Purpose Address Space", and around it what RFC 4291 says of all the rest: only
    /// 2000::/3 is given out. 6to4, Teredo and IPv4-mapped addresses are not globally reachable there either, whatever
    /// they carry.
    static let ipv6: [AddressRange] =
        metadata.filter { !$0.prefix.isIPv4 } + [
            AddressRange("::", .unspecified, "RFC 4291"),
            AddressRange("::1", .loopback, "RFC 4291"),
            AddressRange("::ffff:0:0/96", .translation, "RFC 4291"),
            AddressRange("64:ff9b::/96", nil, "RFC 6052"),
            AddressRange("64:ff9b:1::/48", .translation, "RFC 8215"),
            AddressRange("100::/64", .discard, "RFC 6666"),
            AddressRange("100:0:0:1::/64", .discard, "RFC 9780"),
            AddressRange("2001::/32", .translation, "RFC 4380"),
            AddressRange("2001:1::1", nil, "RFC 7723"),
            AddressRange("2001:1::2", nil, "RFC 8155"),
            AddressRange("2001:1::3", nil, "RFC 9665"),
            AddressRange("2001:2::/48", .benchmarking, "RFC 5180"),
            AddressRange("2001:3::/32", nil, "RFC 7450"),
            AddressRange("2001:4:112::/48", nil, "RFC 7535"),
            AddressRange("2001:20::/28", nil, "RFC 7343"),
            AddressRange("2001:30::/28", nil, "RFC 9374"),
            AddressRange("2001::/23", .protocolAssignment, "RFC 2928"),
            AddressRange("2001:db8::/32", .documentation, "RFC 3849"),
            AddressRange("2002::/16", .translation, "RFC 3056"),
            AddressRange("3fff::/20", .documentation, "RFC 9637"),
            AddressRange("2000::/3", nil, "RFC 4291"),
            AddressRange("5f00::/16", .segmentRouting, "RFC 9602"),
            AddressRange("fc00::/7", .privateUse, "RFC 4193"),
            AddressRange("fe80::/10", .linkLocal, "RFC 4291"),
            AddressRange("fec0::/10", .siteLocal, "RFC 3879"),
            AddressRange("ff00::/8", .multicast, "RFC 4291"),
            AddressRange("::/0", .reserved, "RFC 4291"),
        ]
}
