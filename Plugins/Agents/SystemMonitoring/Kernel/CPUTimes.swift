/// The processor time of the machine or of one core since it was started, in clock ticks (proc_stat(5)).
struct CPUTimes: Sendable {
    static let modes = ["user", "nice", "system", "idle", "iowait", "irq", "softirq", "steal"]
    /// In the order of `modes`. Guest time is already in user and nice.
    let ticks: [UInt64]

    init?(_ fields: ArraySlice<ArraySlice<UInt8>>) {
        var ticks = fields.prefix(Self.modes.count).compactMap(\.unsigned)
        guard ticks.count >= 4 else { return nil }
        ticks += Array(repeating: 0, count: Self.modes.count - ticks.count)
        self.ticks = ticks
    }

    /// The share of each mode between two moments, in percent; nil if no time has passed. Iowait may run backwards.
    static func shares(_ from: CPUTimes, _ to: CPUTimes) -> [String: Double]? {
        let growths = zip(from.ticks, to.ticks).map { growth($0, $1) }
        let total = growths.reduce(0, +)
        guard total > 0 else { return nil }
        return Dictionary(uniqueKeysWithValues: zip(modes, growths.map { $0 / total * 100 }))
    }

    /// Everything but waiting: neither idle nor waiting for a disk.
    static func busy(_ shares: [String: Double]) -> Double {
        max(0, 100 - (shares["idle"] ?? 0) - (shares["iowait"] ?? 0))
    }
}

/// /proc/stat.
struct CPUReading: Sendable {
    let all: CPUTimes
    let cores: [CPUTimes]

    init?(_ text: KernelText) {
        var all: CPUTimes?
        var cores: [CPUTimes] = []
        for line in text.lines where line.starts(with: "cpu".utf8) {
            let fields = line.fields
            guard let times = CPUTimes(fields.dropFirst()) else { continue }
            if fields[0].count == 3 { all = times } else { cores.append(times) }
        }
        guard let all else { return nil }
        self.all = all
        self.cores = cores
    }
}
