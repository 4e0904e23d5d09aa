package import Telemetry
import JackfieldVocabulary
import Loading
import Logging
import Outbound
import Synchronization

/// What a plugin was refused on its way to the network.
package struct EgressRefusals: Sendable, Hashable {
    package struct Refusal: Sendable, Hashable {
        package let at: WallTime
        package let method: String
        /// Without its query.
        package let url: String
        /// Where the connection would have gone, if the name was resolved.
        package let address: String?
        /// `url`, `grant`, `address`, `secret` or `limit`.
        package let reason: String
        /// The rule that was broken.
        package let rule: String
        package let sentence: String
    }

    /// Since the host was started.
    package var count = 0
    package var last: Refusal?
}

/// Writes down every refusal: one line of the log, a count, and the last one for who asks. Any thread.
final class EgressAudit: Sendable {
    private let logger: Logger
    private let metrics: MetricsRegistry
    private let refusals = Mutex<[String: EgressRefusals]>([:])

    init(logger: Logger, metrics: MetricsRegistry) {
        self.logger = logger
        self.metrics = metrics
    }

    func refusals(of plugin: String) -> EgressRefusals { refusals.withLock { $0[plugin] } ?? EgressRefusals() }

    /// For a request that was not sent.
    ///
    /// - Parameter url: as the plugin wrote it.
    func refused(_ call: ServiceCall, method: String, url: String, _ error: OutboundError) {
        refused(call, method, Self.shown(url), error)
    }

    /// For an exchange that has failed; does nothing where the host did not refuse it.
    func refused(_ call: ServiceCall, method: String, url: OutboundURL, _ error: OutboundError) {
        refused(call, method, url.description, error)
    }

    private func refused(_ call: ServiceCall, _ method: String, _ shown: String, _ error: OutboundError) {
        guard let refusal = error.refusal else { return }
        let plugin = call.plugin.id
        let method = Self.isMethod(method) ? method : "none of HTTP"
        let entry = EgressRefusals.Refusal(
            at: .now(), method: method, url: shown, address: refusal.address, reason: refusal.reason.rawValue,
            rule: refusal.rule, sentence: error.sentence)
        refusals.withLock { all in
            all[plugin, default: EgressRefusals()].count += 1
            all[plugin]?.last = entry
        }
        metrics.counter(.outboundRefusals, [.plugin: plugin, .reason: entry.reason]).increment()
        var metadata: Logger.Metadata = [
            "plugin": "\(plugin)", "method": "\(method)", "url": "\(shown)", "reason": "\(entry.reason)",
            "rule": "\(entry.rule)", "sentence": "\(error.sentence)", "request_id": "\(call.scope.context.requestID)",
        ]
        if let address = refusal.address { metadata["address"] = "\(address)" }
        logger.warning("outbound refused", metadata: metadata)
    }

    /// A URL that cannot be read is shown by its scheme alone: what follows may be a password.
    private static func shown(_ text: String) -> String {
        if let url = try? OutboundURL(text) { return url.description }
        let scheme = text.utf8.prefix(16).prefix { (0x61...0x7A).contains($0 | 0x20) || (0x2B...0x39).contains($0) }
        guard !scheme.isEmpty, text.utf8.dropFirst(scheme.count).first == UInt8(ascii: ":") else { return "unreadable" }
        return String(decoding: scheme, as: UTF8.self) + ":…"
    }

    private static func isMethod(_ text: String) -> Bool {
        (1...20).contains(text.utf8.count) && text.utf8.allSatisfy { (0x41...0x5A).contains($0) }
    }
}
