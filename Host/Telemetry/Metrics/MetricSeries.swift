/// The label sets of one metric, each with its instrument, and the bound on how many there may be.
struct MetricSeries<Instrument: Sendable>: Sendable {
    struct Entry: Sendable {
        let labels: [MetricLabel]
        let instrument: Instrument
    }

    private(set) var entries: [Entry] = []
    private var places: [[String]: Int] = [:]
    private var other: Int?

    /// The instrument of a set. `labels` is asked only for a set that is new.
    /// - Returns: nil when the set is new and the metric has as many as it may.
    mutating func find(
        _ key: [String], labels: () -> [MetricLabel], make: () -> Instrument
    ) -> Instrument? {
        if let place = places[key] { return entries[place].instrument }
        guard places.count < MetricsRegistry.maximumLabelSets else { return nil }
        places[key] = entries.count
        entries.append(Entry(labels: labels(), instrument: make()))
        return entries[entries.count - 1].instrument
    }

    /// The instrument of the surplus, whose labels are all `other`.
    mutating func findOther(_ names: [String], make: () -> Instrument) -> Instrument {
        if let other { return entries[other].instrument }
        other = entries.count
        entries.append(Entry(labels: names.map { MetricLabel($0, "other") }, instrument: make()))
        return entries[entries.count - 1].instrument
    }
}
