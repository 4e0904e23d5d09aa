import JackfieldNetwork
import Manifest
import Outbound

/// Puts a plugin's secrets into the headers that it sends, so that the plugin has none of them: it writes
/// `${secret:NAME}` where the value belongs. Read once, when the host starts, since a secret may lie in a file and no
/// loop may wait for that.
struct HeaderSecrets: Sendable {
    private enum Known: Sendable {
        case value(Secret)
        /// Why it cannot be filled in: the end of a sentence that begins with the secret's name.
        case missing(String)
    }

    private let plugin: String
    private let known: [String: Known]

    init(_ plugin: PluginConfig, _ source: SecretSource) {
        self.plugin = plugin.id.text
        var known: [String: Known] = [:]
        for name in plugin.grants.secrets { known[name.text] = Self.find(name, source) }
        self.known = known
    }

    private static func find(_ name: SecretName, _ source: SecretSource) -> Known {
        do throws(InvalidValue) {
            guard let secret = try source.secret(name) else {
                return .missing("is in none of its places: \(source.places(for: name))")
            }
            // A line break would make another header of what follows it.
            guard secret.reveal().utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) else {
                return .missing("holds a line break or another control character, which no header may hold")
            }
            return .value(secret)
        } catch {
            return .missing("cannot be read: \(error.reason)")
        }
    }

    /// The headers with every secret in place, and those secrets. What a secret holds is not looked into again.
    ///
    /// - Throws: an error whose sentence names header and secret, never a value.
    func fill(
        _ headers: [(name: String, value: String)], to url: OutboundURL, under addresses: AddressGrant
    ) throws(OutboundError) -> (headers: [(String, String)], secrets: [Secret]) {
        var filled: [(String, String)] = []
        var used: [Secret] = []
        filled.reserveCapacity(headers.count)
        for (name, value) in headers {
            let isPlain = !value.utf8.contains(UInt8(ascii: "$")) || !value.contains(Self.opening)
            filled.append((name, isPlain ? value : try fill(value, to: url, under: addresses, &used)))
        }
        return (filled, used)
    }

    private static let opening = "${secret:"

    private func fill(
        _ value: String, to url: OutboundURL, under addresses: AddressGrant, _ used: inout [Secret]
    ) throws(OutboundError) -> String {
        var filled = ""
        var rest = value[...]
        while let start = rest.firstRange(of: Self.opening) {
            filled += rest[..<start.lowerBound]
            rest = rest[start.upperBound...]
            guard let end = rest.firstIndex(of: "}"), let name = try? SecretName(String(rest[..<end])) else {
                throw Self.refused(
                    url, "a header says \(Self.opening) and no name of a secret; write ${secret:NAME}", "secret name")
            }
            let secret = try self.value(name.text, to: url, under: addresses)
            used.append(secret)
            filled += secret.reveal()
            rest = rest[rest.index(after: end)...]
        }
        return filled + rest
    }

    private func value(
        _ name: String, to url: OutboundURL, under addresses: AddressGrant
    ) throws(OutboundError) -> Secret {
        switch known[name] {
        case nil:
            throw Self.refused(
                url, "the secret \(name) is not listed in plugins.\(plugin).grants.secrets", "grants.secrets")
        case .missing(let why): throw Self.refused(url, "the secret \(name) \(why)", "secret value")
        case .value(let secret):
            guard Self.isConfidential(url.endpoint, addresses) else {
                throw Self.refused(
                    url, "the secret \(name) is sent over https or to this machine alone", "secret over https")
            }
            return secret
        }
    }

    /// Whether nobody on the way can read along.
    private static func isConfidential(_ endpoint: OutboundEndpoint, _ addresses: AddressGrant) -> Bool {
        endpoint.scheme == .https || addresses == .loopback || IPAddress(endpoint.host)?.refusal?.kind == .loopback
    }

    private static func refused(_ url: OutboundURL, _ sentence: String, _ rule: String) -> OutboundError {
        OutboundError(
            .forbidden, "\(url): \(sentence)", safeToRetry: true, refusal: OutboundRefusal(.secret, rule: rule))
    }
}
