import Glibc
package import EventLoops
package import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization
package import Telemetry

/// One listening socket and all connections that it accepts, spread over the host's loops.
package final class HTTPListener: Sendable {
    private let shared: ListenerContext
    private let group: any EventLoopGroup
    private let rooms: [ObjectIdentifier: LoopConnections]
    private let server = Mutex<(any Channel)?>(nil)

    /// - Parameters:
    ///   - executors: one for each loop of `group`.
    ///   - renderFault: words the engine's own answers.
    package init(
        settings: ListenerSettings, executors: LoopExecutors, group: any EventLoopGroup, handler: any RequestHandler,
        observer: any RequestObserver, renderFault: @escaping FaultRenderer
    ) {
        let shared = ListenerContext(settings: settings, handler: handler, observer: observer, renderFault: renderFault)
        self.shared = shared
        self.group = group
        rooms = Dictionary(
            uniqueKeysWithValues: executors.all.map {
                (ObjectIdentifier($0.loop), LoopConnections(shared: shared, executor: $0))
            })
    }

    /// Connections open at the moment. Any thread.
    package var openConnections: Int { shared.openConnections.load(ordering: .relaxed) }

    /// Listen. To be called once.
    ///
    /// - Returns: the address that is bound, with the port that the system chose if 0 was asked for.
    /// - Throws: `ListenerError`.
    package func start() async throws -> SocketAddress {
        let settings = shared.settings
        var limits = NIOHTTPDecoderLimitConfiguration()
        limits.maxHeaderFieldSize = settings.maxHeaderBytes
        limits.maxHeaderListSize = settings.maxHeaderBytes
        limits.maxHeaderFieldCount = settings.maxHeaderCount
        let decoderLimits = limits
        let rooms = rooms
        do {
            let channel = try await ServerBootstrap(group: group)
                .serverChannelOption(.backlog, value: Int32(clamping: settings.backlog))
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                // A burst of connections is accepted in one event.
                .serverChannelOption(.maxMessagesPerRead, value: 64)
                .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
                // Small, because the kernel has its own buffer, and thousands of clients may be slow at the same time.
                .childChannelOption(.writeBufferWaterMark, value: .init(low: 16 * 1024, high: 64 * 1024))
                .childChannelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        guard let room = rooms[ObjectIdentifier(channel.eventLoop)] else {
                            preconditionFailure("a connection on an event loop that the host does not own")
                        }
                        let decoder = HTTPRequestDecoder(
                            leftOverBytesStrategy: .dropBytes, informationalResponseStrategy: .drop,
                            limitConfiguration: decoderLimits)
                        try channel.pipeline.syncOperations.addHandlers(
                            ByteToMessageHandler(decoder), Connection(room: room))
                    }
                }
                .bind(host: settings.host, port: settings.port).get()
            server.withLock { $0 = channel }
            guard let address = channel.localAddress else {
                throw ListenerError(code: .system, sentence: "The listening socket has no address.")
            }
            return address
        } catch let error as ListenerError {
            throw error
        } catch {
            throw ListenerError(binding: error, settings)
        }
    }

    /// Stop accepting, close what is idle, let the requests in flight finish (their answers say `connection: close`), cancel
    /// those that are left at `deadline`, and return when the last connection is gone: at most twice
    /// `ListenerSettings.cancellationGrace` after the deadline. A second call waits for the same end.
    package func drain(deadline: MonotonicTime) async {
        let channel = server.withLock { $0.take() }
        try? await channel?.close().get()
        var ends: [EventLoopFuture<Void>] = []
        for room in rooms.values {
            ends.append(room.loop.flatSubmit { room.drain(deadline: deadline.nanoseconds) })
        }
        for end in ends { try? await end.get() }
    }
}

extension ListenerError {
    fileprivate init(binding error: any Error, _ settings: ListenerSettings) {
        let place =
            settings.host.contains(":") ? "[\(settings.host)]:\(settings.port)" : "\(settings.host):\(settings.port)"
        switch (error as? IOError)?.errnoCode {
        case EADDRINUSE:
            self.init(
                code: .addressInUse,
                sentence:
                    "Cannot listen on \(place): another process listens there; stop it, or set server.listen to a free port."
            )
        case EADDRNOTAVAIL:
            self.init(
                code: .addressUnavailable,
                sentence:
                    "Cannot listen on \(place): the address is not one of this machine; set server.listen to one that is."
            )
        case EACCES, EPERM:
            self.init(
                code: .forbidden,
                sentence:
                    "Cannot listen on \(place): the system does not allow it; set server.listen to a port of 1024 or higher."
            )
        case .some(let code):
            self.init(code: .system, sentence: "Cannot listen on \(place): \(String(cString: strerror(code))).")
        case nil where error is SocketAddressError || error is NIOConnectionError:
            self.init(
                code: .addressUnavailable,
                sentence:
                    "Cannot listen on \(place): the name does not resolve; set server.listen to an address of this machine."
            )
        case nil:
            self.init(code: .system, sentence: "Cannot listen on \(place): \(error).")
        }
    }
}
