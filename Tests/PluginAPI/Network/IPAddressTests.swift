import Glibc
import JackfieldNetwork
import Testing

@Suite("Addresses and their text")
struct IPAddressTests {
    @Test(
        "the canonical form of RFC 5952",
        arguments: [
            ("127.0.0.1", "127.0.0.1"), ("255.255.255.255", "255.255.255.255"), ("0.0.0.0", "0.0.0.0"), ("::", "::"),
            ("::1", "::1"), ("1::", "1::"), ("2001:DB8::0001", "2001:db8::1"),
            ("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"),
            ("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"), ("2001:0:0:1:0:0:0:1", "2001:0:0:1::1"),
            ("::ffff:1.2.3.4", "::ffff:1.2.3.4"), ("::FFFF:102:304", "::ffff:1.2.3.4"),
            ("64:ff9b::1.2.3.4", "64:ff9b::102:304"),
            ("1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"), ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"),
            ("::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8"),
            ("fe80:0000:0000:0000:0204:61ff:fe9d:f156", "fe80::204:61ff:fe9d:f156"), ("0:0:0:0:0:0:0:0", "::"),
        ])
    func canonical(_ text: String, _ canonical: String) throws {
        let address = try #require(IPAddress(text))
        #expect(address.description == canonical)
        #expect(IPAddress(canonical) == address)
        #expect(IPAddress(bytes: address.bytes) == address)
    }

    @Test(
        "text that not everybody reads alike is none",
        arguments: [
            "", ".", ":", ":::", "1", "1.2.3", "1.2.3.4.", ".1.2.3.4", "1.2.3.4.5", "01.2.3.4", "1.2.3.04", "1.2.3.00",
            "256.1.1.1",
            "1.2.3.256", "1..2.3", "0x1.2.3.4", "1.2.3.4 ", " 1.2.3.4", "1.2.3.-4", "+1.2.3.4", "١.2.3.4",
            "1.2.3.4\u{0}", "1,2.3.4",
            "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3", ":1::", "1:", ":1", "1::2:", "12345::", "g::", "::1%lo",
            "[::1]", "::1.2.3",
            "::1.2.3.4.5", "::01.2.3.4", "1.2.3.4::", "::1.2.3.4:5", "1:2:3:4:5:6:7:1.2.3.4", "1:2:3:4:5:6:7:8::",
            "::1 ", "1::/64",
            "::1:2:3:4:5:6:7:8", "1:2:3:4::5:6:7:8", "::ffff:1.2.3.256", "::-1", "0:0:0:0:0:0:0:0:", "１::",
        ])
    func strict(_ text: String) {
        #expect(IPAddress(text) == nil)
    }

    @Test("a count of bytes that no address has is none")
    func byteCounts() {
        for count in 0..<20 where count != 4 && count != 16 {
            #expect(IPAddress(bytes: [UInt8](repeating: 1, count: count)) == nil)
        }
    }

    @Test("the C library reads the same texts, random and changed at random")
    func agreesWithTheCLibrary() {
        var random = SeededGenerator(state: 4)
        var read = 0
        for _ in 0..<40_000 {
            var text = randomAddress(&random).description
            // Other spellings of the same, then mistakes.
            if random.next() % 4 == 0, let gap = text.firstRange(of: "::") { text.replaceSubrange(gap, with: ":0:") }
            if random.next() % 2 == 0 {
                var scalars = Array(text.unicodeScalars)
                for _ in 0..<Int.random(in: 1...2, using: &random) where !scalars.isEmpty {
                    let at = Int.random(in: 0..<scalars.count, using: &random)
                    switch random.next() % 3 {
                    case 0: scalars.remove(at: at)
                    case 1: scalars.insert("0123456789abcdefA.:x".unicodeScalars.randomElement(using: &random)!, at: at)
                    default: scalars[at] = "0123456789.:".unicodeScalars.randomElement(using: &random)!
                    }
                }
                text = String(String.UnicodeScalarView(scalars))
            }
            let expected = cLibrary(text)
            #expect(IPAddress(text)?.bytes == expected, "\(text)")
            if expected != nil { read += 1 }
        }
        #expect((20_000..<39_000).contains(read), "as many texts are read as mistakes are made")
    }

    @Test("no two addresses have one text, and each is read back")
    func roundTrip() {
        var random = SeededGenerator(state: 9)
        for _ in 0..<20_000 {
            let address = randomAddress(&random)
            #expect(IPAddress(address.description) == address)
        }
    }

    private func cLibrary(_ text: String) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: 16)
        if inet_pton(AF_INET, text, &bytes) == 1 { return Array(bytes[..<4]) }
        return inet_pton(AF_INET6, text, &bytes) == 1 ? bytes : nil
    }
}

/// Of either kind, with many zero groups in those of IPv6, so that texts are short in many ways.
func randomAddress(_ random: inout SeededGenerator) -> IPAddress {
    if random.next() % 3 == 0 { return IPAddress(ipv4: UInt32(truncatingIfNeeded: random.next())) }
    let zeros = random.next()
    let bytes = (0..<16).map { index -> UInt8 in
        zeros >> (index / 2) & 1 == 1 ? 0 : UInt8(truncatingIfNeeded: random.next())
    }
    return IPAddress(bytes: bytes)!
}
