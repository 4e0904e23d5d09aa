import JackfieldVocabulary
import JackfieldNetwork
import Manifest
import NIOCore
import NIOHTTP1
import Outbound
import Synchronization

/// What one plugin may do with the network. Any thread.
final class PluginEgress: Sendable {
    let id: String
    private let policy: OutboundPolicy
    private let config: OutboundConfig
    private let secrets: HeaderSecrets
    private let live = Atomic<Int>(0)
    /// The last URL that was parsed and admitted: a provider asks for the same one again and again.
    private let admitted = Mutex<(text: String, url: OutboundURL, addresses: AddressGrant)?>(nil)

    /// - Throws: if a granted origin cannot be understood, which the manifest's validation excludes.
    init(_ plugin: PluginConfig, secrets source: SecretSource) throws(OutboundError) {
        id = plugin.id.text
        config = plugin.outbound
        var origins: [OutboundOrigin] = []
        for origin in plugin.grants.http { origins.append(try OutboundOrigin(origin.description)) }
        policy = OutboundPolicy(allowed: origins, privateNames: Set(plugin.outbound.privateNames.map(\.text)))
        secrets = HeaderSecrets(plugin, source)
    }

    /// One request that the plugin has under way, counted as long as this lives.
    final class Slot: Sendable {
        private let egress: PluginEgress
        fileprivate init(_ egress: PluginEgress) { self.egress = egress }
        deinit { egress.live.wrappingSubtract(1, ordering: .relaxed) }
    }

    struct Admission: Sendable {
        let request: OutboundRequest
        /// Those that its headers hold.
        let secrets: [Secret]
        /// Held, not asked.
        let slot: Slot
        /// The deadline is the plugin's own limit, earlier than that of the call.
        let isTimeLimited: Bool
    }

    /// Makes of what the plugin asks for what is sent.
    ///
    /// - Parameter deadline: of the call: nanoseconds of CLOCK_MONOTONIC, or 0 for none.
    /// - Throws: an error with a `refusal`, which is to be audited.
    func admit(_ asked: HTTPRequest, deadline: Int64) throws(OutboundError) -> Admission {
        let (url, addresses) = try destination(asked.url)
        let size = asked.body?.count ?? 0
        guard size <= config.requestSize.bytes else {
            throw limit(
                .invalidRequest, .requestSize,
                "the request body has \(size) bytes; \(key(.requestSize)) allows \(config.requestSize.bytes)")
        }
        let filled = try secrets.fill(asked.headers, to: url, under: addresses)
        let own = NIODeadline.now() + .nanoseconds(config.timeout.nanoseconds)
        let given: NIODeadline? = deadline > 0 ? .uptimeNanoseconds(UInt64(deadline)) : nil
        let request = OutboundRequest(
            method: HTTPMethod(rawValue: asked.method), url: url, headers: filled.headers,
            body: size > 0 ? asked.body.map { ByteBuffer(bytes: $0) } : nil, addresses: addresses,
            limits: OutboundLimits(
                responseBytes: config.responseSize.bytes, decodedBytes: config.decompressedSize.bytes),
            deadline: given.map { min($0, own) } ?? own)
        return Admission(
            request: request, secrets: filled.secrets, slot: try enter(asked.method, url),
            isTimeLimited: given.map { own < $0 } ?? true)
    }

    private func destination(_ text: String) throws(OutboundError) -> (OutboundURL, AddressGrant) {
        if let known = admitted.withLock({ $0 }), known.text == text { return (known.url, known.addresses) }
        let url = try OutboundURL(text)
        let addresses = try policy.check(url)
        admitted.withLock { $0 = (text, url, addresses) }
        return (url, addresses)
    }

    private func enter(_ method: String, _ url: OutboundURL) throws(OutboundError) -> Slot {
        let before = live.wrappingAdd(1, ordering: .relaxed).oldValue
        let slot = Slot(self)
        guard before < config.concurrency else {
            throw limit(
                .overloaded, .concurrency,
                "\(method) \(url): \(config.concurrency) requests are under way, as many as \(key(.concurrency)) allows"
            )
        }
        return slot
    }

    private func limit(
        _ code: OutboundError.Code, _ name: OutboundLimits.Name, _ sentence: String
    ) -> OutboundError {
        OutboundError(
            code, sentence, safeToRetry: true, refusal: OutboundRefusal(.limit, rule: name.rule))
    }

    // MARK: What went wrong on the way

    private func key(_ name: OutboundLimits.Name) -> String { "plugins.\(id).\(name.rule)" }

    /// The error of an exchange with the key of the manifest that it has to do with. An operator reads it in the log, and
    /// should not have to look for what to write.
    func explained(_ error: OutboundError, of admission: Admission) -> OutboundError {
        let advice: String
        switch error.refusal?.reason {
        case .limit:
            let rule = error.refusal?.rule ?? ""
            advice = "plugins.\(id).\(rule) sets it"
        case .address where admission.request.addresses == .global && Self.isOfOwnNetwork(error.refusal?.purpose):
            let host = admission.request.url.endpoint.host
            advice = "if it is of your own network, list \(host) in plugins.\(id).outbound.private"
        case nil where error.code == .deadline && admission.isTimeLimited:
            advice = "\(key(.timeout)) is \(config.timeout.configured)"
        default: return error
        }
        return OutboundError(
            error.code, "\(error.sentence); \(advice)", safeToRetry: error.safeToRetry, refusal: error.refusal)
    }

    private static func isOfOwnNetwork(_ purpose: SpecialPurpose.Kind?) -> Bool {
        switch purpose {
        case .loopback, .privateUse, .carrierGrade: true
        default: false
        }
    }
}
