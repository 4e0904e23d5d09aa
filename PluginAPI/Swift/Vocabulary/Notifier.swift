import CJackfield

/// The vocabulary of notifiers (notifier.h).
public enum Notifier {
    /// `jackfield_notifier_alert`.
    public struct Alert: Payload, Hashable {
        /// Of this occurrence; the same when it is resolved.
        public var id: String
        /// What kind of alert it is: "plugin.circuit-open".
        public var rule: String
        public var severity: Agent.Severity
        /// One sentence.
        public var title: String
        public var detail: String?
        /// Which host it comes from.
        public var source: String
        /// Nanoseconds since 1970.
        public var started: Int64
        /// Nil while it goes on.
        public var ended: Int64?
        /// When it is resolved: what the receipt of its notification said.
        public var reference: String?
        /// Sorted by name.
        public var labels: [Exporter.Label]

        public init(
            id: String, rule: String, severity: Agent.Severity, title: String, detail: String? = nil, source: String,
            started: Int64, ended: Int64? = nil, reference: String? = nil, labels: [Exporter.Label] = []
        ) {
            self.id = id
            self.rule = rule
            self.severity = severity
            self.title = title
            self.detail = detail
            self.source = source
            self.started = started
            self.ended = ended
            self.reference = reference
            self.labels = labels
        }

        public init(_ reader: PayloadReader) {
            let head = reader.head(jackfield_notifier_alert())
            self.init(
                id: reader.text(head.id), rule: reader.text(head.rule),
                severity: Agent.Severity(rawValue: head.severity) ?? .critical, title: reader.text(head.title),
                detail: reader.optional(head.detail), source: reader.text(head.source), started: head.started,
                ended: head.ended == 0 ? nil : head.ended, reference: reader.optional(head.reference),
                labels: reader.labels(head.labels))
        }

        public func payload() -> [UInt8] {
            var writer = PayloadWriter(jackfield_notifier_alert.self, reserving: 512)
            var head = jackfield_notifier_alert()
            head.severity = severity.rawValue
            head.started = started
            head.ended = ended ?? 0
            head.id = writer.text(id)
            head.rule = writer.text(rule)
            head.title = writer.text(title)
            head.detail = writer.text(detail)
            head.source = writer.text(source)
            head.reference = writer.text(reference)
            head.labels = writer.labels(labels)
            return writer.finish(head)
        }
    }

    /// `jackfield_notifier_receipt`.
    public struct Receipt: Payload, Hashable {
        /// The channel's own name for the message.
        public var reference: String?

        public init(reference: String? = nil) { self.reference = reference }

        public init(_ reader: PayloadReader) {
            reference = reader.optional(reader.head(jackfield_notifier_receipt()).reference)
        }

        public func payload() -> [UInt8] {
            var writer = PayloadWriter(jackfield_notifier_receipt.self)
            var head = jackfield_notifier_receipt()
            head.reference = writer.text(reference)
            return writer.finish(head)
        }
    }
}
