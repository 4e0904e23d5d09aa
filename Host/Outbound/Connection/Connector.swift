import JackfieldNetwork
import NIOCore
import NIOPosix
import NIOSSL

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Makes connections: name, address, TCP, and the pipeline above it.
struct Connector: Sendable {
    private let settings: OutboundSettings
    private let trust: TrustRoots

    init(settings: OutboundSettings) {
        self.settings = settings
        self.trust = TrustRoots(extraRootsFile: settings.extraTrustRootsFile)
    }

    /// Connects on the loop of `pool`; the channel's pipeline ends in an `OutboundConnection`.
    func connect(for pool: EndpointPool) -> EventLoopFuture<any Channel> {
        let loop = pool.pool.loop
        guard pool.endpoint.scheme == .https else { return self.connect(for: pool, tls: nil) }
        if let context = self.trust.loaded { return self.connect(for: pool, tls: context) }
        return self.trust.load(on: loop).assumeIsolated().flatMap { self.connect(for: pool, tls: $0) }.nonisolated()
    }

    private func connect(for pool: EndpointPool, tls: NIOSSLContext?) -> EventLoopFuture<any Channel> {
        let endpoint = pool.endpoint
        let loop = pool.pool.loop
        // An address needs no resolver, and so no other thread.
        let literal = try? SocketAddress(ipAddress: endpoint.host, port: Int(endpoint.port))
        let handshakes = NIOLoopBound(Handshakes(), eventLoop: loop)
        let bound = NIOLoopBound(pool, eventLoop: loop)
        let bootstrap = ClientBootstrap(group: loop)
            .connectTimeout(self.settings.connectTimeout)
            .resolver(self.settings.resolver?(loop))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let handshake = tls == nil ? nil : loop.makePromise(of: Void.self)
                    handshakes.value.ends[ObjectIdentifier(channel)] = handshake?.futureResult
                    do {
                        try self.build(
                            channel, for: bound.value, tls: tls, isLiteral: literal != nil, handshake: handshake)
                    } catch {
                        handshake?.fail(error)
                        throw error
                    }
                }
            }
        let connected =
            literal.map { bootstrap.connect(to: $0) }
            ?? bootstrap.connect(host: endpoint.host, port: Int(endpoint.port))
        guard tls != nil else { return connected }
        return connected.assumeIsolated().flatMap { channel in
            guard let end = handshakes.value.ends[ObjectIdentifier(channel)] else {
                return loop.makeSucceededFuture(channel)
            }
            // What has started the handshake also bounds it: a peer that is silent here is as good as not connected.
            let limit = self.settings.connectTimeout
            let timeout = loop.assumeIsolated().scheduleTask(in: limit) {
                channel.pipeline.fireErrorCaught(ChannelError.connectTimeout(limit))
            }
            return end.map { channel }.always { result in
                timeout.cancel()
                if case .failure = result { Self.discard(channel) }
            }
        }.nonisolated()
    }

    /// The ends of the handshakes of one attempt, which may have tried several addresses.
    private final class Handshakes {
        var ends: [ObjectIdentifier: EventLoopFuture<Void>] = [:]
    }

    /// Closes a channel whose handshake failed, without waiting for a farewell.
    private static func discard(_ channel: any Channel) {
        (try? channel.pipeline.syncOperations.handler(type: SocketEdge.self))?.closeNow()
    }

    private func build(
        _ channel: any Channel, for pool: EndpointPool, tls: NIOSSLContext?, isLiteral: Bool,
        handshake: EventLoopPromise<Void>?
    ) throws {
        let endpoint = pool.endpoint
        let pipeline = channel.pipeline.syncOperations
        let edge = SocketEdge(pool.key, purpose: self.settings.purpose)
        try pipeline.addHandler(edge)
        if let tls {
            // An address has no place in SNI (RFC 6066, 3); the certificate is then checked against the peer's address.
            try pipeline.addHandler(NIOSSLClientHandler(context: tls, serverHostname: isLiteral ? nil : endpoint.host))
        }
        try pipeline.addHandler(OutboundConnection(pool: pool, edge: edge, handshake: handshake))
    }

    // MARK: Errors

    /// Words the error of an attempt to connect. Nothing of the request has been sent.
    static func explain(_ error: any Error, request: OutboundRequest) -> OutboundError {
        let endpoint = request.url.endpoint
        switch error {
        case let error as OutboundError:
            return OutboundError(
                error.code, "\(request.name): \(error.sentence)", safeToRetry: error.safeToRetry,
                refusal: error.refusal)
        case let error as NIOConnectionError:
            let causes = error.connectionErrors.map(\.error)
            // Of several addresses, one that was reached and refused says more than one that is forbidden. The audit
            // hears of the forbidden one all the same.
            if let cause = causes.last(where: { !($0 is OutboundError) }) ?? causes.last {
                let error = Self.explain(cause, request: request)
                let refusal = error.refusal ?? causes.lazy.compactMap { ($0 as? OutboundError)?.refusal }.first
                return OutboundError(error.code, error.sentence, safeToRetry: true, refusal: refusal)
            }
            let cause = error.dnsAError ?? error.dnsAAAAError
            let reason = cause.map { " (\($0))" } ?? ""
            return Self.make(.unresolved, request, "the name \(endpoint.host) has no address\(reason)")
        case ChannelError.connectTimeout(let limit):
            let seconds = Double(limit.nanoseconds) / 1e9
            return Self.make(.connectTimeout, request, "\(endpoint) made no connection possible within \(seconds) s")
        case let error as IOError:
            return Self.explain(error, request: request)
        case ChannelError.eof:
            return Self.make(.reset, request, "\(endpoint) closed the connection while it was being made")
        case is NIOSSLError, is NIOSSLExtraError, is BoringSSLError:
            return Self.make(.tls, request, "no trusted connection to \(endpoint): \(error)")
        default:
            return Self.make(.unreachable, request, "no connection to \(endpoint): \(error)")
        }
    }

    private static func explain(_ error: IOError, request: OutboundRequest) -> OutboundError {
        let endpoint = request.url.endpoint
        switch error.errnoCode {
        case ECONNREFUSED:
            return Self.make(.refusedConnection, request, "\(endpoint) refused the connection; nothing listens there")
        case ETIMEDOUT:
            return Self.make(.connectTimeout, request, "\(endpoint) did not answer")
        case ECONNRESET, EPIPE:
            return Self.make(.reset, request, "\(endpoint) broke the connection off while it was being made")
        case EMFILE, ENFILE, ENOBUFS, ENOMEM, EADDRNOTAVAIL:
            let what = "the system has no descriptor, memory or port left for a connection to \(endpoint)"
            return Self.make(.overloaded, request, "\(what): \(error)")
        default:
            return Self.make(.unreachable, request, "no connection to \(endpoint): \(error)")
        }
    }

    private static func make(
        _ code: OutboundError.Code, _ request: OutboundRequest, _ sentence: String
    ) -> OutboundError {
        OutboundError(code, "\(request.name): \(sentence)", safeToRetry: true)
    }
}
