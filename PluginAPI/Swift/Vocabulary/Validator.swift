import CJackfield

/// The vocabulary of validators (validator.h).
public enum Validator {
    public enum Direction: UInt32, Sendable, Hashable {
        case input = 1
        case output
    }

    /// What may happen to a text, from mild to strict.
    public enum Action: UInt32, Sendable, Hashable, Comparable {
        case allow
        /// Let through, and say so.
        case flag
        /// Let through as rewritten.
        case redact
        case block

        public static func < (left: Action, right: Action) -> Bool { left.rawValue < right.rawValue }

        public var label: String {
            switch self {
            case .allow: "allow"
            case .flag: "flag"
            case .redact: "redact"
            case .block: "block"
            }
        }

        public init?(label: String) {
            guard let found = [Action.allow, .flag, .redact, .block].first(where: { $0.label == label }) else {
                return nil
            }
            self = found
        }
    }

    public struct Segment: Sendable, Hashable {
        /// Who wrote it: "system", "user", "assistant", "tool".
        public var role: String
        public var text: String

        public init(role: String, text: String) {
            self.role = role
            self.text = text
        }
    }

    /// `jackfield_validator_check`.
    public struct Subject: Payload, Hashable {
        public var direction: Direction
        public var segments: [Segment]
        /// No more of these texts will come.
        public var isFinal: Bool

        public init(direction: Direction, segments: [Segment], isFinal: Bool = true) {
            self.direction = direction
            self.segments = segments
            self.isFinal = isFinal
        }

        public init(_ reader: PayloadReader) {
            let head = reader.head(jackfield_validator_check())
            direction = Direction(rawValue: head.direction) ?? .input
            isFinal = head.last != 0
            segments = reader.list(head.segments, jackfield_validator_segment()) {
                Segment(role: $0.text($1.role), text: $0.text($1.text))
            }
        }

        public func payload() -> [UInt8] {
            var writer = PayloadWriter(jackfield_validator_check.self, reserving: 256)
            var head = jackfield_validator_check()
            head.direction = direction.rawValue
            head.last = isFinal ? 1 : 0
            head.segments = writer.list(segments) {
                jackfield_validator_segment(role: $0.text($1.role), text: $0.text($1.text))
            }
            return writer.finish(head)
        }
    }

    public struct Finding: Sendable, Hashable {
        /// Stable: "secret.aws-access-key".
        public var rule: String
        public var action: Action
        public var severity: Agent.Severity
        /// Index of the segment.
        public var segment: Int
        /// Bytes of the segment's UTF-8 as it was sent, on character boundaries.
        public var range: Range<Int>
        /// One sentence that does not repeat what was found.
        public var message: String

        public init(
            rule: String, action: Action, severity: Agent.Severity, segment: Int, range: Range<Int>, message: String
        ) {
            self.rule = rule
            self.action = action
            self.severity = severity
            self.segment = segment
            self.range = range
            self.message = message
        }
    }

    /// `jackfield_validator_verdict`.
    public struct Verdict: Payload, Hashable {
        public var action: Action
        public var findings: [Finding]
        /// By segment: the whole new text of its settled part.
        public var rewrites: [Int: String]
        /// Bytes of each segment that may go; empty: all if the subject was final, else nothing.
        public var settled: [UInt64]

        public init(action: Action, findings: [Finding] = [], rewrites: [Int: String] = [:], settled: [UInt64] = []) {
            self.action = action
            self.findings = findings
            self.rewrites = rewrites
            self.settled = settled
        }

        public init(_ reader: PayloadReader) {
            let head = reader.head(jackfield_validator_verdict())
            // What this version does not know is taken for the strictest.
            action = Action(rawValue: head.action) ?? .block
            findings = reader.list(head.findings, jackfield_validator_finding()) { reader, entry in
                Finding(
                    rule: reader.text(entry.rule), action: Action(rawValue: entry.action) ?? .block,
                    severity: Agent.Severity(rawValue: entry.severity) ?? .critical, segment: Int(entry.segment),
                    range: Int(entry.start)..<Int(entry.start) + Int(entry.length), message: reader.text(entry.message))
            }
            let texts = reader.list(head.rewrites, jackfield_validator_rewrite()) {
                (Int($1.segment), $0.text($1.text))
            }
            rewrites = Dictionary(texts) { _, last in last }
            settled = reader.list(head.settled, jackfield_validator_settled()) { $1.bytes }
        }

        public func payload() -> [UInt8] {
            var writer = PayloadWriter(jackfield_validator_verdict.self)
            var head = jackfield_validator_verdict()
            head.action = action.rawValue
            head.findings = writer.list(findings) { writer, finding in
                jackfield_validator_finding(
                    action: finding.action.rawValue, severity: finding.severity.rawValue,
                    segment: UInt32(finding.segment), reserved: 0, start: UInt32(finding.range.lowerBound),
                    length: UInt32(finding.range.count), rule: writer.text(finding.rule),
                    message: writer.text(finding.message))
            }
            head.rewrites = writer.list(rewrites.sorted { $0.key < $1.key }) { writer, rewrite in
                jackfield_validator_rewrite(segment: UInt32(rewrite.key), reserved: 0, text: writer.text(rewrite.value))
            }
            head.settled = writer.list(settled) { jackfield_validator_settled(bytes: $1) }
            return writer.finish(head)
        }
    }
}
