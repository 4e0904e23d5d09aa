import JackfieldJSON
import JackfieldVocabulary

extension Assessment {
    func processes(
        _ from: CounterReading, _ to: CounterReading, _ seconds: Double, _ tree: SystemTree
    ) -> [Measured] {
        guard !to.processes.isEmpty else { return [] }
        return busiest(from, to, seconds, tree.ticksPerSecond) + largest(to, tree) + [zombies(to), blocked(to)]
    }

    private func busiest(
        _ from: CounterReading, _ to: CounterReading, _ seconds: Double, _ ticksPerSecond: Double
    ) -> [Measured] {
        let before = Dictionary(from.processes.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        // Percent of one core. A process that began within the window has spent all its time in it.
        let shares = to.processes.map { process in
            let first = before[process.id].flatMap { $0.start == process.start ? $0.ticks : nil } ?? 0
            return (process, growth(first, process.ticks) / ticksPerSecond / seconds * 100)
        }
        let top = shares.filter { $0.1 > 0 }.sorted { ($1.1, $0.0.id) < ($0.1, $1.0.id) }.prefix(topProcesses)
        let named = top.prefix(3).map { "\($0.name) (\($0.id), \(Amount.percent($1)) of a core)" }
        return [
            Measured(
                "processes.cpu",
                named.isEmpty ? "No process uses the CPU" : "The busiest processes are \(Amount.list(named))",
                value: top.first?.1 ?? 0, unit: "%", source: "/proc/[pid]/stat",
                detail: [
                    (
                        "processes",
                        .array(
                            top.map { process, share in
                                ["pid": JSON(process.id), "name": .string(process.name), "percent": .rounding(share)]
                            })
                    )
                ], hasTrend: false)
        ]
    }

    private func largest(_ to: CounterReading, _ tree: SystemTree) -> [Measured] {
        let top = to.processes.filter { $0.residentPages > 0 }
            .sorted { ($1.residentPages, $0.id) < ($0.residentPages, $1.id) }.prefix(topProcesses)
            .compactMap { process in ProcessMemory(of: process.id, tree).map { (process, $0) } }
            .sorted { ($1.1.resident, $0.0.id) < ($0.1.resident, $1.0.id) }
        guard let first = top.first else { return [] }
        let named = top.prefix(3).map { "\($0.name) (\($0.id), \(Amount.bytes(Double($1.resident))))" }
        return [
            Measured(
                "processes.memory", "The largest processes are \(Amount.list(named))",
                value: Double(first.1.resident), unit: "By", source: "/proc/[pid]/status",
                detail: [
                    (
                        "processes",
                        .array(
                            top.map { process, memory in
                                [
                                    "pid": JSON(process.id), "name": .string(process.name),
                                    "resident_bytes": JSON(memory.resident), "swapped_bytes": JSON(memory.swapped),
                                ]
                            })
                    )
                ], hasTrend: false)
        ]
    }

    private func zombies(_ to: CounterReading) -> Measured {
        let zombies = to.processes.filter { $0.state == "Z" }
        let count = Double(zombies.count)
        return judged(
            "processes.zombies", .zombies, count, "{process}", "/proc/[pid]/stat",
            zombies.isEmpty
                ? "None of \(Amount.count(Double(to.processes.count), "process", "processes")) is a zombie"
                : "\(Amount.count(count, "process is a zombie", "processes are zombies")) "
                    + "that \(zombies.count == 1 ? "its parent" : "their parents") did not wait for",
            detail: [
                ("processes", JSON(to.processes.count)),
                ("zombies", listed(zombies)),
            ])
    }

    private func blocked(_ to: CounterReading) -> Measured {
        let blocked = to.processes.filter { $0.state == "D" }
        return judged(
            "processes.blocked", .blocked, Double(blocked.count), "{process}", "/proc/[pid]/stat",
            blocked.isEmpty
                ? "No process is blocked by a disk"
                : "\(Amount.count(Double(blocked.count), "process is", "processes are")) blocked, mostly by disks",
            detail: [("blocked", listed(blocked))])
    }

    private func listed(_ processes: [ProcessCounters]) -> JSON {
        .array(
            processes.prefix(topProcesses).map {
                ["pid": JSON($0.id), "name": .string($0.name), "parent": JSON($0.parent)]
            })
    }

    func uptime(_ state: StateReading) -> [Measured] {
        guard let uptime = state.uptime else { return [] }
        return [
            Measured(
                "machine.uptime", "The machine was started \(Amount.duration(uptime)) ago", value: uptime, unit: "s",
                source: "/proc/uptime", hasTrend: false)
        ]
    }
}
