extension ConfigTables {
    static let outbound = ConfigTable<OutboundConfig>(
        "How much a plugin may do with the network, beyond where it may go at all, which is grants.http.",
        [
            .init("concurrency", \.concurrency, .int(1...100_000), "Requests under way at one time."),
            .init(
                "request_size", \.requestSize, .bytes(ByteCount(bytes: 0)...ByteCount(bytes: 1 << 30)),
                "The largest body of a request."),
            .init(
                "response_size", \.responseSize, .bytes(ByteCount(bytes: 0)...ByteCount(bytes: 1 << 40)),
                "The largest body of a response, as it comes over the wire."),
            .init(
                "decompressed_size", \.decompressedSize, .bytes(ByteCount(bytes: 0)...ByteCount(bytes: 1 << 40)),
                "The largest body of a response once the host has decompressed it."),
            .init(
                "timeout", \.timeout, .duration(),
                "For one request, to the last byte of its response. A call's own deadline counts beside it."),
            .init(
                "private", \.privateNames,
                .list(
                    of: .parsed("name of a host") { text throws(InvalidValue) in try OutboundName(text) },
                    seed: OutboundName(unchecked: "unset")),
                "Names in grants.http that may lead to this machine and to private networks. All other names lead to "
                    + "public addresses alone, but for localhost, which is this machine."),
        ])

    /// What `private` lists must be granted: it says how a grant is meant, and grants nothing.
    static func outboundNames(_ plugin: PluginConfig, _ report: (String?, String) -> Void) {
        let hosts = Set(plugin.grants.http.map(\.host))
        for name in plugin.outbound.privateNames where !hosts.contains(name.text) {
            report("outbound", "private lists \(name.text.quoted), which is the host of no origin in grants.http")
        }
    }
}
