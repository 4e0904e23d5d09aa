import JackfieldJSON
import JackfieldVocabulary

/// One object a line (ndjson). Times are whole nanoseconds since 1970.
struct JSONLines {
    private(set) var bytes: [UInt8] = []

    mutating func add(_ name: String, _ family: Exporter.Family, _ sample: Exporter.Sample, time: Int64) {
        var line: JSONObject = [
            "name": .string(name), "kind": .string(Self.label(family.kind)), "unit": .string(family.unit),
            "labels": Self.object(sample.labels),
        ]
        if family.kind == .histogram {
            line["count"] = JSON(sample.count)
            line["sum"] = Self.number(sample.value)
            line["buckets"] = .array(
                sample.buckets.map { ["le": Self.number($0.upper), "count": JSON($0.count)] })
        } else {
            line["value"] = Self.number(sample.value)
        }
        line["time"] = JSON(time)
        end(line)
    }

    mutating func add(_ span: Exporter.Span) {
        end([
            "span": .string(span.name), "trace_id": .string(span.traceID), "span_id": .string(span.spanID),
            "parent_id": span.parentID.map { .string($0) } ?? .null, "kind": JSON(span.kind), "code": JSON(span.code),
            "start": JSON(span.start), "end": JSON(span.end), "attributes": Self.object(span.attributes),
        ])
    }

    private mutating func end(_ line: JSONObject) {
        bytes += JSON.object(line).bytes
        bytes.append(UInt8(ascii: "\n"))
    }

    private static func label(_ kind: Exporter.Kind) -> String {
        switch kind {
        case .counter: "counter"
        case .gauge: "gauge"
        case .histogram: "histogram"
        }
    }

    private static func object(_ labels: [Exporter.Label]) -> JSON {
        .object(JSONObject(labels.map { ($0.name, .string($0.value)) }))
    }

    /// JSON has no infinities: they are texts here.
    private static func number(_ value: Double) -> JSON {
        if value.isNaN { return "NaN" }
        return value.isInfinite ? .string(value < 0 ? "-Inf" : "+Inf") : JSON(value)
    }
}
