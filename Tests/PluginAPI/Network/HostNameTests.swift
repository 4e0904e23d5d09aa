import Glibc
import JackfieldNetwork
import Testing

@Suite("Hosts as lenient readers read them")
struct HostNameTests {
    @Test("whatever inet_aton takes for an address is recognised as the same one")
    func agreesWithTheCLibrary() {
        var random = SeededGenerator(state: 8)
        var read = 0
        for _ in 0..<40_000 {
            let parts = (0..<Int.random(in: 1...4, using: &random)).map { _ in part(&random) }
            let text = parts.joined(separator: ".")
            var address = in_addr()
            guard inet_aton(text, &address) == 1 else { continue }
            read += 1
            #expect(HostName.address(text) == IPAddress(ipv4: UInt32(bigEndian: address.s_addr)), "\(text)")
        }
        #expect(read > 10_000)
    }

    private func part(_ random: inout SeededGenerator) -> String {
        let shift = UInt64.random(in: 32...63, using: &random)
        let value = UInt32(truncatingIfNeeded: random.next() >> shift)
        let zeros = String(repeating: "0", count: Int.random(in: 0...3, using: &random))
        switch random.next() % 4 {
        case 0: return "0x\(zeros)\(String(value, radix: 16, uppercase: random.next() % 2 == 0))"
        case 1: return "0\(zeros)\(String(value, radix: 8))"
        default: return String(value)
        }
    }

    @Test(
        "where readers disagree, all readings are there",
        arguments: [
            ("010.0.0.1", ["8.0.0.1", "10.0.0.1"]), ("0177.0.0.1", ["127.0.0.1", "177.0.0.1"]),
            ("08.0.0.1", ["8.0.0.1"]),
            ("[::ffff:010.0.0.1]", ["::ffff:8.0.0.1", "::ffff:10.0.0.1"]), ("127.1", ["127.0.0.1"]),
            ("8.8.8.8", ["8.8.8.8"]),
            ("::1", ["::1"]), ("[::1]", ["::1"]), ("[fe80::1%25eth0]", ["fe80::1"]),
        ])
    func readings(_ host: String, _ addresses: [String]) {
        #expect(HostName.addresses(host).map(\.description) == addresses)
    }

    @Test(
        "names are no addresses",
        arguments: [
            "", ".", "example.com", "1.2.3.4.5", "1.2.3.4.example.com", "a.b", "0x7g.1", "127..1", ".127.1",
            "dead.beef", "face:b00k", "o1",
            "q7.com", "1e3", "1_000", "::g", "[]", "%", "%zz", "①.example", "x.1", "12345678.com", "0xyz", "-1", "+1",
        ])
    func names(_ host: String) {
        #expect(HostName.address(host) == nil)
    }

    @Test("a host too long for anybody is no address")
    func tooLong() {
        #expect(HostName.address(String(repeating: "0", count: 2000) + "127.1") != nil)
        #expect(HostName.address(String(repeating: "0", count: 3000) + "127.1") == nil)
        #expect(HostName.isLocal(String(repeating: "a", count: 3000) + ".localhost")?.range == "localhost")
    }

    @Test(
        "local names, with what made them so",
        arguments: [
            ("localhost", "localhost"), ("A.LOCALHOST.", "localhost"), ("x.local", "local"), ("y.internal", "internal"),
            ("z.home.arpa", "home.arpa"), ("ip6-localhost", "ip6-localhost"),
            ("metadata.google.internal", "metadata.google.internal"),
            ("a.metadata.google.internal", "metadata.google.internal"), ("10.0.0.1.nip.io", "10.0.0.0/8 under nip.io"),
            ("ⓛⓞⓒⓐⓛⓗⓞⓢⓣ", "localhost"), ("local%68ost", "localhost"),
        ])
    func local(_ host: String, _ range: String) {
        #expect(HostName.isLocal(host)?.range == range)
    }

    @Test(
        "ordinary names",
        arguments: [
            "localhost.com", "local.com", "internal.example.com", "notlocalhost", "home.com", "8.8.8.8.nip.io",
            "x.arpa", "127.0.0.1", "", ".",
        ])
    func ordinary(_ host: String) {
        #expect(HostName.isLocal(host) == nil)
    }
}
