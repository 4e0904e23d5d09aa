import CJackfield

extension Agent {
    /// How bad a finding is, in rising order.
    public enum Severity: UInt32, Sendable, Hashable, Comparable, CaseIterable {
        case ok
        case info
        case warning
        case critical

        public static func < (left: Severity, right: Severity) -> Bool { left.rawValue < right.rawValue }

        public var label: String {
            switch self {
            case .ok: "ok"
            case .info: "info"
            case .warning: "warning"
            case .critical: "critical"
            }
        }

        public init?(label: String) {
            guard let found = Self.allCases.first(where: { $0.label == label }) else { return nil }
            self = found
        }
    }

    /// Something that an agent measured or concluded.
    public struct Finding: Sendable, Hashable {
        /// Stable: the same measurement has the same id each time, "cpu.busy".
        public var id: String
        public var severity: Severity
        /// One sentence.
        public var title: String
        public var value: Double?
        /// The one that decided the severity, in `unit`.
        public var threshold: Double?
        /// UCUM where there is one: "%", "By", "By/s", "s".
        public var unit: String?
        /// Where the value was read: "/proc/stat".
        public var source: String?
        /// JSON object with what stands behind it.
        public var detail: String?

        public init(
            id: String, severity: Severity, title: String, value: Double? = nil, threshold: Double? = nil,
            unit: String? = nil, source: String? = nil, detail: String? = nil
        ) {
            self.id = id
            self.severity = severity
            self.title = title
            self.value = value
            self.threshold = threshold
            self.unit = unit
            self.source = source
            self.detail = detail
        }
    }

    /// What an invocation emits while it runs.
    public enum Event: Sendable, Hashable {
        /// The answer, in pieces.
        case text(String)
        case finding(Finding)
        case artifact(name: String, mediaType: String, data: [UInt8])
        /// What the user would have to say, and possible answers.
        case question(id: String, text: String, options: [String])
        /// 0 to 1; nil if unknown.
        case progress(Double?, String)

        public func encoded() -> (event: UInt32, payload: [UInt8]) {
            switch self {
            case .text(let text):
                var writer = PayloadWriter(jackfield_agent_text.self, reserving: text.utf8.count)
                var head = jackfield_agent_text()
                head.text = writer.text(text)
                return (JACKFIELD_AGENT_EVENT_TEXT, writer.finish(head))
            case .finding(let finding):
                var writer = PayloadWriter(jackfield_agent_finding.self, reserving: 256)
                var head = jackfield_agent_finding()
                head.severity = finding.severity.rawValue
                if let value = finding.value {
                    head.present |= JACKFIELD_FINDING_HAS_VALUE
                    head.value = value
                }
                if let threshold = finding.threshold {
                    head.present |= JACKFIELD_FINDING_HAS_THRESHOLD
                    head.threshold = threshold
                }
                head.id = writer.text(finding.id)
                head.title = writer.text(finding.title)
                head.unit = writer.text(finding.unit)
                head.source = writer.text(finding.source)
                head.detail = writer.text(finding.detail)
                return (JACKFIELD_AGENT_EVENT_FINDING, writer.finish(head))
            case .artifact(let name, let mediaType, let data):
                var writer = PayloadWriter(jackfield_agent_artifact.self, reserving: data.count + 64)
                var head = jackfield_agent_artifact()
                head.name = writer.text(name)
                head.media_type = writer.text(mediaType)
                head.data = writer.data(data)
                return (JACKFIELD_AGENT_EVENT_ARTIFACT, writer.finish(head))
            case .question(let id, let text, let options):
                var writer = PayloadWriter(jackfield_agent_question.self)
                var head = jackfield_agent_question()
                head.id = writer.text(id)
                head.text = writer.text(text)
                head.options = writer.items(options)
                return (JACKFIELD_AGENT_EVENT_QUESTION, writer.finish(head))
            case .progress(let fraction, let message):
                var writer = PayloadWriter(jackfield_agent_progress.self)
                var head = jackfield_agent_progress()
                head.fraction = fraction ?? -1
                head.message = writer.text(message)
                return (JACKFIELD_AGENT_EVENT_PROGRESS, writer.finish(head))
            }
        }

        /// Nil for an event that this version does not know: a reader leaves it out.
        public init?(event: UInt32, _ reader: PayloadReader) {
            switch event {
            case JACKFIELD_AGENT_EVENT_TEXT:
                self = .text(reader.text(reader.head(jackfield_agent_text()).text))
            case JACKFIELD_AGENT_EVENT_FINDING:
                let head = reader.head(jackfield_agent_finding())
                self = .finding(
                    Finding(
                        id: reader.text(head.id), severity: Severity(rawValue: head.severity) ?? .critical,
                        title: reader.text(head.title),
                        value: head.present & JACKFIELD_FINDING_HAS_VALUE != 0 ? head.value : nil,
                        threshold: head.present & JACKFIELD_FINDING_HAS_THRESHOLD != 0 ? head.threshold : nil,
                        unit: reader.optional(head.unit), source: reader.optional(head.source),
                        detail: reader.optional(head.detail)))
            case JACKFIELD_AGENT_EVENT_ARTIFACT:
                let head = reader.head(jackfield_agent_artifact())
                self = .artifact(
                    name: reader.text(head.name), mediaType: reader.text(head.media_type), data: reader.data(head.data))
            case JACKFIELD_AGENT_EVENT_QUESTION:
                let head = reader.head(jackfield_agent_question())
                self = .question(
                    id: reader.text(head.id), text: reader.text(head.text), options: reader.items(head.options))
            case JACKFIELD_AGENT_EVENT_PROGRESS:
                let head = reader.head(jackfield_agent_progress())
                self = .progress(head.fraction < 0 ? nil : head.fraction, reader.text(head.message))
            default: return nil
            }
        }
    }
}
