/// Names that lead to the machine itself, into its own network, or to the metadata service of a cloud.
enum LocalNames {
    /// - Parameter name: folded.
    static func purpose(_ name: String) -> SpecialPurpose? {
        // No entry is longer than that, whatever stands before it.
        var rest = name[
            (name.utf8.index(name.endIndex, offsetBy: -64, limitedBy: name.startIndex) ?? name.startIndex)...]
        if rest.startIndex > name.startIndex {
            guard let dot = rest.utf8.firstIndex(of: UInt8(ascii: ".")) else { return nil }
            rest = rest[rest.utf8.index(after: dot)...]
        }
        // From the whole name to its last label: the longest entry decides.
        while true {
            if let purpose = table[String(rest)] { return purpose }
            guard let dot = rest.utf8.firstIndex(of: UInt8(ascii: ".")) else { return nil }
            rest = rest[rest.utf8.index(after: dot)...]
        }
    }

    private static let table: [String: SpecialPurpose] = {
        var table: [String: SpecialPurpose] = [:]
        func add(_ kind: SpecialPurpose.Kind, _ source: String, _ names: [String]) {
            for name in names { table[name] = SpecialPurpose(kind, range: name, source: source) }
        }
        add(.localName, "RFC 6761", ["localhost", "test"])
        add(.localName, "RFC 6762", ["local"])
        add(.localName, "RFC 8375", ["home.arpa"])
        add(.localName, "reserved by ICANN in 2024", ["internal"])
        // Used so in networks everywhere, never given out.
        add(.localName, "RFC 6762, appendix G", ["intranet", "private", "corp", "home", "lan"])
        add(
            .localName, "the hosts file of common systems",
            [
                "localdomain", "localhost4", "localhost6", "localdomain4", "localdomain6", "ip6-localhost",
                "ip6-loopback", "ip6-localnet", "ip6-allnodes", "ip6-allrouters", "ip6-mcastprefix", "broadcasthost",
            ])
        add(.localName, "the services of Kubernetes", ["svc", "kubernetes", "cluster"])
        add(.localName, "the services of Consul", ["consul"])
        add(
            .localName, "a public name of 127.0.0.1",
            [
                "localtest.me", "lvh.me", "vcap.me", "lacolhost.com", "fuf.me", "smackaho.st", "local.gd",
                "spoofed.burpcollaborator.net", "localhost.direct", "127-0-0-1.org.uk",
            ])
        add(.localName, "a name that changes its address", ["1u.ms", "rbndr.us", "rebind.network", "rebind.it"])
        add(
            .metadata, "the metadata service of Google Cloud",
            ["metadata.google.internal", "metadata.goog", "metadata"])
        add(
            .metadata, "the metadata service of AWS",
            ["instance-data", "instance-data.ec2.internal", "instance-data.amazonaws.com"])
        add(.metadata, "the metadata service of Azure", ["metadata.azure.internal"])
        add(.metadata, "the metadata service of Tencent Cloud", ["metadata.tencentyun.com"])
        add(.metadata, "the metadata service of Equinix", ["metadata.packet.net", "metadata.platformequinix.com"])
        add(.metadata, "the metadata service of IBM Cloud", ["metadata.cloud.ibm.com"])
        add(.metadata, "the metadata service of Rancher", ["rancher-metadata"])
        return table
    }()
}
