import JackfieldNetwork
import NIOCore

/// Which addresses a granted origin may lead to. It follows from what the operator wrote, not from what a resolver says.
///
/// It is part of a pool's key: a connection is only ever used under the grant under which its address was judged.
package enum AddressGrant: Sendable, Hashable, CaseIterable {
    /// The origin names a host: globally reachable addresses alone.
    case global
    /// The origin names `localhost`, which means this machine and nothing else (RFC 6761, 6.3).
    case loopback
    /// The origin names a host of which the operator says that it is of the own network: besides global addresses
    /// those of this machine and of private networks. Never link-local, metadata, multicast or reserved ones.
    case local
    /// The origin is an address: that one, whatever it is.
    case literal

    /// The grant of an origin with this host.
    ///
    /// - Parameters:
    ///   - host: as in `OutboundEndpoint.host`.
    ///   - privateNames: the names of which the operator says that they are of the own network; lower case.
    package init(host: String, privateNames: Set<String>) {
        if IPAddress(host) != nil {
            self = .literal
        } else if privateNames.contains(host) {
            self = .local
        } else {
            self = host == "localhost" || host.hasSuffix(".localhost") ? .loopback : .global
        }
    }

    /// Why a connection to `endpoint` under this grant may not go to `address`; nil if it may. Pure; any thread.
    ///
    /// - Parameter purpose: what an address is for; nil for one that is globally reachable.
    func objection(
        to address: SocketAddress, of endpoint: OutboundEndpoint, purpose: (IPAddress) -> SpecialPurpose?
    ) -> OutboundError? {
        // The text comes out of the very bytes that the socket is given; what it does not show is refused.
        guard let ip = address.ipAddress.flatMap({ IPAddress($0) }) else {
            return Self.forbidden(endpoint, "an address that is not IP", "not-ip", nil)
        }
        switch self {
        case .literal:
            // The socket's address was read from the same text, perhaps by other code: they must agree.
            guard ip != IPAddress(endpoint.host) else { return nil }
            return Self.forbidden(endpoint, "an address that it does not name", "not the granted address", ip)
        case .global, .loopback, .local:
            let found = purpose(ip)
            guard !self.admits(found?.kind) else { return nil }
            guard let found else {
                return Self.forbidden(endpoint, "an address that is not this machine's", "not loopback", ip)
            }
            return Self.forbidden(
                endpoint, "an address that is not public (\(found.name))", found.description, ip, found.kind)
        }
    }

    private func admits(_ kind: SpecialPurpose.Kind?) -> Bool {
        switch self {
        case .global: kind == nil
        case .loopback: kind == .loopback
        case .local:
            kind == nil || kind == .loopback || kind == .privateUse || kind == .carrierGrade
        case .literal: true
        }
    }

    /// The sentence goes to the plugin and does not hold the address: that is for the operator's log.
    private static func forbidden(
        _ endpoint: OutboundEndpoint, _ what: String, _ rule: String, _ address: IPAddress?,
        _ kind: SpecialPurpose.Kind? = nil
    ) -> OutboundError {
        OutboundError(
            .forbidden, "\(endpoint) leads to \(what), which no grant names", safeToRetry: true,
            refusal: OutboundRefusal(.address, rule: rule, address: address?.description, purpose: kind))
    }
}
