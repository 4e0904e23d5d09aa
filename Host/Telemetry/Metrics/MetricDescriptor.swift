/// What a metric is. Numbers are those of `JACKFIELD_METRIC_*` in exporter.h.
package enum MetricKind: UInt32, Sendable, Hashable, CaseIterable, CustomStringConvertible {
    /// Only ever rises while the host runs.
    case counter = 1
    /// Goes up and down.
    case gauge = 2
    /// How often values fell into each of a fixed row of buckets, and their sum.
    case histogram = 3

    package var description: String {
        switch self {
        case .counter: "counter"
        case .gauge: "gauge"
        case .histogram: "histogram"
        }
    }
}

/// The facts of a metric that never change.
package struct MetricDescriptor: Sendable, Hashable {
    /// In the style of OpenTelemetry: lower case, dots between levels, no unit.
    package let name: String
    package let kind: MetricKind
    /// UCUM: "s", "By", "{request}".
    package let unit: String
    /// One sentence.
    package let help: String
    /// Sorted by name, so that samples come out sorted.
    package let labels: [LabelName]
    /// Inclusive upper bounds of a histogram's buckets, rising; the infinite last one is not listed.
    package let bounds: [Double]

    init(
        _ name: String, _ kind: MetricKind, _ unit: String, _ labels: [LabelName], _ help: String, bounds: [Double] = []
    ) {
        self.name = name
        self.kind = kind
        self.unit = unit
        self.help = help
        self.labels = labels.sorted { $0.rawValue < $1.rawValue }
        self.bounds = bounds
    }
}

/// The label names of the host's own metrics: a closed list.
package enum LabelName: String, Sendable, Hashable, CaseIterable {
    case action, call, code, method, metric, mode, model, outcome, plugin, reason, role, route, rule, status, tool, type
    case upstream, validator
}

/// Rows of bucket bounds.
enum BucketBounds {
    /// A gateway's requests, in seconds: OpenTelemetry's advice for HTTP, with room below and above for both the
    /// health check and the long stream.
    static let requestSeconds = [
        0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 30, 60, 120,
    ]
    /// OpenTelemetry GenAI, `gen_ai.client.operation.duration`.
    static let modelSeconds = [
        0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92,
    ]
    /// OpenTelemetry GenAI, `gen_ai.server.time_to_first_token`.
    static let firstTokenSeconds = [
        0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10,
    ]
    /// OpenTelemetry GenAI, `gen_ai.client.token.usage`: powers of four.
    static let tokens: [Double] = [
        1, 4, 16, 64, 256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304, 16_777_216, 67_108_864,
    ]
    /// From a call that is a function call to one that asks a model, in seconds.
    static let callSeconds = [
        0.000_001, 0.000_005, 0.000_01, 0.000_05, 0.000_1, 0.000_5, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 60,
    ]
    /// Sizes in bytes, from 64 to 64 Mi.
    static let bytes: [Double] = [
        64, 256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304, 16_777_216, 67_108_864,
    ]
    /// For a unit that says nothing of the range.
    static let decades: [Double] = [
        0.001, 0.01, 0.1, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 10_000, 100_000, 1_000_000,
    ]

    /// Bounds for a plugin's histogram, which names no bounds but a unit.
    static func fitting(unit: String) -> [Double] {
        switch unit {
        case "s": callSeconds
        case "ms": callSeconds.map { $0 * 1000 }
        case "By": bytes
        case "{token}": tokens
        default: decades
        }
    }
}
