/// The most that one exchange may bring. Both are checked as bytes come, so that nothing is gathered beyond them.
package struct OutboundLimits: Sendable, Hashable {
    /// Bytes of the response body as they come over the wire.
    package var responseBytes: Int
    /// Bytes of the response body once the host has undone its content coding.
    package var decodedBytes: Int

    package init(responseBytes: Int = 64 << 20, decodedBytes: Int = 64 << 20) {
        self.responseBytes = responseBytes
        self.decodedBytes = decodedBytes
    }

    /// The names of the limits: keys of a plugin's `outbound`.
    package enum Name: String, Sendable, CaseIterable {
        case concurrency, timeout
        case requestSize = "request_size"
        case responseSize = "response_size"
        case decompressedSize = "decompressed_size"

        /// As `OutboundRefusal.rule` has it.
        package var rule: String { "outbound.\(self.rawValue)" }
    }
}
