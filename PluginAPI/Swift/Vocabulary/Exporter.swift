import CJackfield

/// The vocabulary of exporters (exporter.h).
public enum Exporter {
    public enum Kind: UInt32, Sendable, Hashable {
        case counter = 1
        case gauge
        case histogram
    }

    public struct Label: Sendable, Hashable {
        public var name: String
        public var value: String

        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    public struct Bucket: Sendable, Hashable {
        /// Inclusive; the last one is infinite.
        public var upper: Double
        /// Cumulative.
        public var count: UInt64

        public init(upper: Double, count: UInt64) {
            self.upper = upper
            self.count = count
        }
    }

    public struct Sample: Sendable, Hashable {
        /// Sorted by name.
        public var labels: [Label]
        /// Of a counter or gauge; of a histogram the sum.
        public var value: Double
        /// Of a histogram.
        public var count: UInt64
        public var buckets: [Bucket]

        public init(labels: [Label] = [], value: Double, count: UInt64 = 0, buckets: [Bucket] = []) {
            self.labels = labels
            self.value = value
            self.count = count
            self.buckets = buckets
        }
    }

    public struct Family: Sendable, Hashable {
        /// OpenTelemetry style: "http.server.request.duration".
        public var name: String
        public var kind: Kind
        /// UCUM: "s", "By", "{request}".
        public var unit: String
        public var help: String
        public var samples: [Sample]

        public init(name: String, kind: Kind, unit: String, help: String, samples: [Sample]) {
            self.name = name
            self.kind = kind
            self.unit = unit
            self.help = help
            self.samples = samples
        }
    }

    public struct Span: Sendable, Hashable {
        public var name: String
        /// Nanoseconds since 1970.
        public var start: Int64
        public var end: Int64
        /// OpenTelemetry SpanKind.
        public var kind: UInt32
        /// 0, or the reason (abi.h).
        public var code: Int32
        public var traceID: String
        public var spanID: String
        public var parentID: String?
        public var attributes: [Label]

        public init(
            name: String, start: Int64, end: Int64, kind: UInt32 = 1, code: Int32 = 0, traceID: String, spanID: String,
            parentID: String? = nil, attributes: [Label] = []
        ) {
            self.name = name
            self.start = start
            self.end = end
            self.kind = kind
            self.code = code
            self.traceID = traceID
            self.spanID = spanID
            self.parentID = parentID
            self.attributes = attributes
        }
    }

    /// `jackfield_exporter_snapshot`.
    public struct Snapshot: Payload, Hashable {
        /// Nanoseconds since 1970.
        public var time: Int64
        /// Since when counters and histograms count, the same; nil: not known.
        public var start: Int64?
        /// What the one who scrapes accepts (RFC 9110 Accept).
        public var accept: String?
        public var families: [Family]
        public var spans: [Span]

        public init(
            time: Int64, start: Int64? = nil, accept: String? = nil, families: [Family], spans: [Span] = []
        ) {
            self.time = time
            self.start = start
            self.accept = accept
            self.families = families
            self.spans = spans
        }

        public init(_ reader: PayloadReader) {
            let head = reader.head(jackfield_exporter_snapshot())
            time = head.time
            start = head.start == 0 ? nil : head.start
            accept = reader.optional(head.accept)
            families = reader.list(head.families, jackfield_exporter_family()) { reader, family in
                Family(
                    name: reader.text(family.name), kind: Kind(rawValue: family.kind) ?? .gauge,
                    unit: reader.text(family.unit), help: reader.text(family.help),
                    samples: reader.list(family.samples, jackfield_exporter_sample()) { reader, sample in
                        Sample(
                            labels: reader.labels(sample.labels), value: sample.value, count: sample.count,
                            buckets: reader.list(sample.buckets, jackfield_exporter_bucket()) {
                                Bucket(upper: $1.upper, count: $1.count)
                            })
                    })
            }
            spans = reader.list(head.spans, jackfield_exporter_span()) { reader, span in
                Span(
                    name: reader.text(span.name), start: span.start, end: span.end, kind: span.kind, code: span.code,
                    traceID: reader.text(span.trace_id), spanID: reader.text(span.span_id),
                    parentID: reader.optional(span.parent_id), attributes: reader.labels(span.attributes))
            }
        }

        public func payload() -> [UInt8] {
            var writer = PayloadWriter(jackfield_exporter_snapshot.self, reserving: 4096)
            var head = jackfield_exporter_snapshot()
            head.time = time
            head.start = start ?? 0
            head.accept = writer.text(accept)
            head.families = writer.list(families) { writer, family in
                jackfield_exporter_family(
                    kind: family.kind.rawValue, reserved: 0, name: writer.text(family.name),
                    unit: writer.text(family.unit), help: writer.text(family.help),
                    samples: writer.list(family.samples) { writer, sample in
                        jackfield_exporter_sample(
                            value: sample.value, count: sample.count, labels: writer.labels(sample.labels),
                            buckets: writer.list(sample.buckets) {
                                jackfield_exporter_bucket(upper: $1.upper, count: $1.count)
                            })
                    })
            }
            head.spans = writer.list(spans) { writer, span in
                jackfield_exporter_span(
                    start: span.start, end: span.end, kind: span.kind, code: span.code, name: writer.text(span.name),
                    trace_id: writer.text(span.traceID), span_id: writer.text(span.spanID),
                    parent_id: writer.text(span.parentID), attributes: writer.labels(span.attributes))
            }
            return writer.finish(head)
        }
    }

    /// `jackfield_exporter_rendering`.
    public struct Rendering: Payload, Hashable {
        public var contentType: String
        public var body: [UInt8]

        public init(contentType: String, body: [UInt8]) {
            self.contentType = contentType
            self.body = body
        }

        public init(_ reader: PayloadReader) {
            let head = reader.head(jackfield_exporter_rendering())
            contentType = reader.text(head.content_type)
            body = reader.data(head.body)
        }

        public func payload() -> [UInt8] {
            var writer = PayloadWriter(jackfield_exporter_rendering.self, reserving: body.count + 64)
            var head = jackfield_exporter_rendering()
            head.content_type = writer.text(contentType)
            head.body = writer.data(body)
            return writer.finish(head)
        }
    }
}

extension PayloadReader {
    func labels(_ list: jackfield_list) -> [Exporter.Label] {
        self.list(list, jackfield_pair()) { Exporter.Label($0.text($1.name), $0.text($1.value)) }
    }
}

extension PayloadWriter {
    mutating func labels(_ labels: [Exporter.Label]) -> jackfield_list {
        list(labels) { jackfield_pair(name: $0.text($1.name), value: $0.text($1.value)) }
    }
}
