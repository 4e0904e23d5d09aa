/// How much one plugin may do with the network at a time, and where names of its grants may lead. Where it may go at all
/// is `GrantsConfig.http`.
package struct OutboundConfig: Sendable, Hashable {
    /// Requests under way at one time, 1...100,000.
    package var concurrency = 4096
    /// Bytes of one request's body.
    package var requestSize = ByteCount.mebibytes(64)
    /// Bytes of one response's body, as they come over the wire.
    package var responseSize = ByteCount.mebibytes(64)
    /// Bytes of one response's body once the host has decompressed it.
    package var decompressedSize = ByteCount.mebibytes(64)
    /// From the start of a request to the last byte of its response; the deadline of the call counts beside it.
    package var timeout = Duration.seconds(600)
    /// Names among the hosts of `grants.http` that may lead to addresses of this machine and of private networks.
    package var privateNames: [OutboundName] = []

    package init() {}
}

/// The name of a host, in lower case; no address.
package struct OutboundName: Sendable, Hashable, CustomStringConvertible {
    package let text: String

    /// - Throws: `InvalidValue`, when the text is no host's name, or is an address.
    package init(_ text: String) throws(InvalidValue) {
        let host = try HostAndPort(text, defaultPort: 0).host
        guard host.utf8.contains(where: { !Characters.isDigit($0) && $0 != 0x2E }), !host.utf8.contains(0x3A),
            host == text
        else {
            throw InvalidValue(
                "\(text.quoted) is not the name of a host: write a name of grants.http alone, like \"ollama.internal\"; "
                    + "an address that stands in grants.http needs no more")
        }
        self.text = host.lowercased()
    }

    /// For a name that is known to be right.
    init(unchecked text: String) { self.text = text }

    package var description: String { self.text }
}
