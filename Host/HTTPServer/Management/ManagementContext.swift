package import Hummingbird
package import Logging

/// What a management route finds beside its request.
package struct ManagementContext: RequestContext {
    package typealias Source = ManagementContextSource

    package var coreContext: CoreRequestContextStorage
    /// The engine's request: id, deadline, loop, remote address, why it was cancelled.
    package let server: ServerRequest

    package init(source: ManagementContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        server = source.server
    }

    package var id: String { server.requestID }
    package var maxUploadSize: Int { server.body.readableBytes }
}

/// From what a context is made.
package struct ManagementContextSource: RequestContextSource {
    package let logger: Logger
    package let server: ServerRequest

    init(logger: Logger, server: ServerRequest) {
        var logger = logger
        logger[metadataKey: "request_id"] = .string(server.requestID)
        self.logger = logger
        self.server = server
    }
}
