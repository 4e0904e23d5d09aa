/// Why telemetry could not be taken or written. The sentence names the metric, label or file, and what would be right.
package struct TelemetryError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The closed list. The raw value is the short form for metric labels and logs.
    package enum Code: String, Sendable, Hashable, CaseIterable {
        /// A metric's name breaks the rules for names.
        case metricName = "metric_name"
        /// A metric was recorded as something else than at its first use.
        case metricConflict = "metric_conflict"
        /// A label's name breaks the rules for names, is taken by the host, or there are too many.
        case metricLabel = "metric_label"
        /// The value is not a number, or negative for a counter.
        case metricValue = "metric_value"
        /// Too many names, or too many label sets of one name.
        case metricBound = "metric_bound"
        /// A log file or its folder cannot be opened.
        case logTarget = "log_target"
        /// The system gave no thread for the log.
        case logThread = "log_thread"
    }

    package let code: Code
    /// One sentence for an operator.
    package let message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    package var description: String { message }
}
