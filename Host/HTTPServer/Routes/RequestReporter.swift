import NIOHTTP1
import Synchronization
package import Telemetry

/// One metric and one log line for every request, whoever answered it.
package final class RequestReporter: RequestObserver {
    private struct Key: Hashable {
        var route: String
        var method: String
        var status: Int
    }

    private let metrics: MetricsRegistry
    private let log: AccessLog
    private let connections: Gauge
    /// Looked up once for each combination: the route is one of few, and so are method and status class.
    private let durations = Mutex(Durations())

    private struct Durations {
        var all: [Key: Histogram] = [:]
        /// Most requests are like the one before.
        var last: (key: Key, histogram: Histogram)?
    }

    package init(metrics: MetricsRegistry, log: AccessLog) {
        self.metrics = metrics
        self.log = log
        connections = metrics.gauge(.openConnections)
    }

    package func connectionOpened() { connections.increment() }
    package func connectionClosed() { connections.decrement() }

    package func requestEnded(_ summary: RequestSummary) {
        let status = summary.status ?? 0
        let key = Key(route: summary.route, method: Self.known(summary.method?.rawValue), status: status)
        let histogram = durations.withLock { durations in
            if let last = durations.last, last.key == key { return last.histogram }
            let histogram =
                durations.all[key]
                ?? metrics.histogram(
                    .requestDuration, [.route: key.route, .method: key.method, .status: "\(key.status)"])
            durations.all[key] = histogram
            durations.last = (key, histogram)
            return histogram
        }
        histogram.record(nanoseconds: summary.durationNanoseconds)
        if let fault = summary.fault { metrics.counter(.requestsRejected, [.reason: fault.rawValue]).increment() }
        var record = RequestRecord(
            correlation: CorrelationID(header: summary.requestID), method: summary.method?.rawValue ?? "-",
            route: summary.route == "other" ? summary.path ?? "-" : summary.route, status: status,
            duration: summary.durationNanoseconds, bytesIn: summary.bytesIn, bytesOut: summary.bytesOut)
        if summary.outcome != .complete { record.errorCode = summary.fault?.rawValue ?? summary.outcome.rawValue }
        log.write(record)
    }

    /// RFC 9110's methods; a client may invent others, and labels are bounded.
    private static func known(_ method: String?) -> String {
        switch method {
        case "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS": method ?? "other"
        default: "other"
        }
    }
}
