import JackfieldNetwork
import Outbound
import Testing

@Suite("What an origin that is granted says of addresses") struct AddressGrantTests {
    @Test(arguments: [
        ("127.0.0.1", AddressGrant.literal), ("::1", .literal), ("169.254.170.2", .literal), ("8.8.8.8", .literal),
        ("localhost", .loopback), ("ollama.localhost", .loopback), ("notlocalhost", .global),
        ("api.example.com", .global), ("gpu.internal", .local),
        // Odd forms are names: what a resolver makes of them is judged as that of any name.
        ("2130706433", .global), ("0x7f.1", .global), ("127.1", .global), ("0177.0.0.1", .global),
        ("localhost.", .global), ("localhost.example.com", .global), ("127.0.0.1.nip.example", .global),
    ])
    func followsFromItsHost(host: String, grant: AddressGrant) {
        #expect(AddressGrant(host: host, privateNames: ["gpu.internal"]) == grant)
    }

    /// Where no name leads without a word of the operator, and what stands against it.
    static let special: [(address: String, kind: SpecialPurpose.Kind)] = [
        ("127.0.0.1", .loopback), ("127.255.255.254", .loopback), ("::1", .loopback), ("::ffff:127.0.0.1", .loopback),
        ("64:ff9b::7f00:1", .loopback), ("2002:7f00:1::", .loopback), ("::127.0.0.1", .loopback),
        ("10.0.0.1", .privateUse), ("172.16.0.1", .privateUse), ("172.31.255.255", .privateUse),
        ("192.168.1.1", .privateUse), ("fd12:3456::1", .privateUse), ("::ffff:10.0.0.1", .privateUse),
        ("100.64.0.1", .carrierGrade), ("169.254.169.254", .metadata), ("fd00:ec2::254", .metadata),
        ("::ffff:169.254.169.254", .metadata), ("64:ff9b::a9fe:a9fe", .metadata), ("100.100.100.200", .metadata),
        ("169.254.1.1", .linkLocal), ("fe80::1", .linkLocal), ("224.0.0.1", .multicast), ("ff02::1", .multicast),
        ("255.255.255.255", .broadcast), ("240.0.0.1", .reserved), ("fec0::1", .siteLocal),
    ]

    @Test(arguments: special)
    func aNameLeadsToPublicAddressesAlone(address: String, kind: SpecialPurpose.Kind) throws {
        let error = try #require(try objection(to: address, under: .global))
        #expect(error.code == .forbidden)
        #expect(error.safeToRetry)
        #expect(error.refusal?.reason == .address)
        #expect(error.refusal?.purpose == kind, "\(address)")
        #expect(error.refusal?.address == IPAddress(address)?.description)
        #expect(!error.sentence.contains(address), "the plugin need not know the inside of the network")
    }

    @Test(arguments: ["0.0.0.0", "0.1.2.3", "::", "192.0.2.1", "198.18.0.1", "2001:db8::1"])
    func norToAddressesThatAreNobodys(address: String) throws {
        #expect(try objection(to: address, under: .global)?.code == .forbidden)
        #expect(try objection(to: address, under: .local)?.code == .forbidden)
        #expect(try objection(to: address, under: .loopback)?.code == .forbidden)
    }

    @Test(arguments: ["8.8.8.8", "1.1.1.1", "104.18.6.192", "2606:4700::6812:7c0", "2001:4860:4860::8888"])
    func publicAddressesAreReachedByAllNamesButLocalhost(address: String) throws {
        #expect(try objection(to: address, under: .global) == nil)
        #expect(try objection(to: address, under: .local) == nil)
        #expect(try objection(to: address, under: .loopback)?.code == .forbidden)
    }

    @Test(arguments: special)
    func aNameOfTheOwnNetworkLeadsToThisMachineAndPrivateNetworks(address: String, kind: SpecialPurpose.Kind) throws {
        let isOwn = kind == .loopback || kind == .privateUse || kind == .carrierGrade
        #expect(try (objection(to: address, under: .local) == nil) == isOwn, "\(address)")
    }

    @Test(arguments: special)
    func localhostIsThisMachine(address: String, kind: SpecialPurpose.Kind) throws {
        #expect(try (objection(to: address, under: .loopback) == nil) == (kind == .loopback), "\(address)")
    }

    @Test(arguments: special)
    func anAddressThatTheOperatorWroteIsReachedAndNoOther(address: String, kind: SpecialPurpose.Kind) throws {
        #expect(try objection(to: address, under: .literal, host: address) == nil)
        #expect(try objection(to: "9.9.9.9", under: .literal, host: address)?.code == .forbidden)
    }

    @Test func aSocketThatIsNotOfIPIsNeverReached() throws {
        for grant in AddressGrant.allCases {
            #expect(try objection(to: "/run/docker.sock", under: grant)?.code == .forbidden)
        }
    }
}
