import JackfieldNetwork
import Testing

@Suite("Addresses that are not places on the public network")
struct SpecialPurposeTests {
    @Test(
        "each kind is named, with its range and its source",
        arguments: [
            ("127.0.0.1", "loopback, 127.0.0.0/8 (RFC 1122)"), ("::1", "loopback, ::1 (RFC 4291)"),
            ("0.0.0.0", "unspecified, 0.0.0.0 (RFC 1122)"), ("10.1.2.3", "private, 10.0.0.0/8 (RFC 1918)"),
            ("172.31.0.1", "private, 172.16.0.0/12 (RFC 1918)"), ("192.168.0.1", "private, 192.168.0.0/16 (RFC 1918)"),
            ("100.64.0.1", "carrier-grade NAT, 100.64.0.0/10 (RFC 6598)"),
            ("169.254.0.1", "link-local, 169.254.0.0/16 (RFC 3927)"),
            ("fe80::1", "link-local, fe80::/10 (RFC 4291)"), ("fd00::1", "private, fc00::/7 (RFC 4193)"),
            ("fec0::1", "site-local, fec0::/10 (RFC 3879)"), ("224.0.0.1", "multicast, 224.0.0.0/4 (RFC 5771)"),
            ("ff02::1", "multicast, ff00::/8 (RFC 4291)"), ("255.255.255.255", "broadcast, 255.255.255.255 (RFC 919)"),
            ("240.0.0.1", "reserved, 240.0.0.0/4 (RFC 1112)"),
            ("203.0.113.1", "documentation, 203.0.113.0/24 (RFC 5737)"),
            ("169.254.169.254", "metadata service, 169.254.169.254 (the metadata service of most clouds)"),
            ("168.63.129.16", "metadata service, 168.63.129.16 (the host agent of Azure)"),
            ("fd00:ec2::254", "metadata service, fd00:ec2::/32 (the instance services of AWS)"),
            ("::ffff:127.0.0.1", "loopback, 127.0.0.0/8 (RFC 1122)"),
            ("64:ff9b::10.0.0.1", "private, 10.0.0.0/8 (RFC 1918)"),
            ("2002:a00:1::", "private, 10.0.0.0/8 (RFC 1918)"), ("2002:808:808::", "translation, 2002::/16 (RFC 3056)"),
            ("::ffff:8.8.8.8", "translation, ::ffff:0:0/96 (RFC 4291)"), ("::8.8.8.8", "reserved, ::/0 (RFC 4291)"),
            ("2001::ffff:fffe", "unspecified, 0.0.0.0/8 (RFC 791)"), ("4000::", "reserved, ::/0 (RFC 4291)"),
        ])
    func named(_ text: String, _ purpose: String) throws {
        #expect(try #require(IPAddress(text)).refusal?.description == purpose)
    }

    @Test(
        "the address that another carries",
        arguments: [
            ("::ffff:1.2.3.4", ["1.2.3.4"]), ("::1.2.3.4", ["1.2.3.4"]), ("::ffff:0:1.2.3.4", ["1.2.3.4"]),
            ("64:ff9b::1.2.3.4", ["1.2.3.4"]), ("64:ff9b:1::1.2.3.4", ["1.2.3.4"]),
            ("64:ff9b:1:102:3:400::", ["1.2.3.4"]),
            ("2002:102:304::", ["1.2.3.4"]), ("2002:102:304:5:6:7:8:9", ["1.2.3.4"]),
            ("2001:0:506:708:0:0:fefd:fcfb", ["1.2.3.4", "5.6.7.8"]), ("fe80::5efe:1.2.3.4", ["1.2.3.4"]),
            ("2600:1:2:3:200:5efe:1.2.3.4", ["1.2.3.4"]), ("::", []), ("::1", []), ("2606:4700::1111", []),
            ("1.2.3.4", []),
            ("2600::100:5efe:1.2.3.4", []), ("64:ff9b:0:1::1.2.3.4", []), ("2001:1::1", []), ("2003:102:304::", []),
        ])
    func embedded(_ text: String, _ carried: [String]) throws {
        let address = try #require(IPAddress(text))
        #expect(address.embeddedAddresses.map(\.description) == carried)
        #expect(address.embedded?.description == carried.first)
    }

    @Test("random addresses, and all at the edges, are judged as by a second table that is walked another way")
    func secondTable() {
        var random = SeededGenerator(state: 17)
        var addresses = ReachableBlocks.edges
        for _ in 0..<20_000 { addresses.append(randomAddress(&random)) }
        // IPv4 alone fills its space evenly; IPv6 needs to be led to where something is.
        let prefixes = addresses.prefix(ReachableBlocks.edges.count).filter { !$0.isIPv4 }.map(\.bytes)
        for _ in 0..<20_000 {
            var bytes = prefixes.randomElement(using: &random)!
            for index in Int.random(in: 2..<16, using: &random)..<16 {
                bytes[index] = UInt8(truncatingIfNeeded: random.next())
            }
            addresses.append(IPAddress(bytes: bytes)!)
        }
        var reachable = 0
        for address in addresses {
            let expected = ReachableBlocks.isReachable(address)
            #expect((address.refusal == nil) == expected, "\(address): \(address.refusal?.description ?? "reachable")")
            if expected { reachable += 1 }
        }
        #expect(reachable > addresses.count / 10 && reachable < addresses.count * 9 / 10)
    }

