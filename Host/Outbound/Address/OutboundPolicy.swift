/// The origins that one plugin (or the host itself) may reach. Nothing is granted by default.
package struct OutboundPolicy: Sendable {
    package let allowed: [OutboundOrigin]

    package init(allowed: [OutboundOrigin] = []) {
        self.allowed = allowed
    }

    /// - Throws: `forbidden`, naming what was asked for and what is granted.
    package func check(_ url: OutboundURL) throws(OutboundError) {
        for origin in self.allowed where origin.covers(url) { return }
        let granted =
            self.allowed.isEmpty
            ? "no origin is granted" : "granted are \(self.allowed.map(\.description).joined(separator: ", "))"
        throw OutboundError(.forbidden, "\(url) is not granted; \(granted)", safeToRetry: true)
    }
}
