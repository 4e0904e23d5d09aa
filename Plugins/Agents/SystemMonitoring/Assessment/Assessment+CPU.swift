import JackfieldJSON
import JackfieldVocabulary

extension Assessment {
    func cpu(_ from: CounterReading, _ to: CounterReading, _ seconds: Double) -> [Measured] {
        guard let first = from.cpu, let second = to.cpu, let shares = CPUTimes.shares(first.all, second.all) else {
            return limitedCPU(from, to, seconds)
        }
        func share(_ mode: String) -> Double { shares[mode] ?? 0 }
        let busy = CPUTimes.busy(shares)
        let modes = JSON.object(JSONObject(CPUTimes.modes.map { ($0, .rounding(share($0))) }))
        let cores = zip(first.cores, second.cores).compactMap { CPUTimes.shares($0, $1).map(CPUTimes.busy) }
        let source = "/proc/stat"
        let busyCores = cores.filter { $0 >= 95 }.count
        let some =
            busyCores > 0 && busyCores < cores.count ? ", with \(busyCores) of \(cores.count) cores at their limit" : ""
        return [
            judged(
                "cpu.busy", .cpuBusy, busy, "%", source,
                "The CPU is \(Amount.percent(busy)) busy "
                    + "(user \(Amount.percent(share("user") + share("nice"))), system \(Amount.percent(share("system"))))\(some)",
                detail: [("modes", modes), ("cores", .array(cores.map(JSON.rounding)))]),
            judged(
                "cpu.iowait", .cpuIOWait, share("iowait"), "%", source,
                "The CPU waits for disks \(Amount.percent(share("iowait"))) of the time"),
            judged(
                "cpu.steal", .cpuSteal, share("steal"), "%", source,
                "Other virtual machines take \(Amount.percent(share("steal"))) of the CPU"),
        ] + limitedCPU(from, to, seconds)
    }

    /// In a container the limit of its control group is what counts.
    private func limitedCPU(_ from: CounterReading, _ to: CounterReading, _ seconds: Double) -> [Measured] {
        guard let first = from.limitedCPU, let second = to.limitedCPU, first.folder == second.folder else { return [] }
        let cores = growth(first.used, second.used) / 1_000_000 / seconds
        let used = cores / second.limit * 100
        var found = [
            judged(
                "cpu.limit", .cpuBusy, used, "%", "\(second.folder)/cpu.max",
                "The control group uses \(Amount.percent(used)) of its limit of \(Amount.count(second.limit, "CPU", "CPUs"))",
                detail: [("used_cpus", .rounding(cores)), ("limit_cpus", .rounding(second.limit))])
        ]
        let periods = growth(first.periods, second.periods)
        if periods > 0 {
            let throttled = growth(first.throttledPeriods, second.throttledPeriods) / periods * 100
            found.append(
                judged(
                    "cpu.throttled", .cpuThrottled, throttled, "%", "\(second.folder)/cpu.stat",
                    "The control group was held back at its CPU limit in \(Amount.percent(throttled)) of the periods"))
        }
        return found
    }

    func load(_ state: StateReading) -> [Measured] {
        guard let load = state.load, state.cores > 0 else { return [] }
        let perCore = load[1] / Double(state.cores)
        return [
            judged(
                "cpu.load", .loadPerCore, perCore, "1", "/proc/loadavg",
                "The load over five minutes is \(Amount.plain(load[1])) on "
                    + "\(Amount.count(Double(state.cores), "core", "cores")), \(Amount.plain(perCore)) for each",
                detail: [
                    ("load_1m", .rounding(load[0])), ("load_5m", .rounding(load[1])), ("load_15m", .rounding(load[2])),
                    ("cores", JSON(state.cores)),
                ])
        ]
    }

    func pressure(_ state: StateReading) -> [Measured] {
        let all: [(String, Metric, String)] = [
            ("cpu", .pressureCPU, "a CPU"), ("memory", .pressureMemory, "memory"), ("io", .pressureIO, "disks"),
        ]
        return all.compactMap { resource, metric, words in
            guard let pressure = state.pressure[resource] else { return nil }
            func averages(_ value: Pressure.Averages) -> JSON {
                [
                    "avg10": .rounding(value.tenSeconds), "avg60": .rounding(value.minute),
                    "avg300": .rounding(value.fiveMinutes),
                ]
            }
            let value = pressure.some.tenSeconds
            return judged(
                "pressure.\(resource)", metric, value, "%", "/proc/pressure/\(resource)",
                "Tasks had to wait for \(words) in \(Amount.percent(value)) of the last ten seconds",
                detail: [("some", averages(pressure.some))] + (pressure.full.map { [("full", averages($0))] } ?? []))
        }
    }
}
