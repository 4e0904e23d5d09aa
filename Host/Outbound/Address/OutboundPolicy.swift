import JackfieldNetwork

/// The origins that one plugin (or the host itself) may reach. Nothing is granted by default.
package struct OutboundPolicy: Sendable {
    package let allowed: [OutboundOrigin]
    /// The hosts of granted origins that may lead into the own network; in lower case.
    package let privateNames: Set<String>

    package init(allowed: [OutboundOrigin] = [], privateNames: Set<String> = []) {
        self.allowed = allowed
        self.privateNames = privateNames
    }

    /// - Returns: which addresses the URL's host may lead to.
    /// - Throws: `forbidden`, naming what was asked for and what is granted.
    package func check(_ url: OutboundURL) throws(OutboundError) -> AddressGrant {
        for origin in self.allowed where origin.covers(url) {
            return AddressGrant(host: url.endpoint.host, privateNames: self.privateNames)
        }
        let granted =
            self.allowed.isEmpty
            ? "no origin is granted" : "granted are \(self.allowed.map(\.description).joined(separator: ", "))"
        throw OutboundError(
            .forbidden, "\(url) is not granted; \(granted)", safeToRetry: true,
            refusal: OutboundRefusal(.grant, rule: "grants.http"))
    }
}
