import JackfieldJSON
import JackfieldVocabulary

/// Compares readings with thresholds. Pure: the same readings give the same findings.
package struct Assessment: Sendable {
    let thresholds: Thresholds
    /// How many processes are named.
    let topProcesses: Int

    package init(thresholds: Thresholds, topProcesses: Int) {
        self.thresholds = thresholds
        self.topProcesses = topProcesses
    }

    /// What one moment shows.
    package func findings(_ state: StateReading) -> [Measured] {
        memory(state) + swap(state) + load(state) + pressure(state) + diskSpace(state) + openFiles(state)
            + uptime(state)
    }

    /// What two moments show.
    ///
    /// - Parameter tree: for the exact memory of the largest processes.
    package func findings(from: CounterReading, to: CounterReading, _ tree: SystemTree) -> [Measured] {
        let seconds = Double(to.time - from.time) / 1_000_000_000
        guard seconds > 0 else { return [] }
        return cpu(from, to, seconds) + swapRate(from, to, seconds) + diskRates(from, to, seconds)
            + network(from, to, seconds) + processes(from, to, seconds, tree)
    }

    /// One finding for everything that could not be measured; nil if nothing is missing.
    package func notMeasured(_ missing: [Unreadable]) -> Measured? {
        guard !missing.isEmpty else { return nil }
        var groups: [(reason: String, paths: [String])] = []
        for one in missing {
            if let at = groups.firstIndex(where: { $0.reason == one.reason }) {
                groups[at].paths.append(one.path)
            } else {
                groups.append((one.reason, [one.path]))
            }
        }
        let reasons = groups.map { group in
            let many = group.paths.count > 1
            let reason =
                many
                ? group.reason.replacingStart("is ", "are ").replacingStart("does ", "do ") : group.reason
            return "\(Amount.list(group.paths)) \(reason)"
        }
        return Measured(
            "measurement.missing", "Not everything could be measured: \(reasons.joined(separator: "; "))",
            value: Double(missing.count), unit: "{file}", source: missing[0].path,
            detail: [
                (
                    "missing",
                    .array(missing.map { ["source": .string($0.path), "reason": .string($0.reason)] })
                )
            ], hasTrend: false)
    }

    func judged(
        _ id: String, _ metric: Metric, _ value: Double, _ unit: String, _ source: String, _ title: String,
        detail: [(String, JSON)] = []
    ) -> Measured {
        // What is told and what decides are the same number.
        let (severity, decisive) = (thresholds[metric] ?? metric.standard).judge(rounded(value))
        return Measured(
            id, title, severity: severity, value: value, threshold: decisive, unit: unit, source: source, detail: detail
        )
    }
}

extension String {
    fileprivate func replacingStart(_ start: String, _ other: String) -> String {
        hasPrefix(start) ? other + dropFirst(start.count) : self
    }
}
