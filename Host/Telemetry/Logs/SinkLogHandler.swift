package import Logging

/// swift-log's way into a `LogSink`, in the sink's form. A value: a copy has a level and metadata of its own.
///
/// The message should be static text; what varies belongs into metadata. `critical` waits until the line is written,
/// since the process may not live to write it later.
package struct SinkLogHandler: LogHandler {
    package let label: String
    package let sink: LogSink
    /// On every line, as `request_id`.
    package var correlation: CorrelationID?
    package var logLevel: Logger.Level
    package var metadata: Logger.Metadata = [:]
    package var metadataProvider: Logger.MetadataProvider?

    package init(
        label: String, sink: LogSink, level: Logger.Level = .info, correlation: CorrelationID? = nil,
        metadataProvider: Logger.MetadataProvider? = nil
    ) {
        self.label = label
        self.sink = sink
        self.correlation = correlation
        self.logLevel = level
        self.metadataProvider = metadataProvider
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        // Made outside the sink's lock: descriptions are other people's code, which may itself log.
        var merged = metadata
        if let provided = metadataProvider?.get() { merged.merge(provided) { $1 } }
        if let given = event.metadata { merged.merge(given) { $1 } }
        var id = correlation
        if let own = merged["request_id"], case .some(let parsed) = CorrelationID("\(own)") {
            merged["request_id"] = nil
            id = parsed
        }
        if let error = event.error {
            merged["error"] = merged["error"] ?? .string(String(describing: error))
            merged["error_type"] = merged["error_type"] ?? .string(String(describing: type(of: error)))
        }
        let format = sink.format
        var line = LogLine()
        line.begin(format, .now(), event.level, logger: label, event.message.description, id)
        line.fields(merged, format)
        line.end(format)
        sink.add { $0.bytes.append(contentsOf: line.bytes) }
        if event.level == .critical { sink.flush() }
    }
}

extension LogSink {
    /// A logger into this sink, with a correlation id on every line where one is given. Cheap enough for one a request.
    package func logger(label: String, level: Logger.Level = .info, correlation: CorrelationID? = nil) -> Logger {
        Logger(label: label) { SinkLogHandler(label: $0, sink: self, level: level, correlation: correlation) }
    }
}
