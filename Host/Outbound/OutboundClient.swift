package import NIOCore

/// How much a client holds at a moment.
package struct OutboundCounts: Sendable, Equatable {
    /// Connections that are open or being made.
    package var connections = 0
    /// Those of them that serve no exchange.
    package var idle = 0
    /// Exchanges whose receiver has not heard `finished`.
    package var exchanges = 0

    package init(connections: Int = 0, idle: Int = 0, exchanges: Int = 0) {
        self.connections = connections
        self.idle = idle
        self.exchanges = exchanges
    }
}

/// The host's one way out to the network: an HTTP/1.1 client (RFC 9112) whose connections are pooled for each event loop,
/// so that an exchange never leaves the loop on which it was started.
///
/// Redirects are not followed, cookies not kept, proxies not used: no environment variable is read. Of content codings,
/// gzip and deflate are undone. Each address is judged just before the socket is given it, under the request's
/// `AddressGrant`. Who starts an exchange for a plugin asks that plugin's `OutboundPolicy` first.
package final class OutboundClient: Sendable {
    private let loops: [any EventLoop]
    private let pools: [ObjectIdentifier: NIOLoopBoundBox<LoopPool?>]
    private let settings: OutboundSettings
    private let connector: Connector

    /// Makes no connection and reads no file; trust roots are loaded with the first https exchange.
    ///
    /// - Parameter group: the loops on which exchanges will be started.
    package init(settings: OutboundSettings = OutboundSettings(), group: any EventLoopGroup) {
        self.settings = settings
        self.connector = Connector(settings: settings)
        let loops = Array(group.makeIterator())
        self.loops = loops
        self.pools = Dictionary(
            uniqueKeysWithValues: loops.map { loop in
                (ObjectIdentifier(loop), NIOLoopBoundBox.makeEmptyBox(valueType: LoopPool.self, eventLoop: loop))
            })
    }

    /// Starts an exchange. Every event of it, a refusal of the request too, comes after this has returned.
    ///
    /// - Parameters:
    ///   - loop: one of the client's group; must be the current one.
    ///   - receiver: held until it has heard `finished`.
    package func start(
        _ request: OutboundRequest, on loop: any EventLoop, to receiver: any OutboundReceiver
    ) -> OutboundExchange {
        self.pool(on: loop).start(request, to: receiver)
    }

    /// Fails every exchange with the code `shutdown`, closes every connection and refuses what is started later. Returns
    /// when no connection is left; at the latest after the connect timeout, when a name is being resolved meanwhile.
    package func shutdown() async {
        for loop in self.loops {
            try? await loop.flatSubmit { self.pool(on: loop).shutdown() }.get()
        }
    }

    /// The sum over all loops, each read at its own moment.
    package func counts() async -> OutboundCounts {
        var sum = OutboundCounts()
        for loop in self.loops {
            guard let counts = try? await loop.submit({ self.pool(on: loop).counts }).get() else { continue }
            sum.connections += counts.connections
            sum.idle += counts.idle
            sum.exchanges += counts.exchanges
        }
        return sum
    }

    private func pool(on loop: any EventLoop) -> LoopPool {
        guard let box = self.pools[ObjectIdentifier(loop)] else {
            preconditionFailure("an exchange was started on an event loop that is not of the client's group")
        }
        if let pool = box.value { return pool }
        let pool = LoopPool(loop: loop, settings: self.settings, connector: self.connector)
        box.value = pool
        return pool
    }
}
