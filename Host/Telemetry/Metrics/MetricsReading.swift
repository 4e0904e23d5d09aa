/// What collectors read at a snapshot.
package struct MetricsReading: Sendable {
    private(set) var samples: [String: [MetricSample]] = [:]

    init() {}

    package mutating func counter(
        _ name: CounterName, _ value: Double, _ labels: KeyValuePairs<LabelName, String> = [:]
    ) {
        add(name.descriptor, labels, value)
    }

    package mutating func gauge(_ name: GaugeName, _ value: Double, _ labels: KeyValuePairs<LabelName, String> = [:]) {
        add(name.descriptor, labels, value)
    }

    private mutating func add(
        _ descriptor: MetricDescriptor, _ labels: KeyValuePairs<LabelName, String>, _ value: Double
    ) {
        let pairs = zip(descriptor.labels, descriptor.values(labels)).map { MetricLabel($0.rawValue, $1) }
        // The last word counts: two samples of one set are an error in every exposition format.
        samples[descriptor.name, default: []].removeAll { $0.labels == pairs }
        samples[descriptor.name, default: []].append(MetricSample(labels: pairs, value: value))
    }
}
