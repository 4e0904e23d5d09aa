/// The listener and its limits.
package struct ServerConfig: Sendable, Hashable {
    package var listen = ListenAddress(host: "127.0.0.1", port: 8080)
    /// The largest request body that is read; a larger one is refused with 413.
    package var maxBody = ByteCount.mebibytes(16)
    /// From the last byte of the request to the last byte of the answer; becomes the deadline of every call within.
    package var requestTimeout = Duration.seconds(120)
    /// From the first byte of a request to the end of its header.
    package var headerTimeout = Duration.seconds(10)
    /// From the end of the header to the end of the body.
    package var bodyTimeout = Duration.seconds(30)
    /// How long a connection may stay open between two requests.
    package var idleTimeout = Duration.seconds(60)
    /// After SIGTERM: how long answers under way may take before their connections are closed.
    package var drainTimeout = Duration.seconds(30)
    /// Event loop threads; 0 is one for each processor core.
    package var loops = 0
    package var cors = CORSConfig()

    package init() {}
}

/// Cross-origin requests from web pages (Fetch standard): none is allowed by default.
package struct CORSConfig: Sendable, Hashable {
    package var origins: [CORSOrigin] = []

    package init() {}
}

/// The embedded store.
package struct StorageConfig: Sendable, Hashable {
    /// The SQLite file, from the working directory; its folder is made when it is missing.
    package var path = "data/jackfield.db"

    package init() {}
}

/// Log lines.
package struct LoggingConfig: Sendable, Hashable {
    package var level = LogLevel.debug
    package var format = LogFormatChoice.auto

    package init() {}
}

/// The levels of swift-log, from the most talkative.
package enum LogLevel: String, Sendable, Hashable, CaseIterable {
    case trace, debug, info, notice, warning, error, critical
}

package enum LogFormatChoice: String, Sendable, Hashable, CaseIterable {
    /// Human on a terminal, JSON elsewhere.
    case auto
    case json, human
}

/// Where secrets come from besides the environment.
package struct SecretsConfig: Sendable, Hashable {
    /// A folder with one file for each secret, named like it, as container platforms mount them.
    package var directory: String?

    package init() {}
}