    @Test(
        "every address that carries a special one is refused",
        arguments: ["127.0.0.1", "10.9.8.7", "169.254.169.254", "0.0.0.0"])
    func carriers(_ text: String) throws {
        let inner = try #require(IPAddress(text)).bytes
        var random = SeededGenerator(state: 3)
        func fill(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) } }
        for _ in 0..<200 {
            let carriers: [[UInt8]] = [
                [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF] + inner,
                [0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0] + inner,
                [0x20, 0x02] + inner + fill(10), [0x20, 0x01, 0, 0] + fill(8) + inner.map { ~$0 },
                [0x20, 0x01, 0, 0] + inner + fill(8), [0x26] + fill(7) + [0, 0, 0x5E, 0xFE] + inner,
                [0x2A] + fill(7) + [2, 0, 0x5E, 0xFE] + inner,
            ]
            for bytes in carriers { #expect(IPAddress(bytes: bytes)?.refusal != nil, "\(bytes)") }
        }
    }
}

/// What is globally reachable, as first and last addresses in order, written down a second time from the registries. An
/// address is looked for by comparing bytes; no prefixes, no masks.
enum ReachableBlocks {
    private static let ipv4 = """
        1.0.0.0 9.255.255.255 | 11.0.0.0 100.63.255.255 | 100.128.0.0 126.255.255.255 | 128.0.0.0 168.63.129.15
        168.63.129.17 169.253.255.255 | 169.255.0.0 172.15.255.255 | 172.32.0.0 191.255.255.255 | 192.0.0.9 192.0.0.10
        192.0.1.0 192.0.1.255 | 192.0.3.0 192.88.98.255 | 192.88.100.0 192.167.255.255 | 192.169.0.0 198.17.255.255
        198.20.0.0 198.51.99.255 | 198.51.101.0 203.0.112.255 | 203.0.114.0 223.255.255.255
        """
    private static let ipv6 = """
        64:ff9b::0 64:ff9b::ffff:ffff | 2001:1::1 2001:1::3 | 2001:3:: 2001:3:ffff:ffff:ffff:ffff:ffff:ffff
        2001:4:112:: 2001:4:112:ffff:ffff:ffff:ffff:ffff | 2001:20:: 2001:3f:ffff:ffff:ffff:ffff:ffff:ffff
        2000:: 2000:ffff:ffff:ffff:ffff:ffff:ffff:ffff | 2001:200:: 2001:db7:ffff:ffff:ffff:ffff:ffff:ffff
        2001:db9:: 2001:ffff:ffff:ffff:ffff:ffff:ffff:ffff | 2003:: 3ffe:ffff:ffff:ffff:ffff:ffff:ffff:ffff
        3fff:1000:: 3fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff
        """

    private static let blocks: [(first: [UInt8], last: [UInt8])] = (ipv4 + "\n" + ipv6).split {
        $0 == "\n" || $0 == "|"
    }.map {
        let ends = $0.split(separator: " ").map { IPAddress(String($0))!.bytes }
        return (ends[0], ends[1])
    }

    static func isReachable(_ address: IPAddress) -> Bool {
        let bytes = address.bytes
        guard contains(bytes) else { return false }
        guard bytes.count == 16 else { return true }
        // Translated to IPv4 on the way, or tunnelled: NAT64 and ISATAP.
        let isTranslated = bytes.starts(with: [0, 0x64, 0xFF, 0x9B])
        let isTunnelled =
            bytes[8..<12].elementsEqual([0, 0, 0x5E, 0xFE]) || bytes[8..<12].elementsEqual([2, 0, 0x5E, 0xFE])
        return isTranslated || isTunnelled ? contains(Array(bytes[12...])) : true
    }

    private static func contains(_ bytes: [UInt8]) -> Bool {
        blocks.contains { block in
            block.first.count == bytes.count && !bytes.lexicographicallyPrecedes(block.first)
                && !block.last.lexicographicallyPrecedes(bytes)
        }
    }

    /// The first and last address of each block, and those just outside.
    static let edges: [IPAddress] = blocks.flatMap { block in
        [block.first, block.last, stepped(block.first, by: 255), stepped(block.last, by: 1)].compactMap {
            IPAddress(bytes: $0)
        }
    }

    /// Plus one, or plus 255 with the carry lost at each byte, which is minus one.
    private static func stepped(_ bytes: [UInt8], by step: UInt8) -> [UInt8] {
        var bytes = bytes
        for index in bytes.indices.reversed() {
            bytes[index] &+= step
            if bytes[index] != (step == 1 ? 0 : 255) { break }
        }
        return bytes
    }
}
