import JackfieldVocabulary
import Synchronization

/// What a family is called in an exposition.
struct MetricName: Sendable, Hashable {
    /// With its unit, without the `_total` of a counter.
    let base: String
    /// The word in which `base` ends, if it has a unit.
    let unit: String?
}

/// The names of all families that were ever rendered. Two families never share one, and a family keeps its name from
/// one scrape to the next even if another one turns up that would be called the same. Any thread.
final class MetricNames: Sendable {
    private struct Key: Hashable {
        let name: String
        let unit: String
        let kind: Exporter.Kind
    }
    private struct State {
        var names: [Key: MetricName] = [:]
        /// Names of samples and of families.
        var taken: Set<String> = []
    }

    private let prefix: String
    private let state = Mutex(State())

    init(prefix: String) { self.prefix = prefix }

    func name(of family: Exporter.Family) -> MetricName {
        let key = Key(name: family.name, unit: family.unit, kind: family.kind)
        return state.withLock { state in
            if let name = state.names[key] { return name }
            var number = 1
            while true {
                let name = candidate(family, number)
                let samples = Self.samples(of: name.base, family.kind)
                if state.taken.isDisjoint(with: samples) {
                    state.taken.formUnion(samples)
                    state.names[key] = name
                    return name
                }
                number += 1
            }
        }
    }

    /// The family's name, from the second on with a number; the unit stays at the end, as OpenMetrics demands.
    private func candidate(_ family: Exporter.Family, _ number: Int) -> MetricName {
        var stem = NameText.metric((prefix.isEmpty ? "" : prefix + "_") + family.name)
        if family.kind == .counter { stem.dropSuffix("_total") }
        let unit = UnitName.word(for: family.unit, family.kind)
        if let unit { stem.dropSuffix("_" + unit) }
        stem.dropSuffix("_")
        if number > 1 { stem += "_\(number)" }
        return MetricName(base: unit.map { "\(stem)_\($0)" } ?? stem, unit: unit)
    }

    /// Every name that a family may write in either format.
    private static func samples(of base: String, _ kind: Exporter.Kind) -> [String] {
        switch kind {
        case .counter: [base, base + "_total", base + "_created"]
        case .gauge: [base]
        case .histogram: [base, base + "_bucket", base + "_sum", base + "_count", base + "_created"]
        }
    }
}

extension String {
    fileprivate mutating func dropSuffix(_ suffix: String) {
        if hasSuffix(suffix), count > suffix.count { removeLast(suffix.count) }
    }
}
