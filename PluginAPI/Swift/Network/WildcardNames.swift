/// Names under public services that answer with whatever address the name spells: `10.0.0.1.nip.io`,
/// `app-127-0-0-1.sslip.io`, `7f000001.nip.io`. No resolver is needed to know where they lead.
enum WildcardNames {
    private static let services = [
        "nip.io", "sslip.io", "xip.io", "backname.io", "traefik.me", "xip.name", "ip6.name", "plex.direct",
        "nip.dev",
    ]

    /// What is special about the address in a name; nil if it is public, or if there is none. `name` is folded.
    static func purpose(_ name: String) -> SpecialPurpose? {
        guard let service = services.first(where: { name.hasSuffix(".\($0)") }) else { return nil }
        let prefix = name.dropLast(service.utf8.count + 1)
        for address in addresses(prefix) {
            if let refusal = address.refusal {
                return SpecialPurpose(refusal.kind, range: "\(refusal.range) under \(service)", source: refusal.source)
            }
        }
        return nil
    }

    /// Wherever in the name they stand, since the services differ in where they look.
    private static func addresses(_ prefix: Substring) -> [IPAddress] {
        var found: [IPAddress] = []
        let words = prefix.split { $0 == "." || $0 == "-" }
        for (index, word) in words.enumerated() {
            if index + 4 <= words.count {
                let quad = words[index..<index + 4].joined(separator: ".")
                if let address = HostName.address(quad) { found.append(address) }
            }
            if word.utf8.count == 8, let bits = UInt32(word, radix: 16) { found.append(IPAddress(ipv4: bits)) }
        }
        for label in prefix.split(separator: ".") where label.utf8.contains(UInt8(ascii: "-")) {
            if let address = IPAddress(String(label.map { $0 == "-" ? ":" : $0 })) { found.append(address) }
        }
        return found
    }
}
