extension MetricsRegistry {
    /// Adds the collector of what the sink lost.
    package func collectLosses(of sink: LogSink) {
        addCollector { $0.counter(.logLinesDropped, Double(sink.droppedLines)) }
    }
}
