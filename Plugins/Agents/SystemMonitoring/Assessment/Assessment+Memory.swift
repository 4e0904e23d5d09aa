import JackfieldJSON
import JackfieldVocabulary

extension Assessment {
    func memory(_ state: StateReading) -> [Measured] {
        var found: [Measured] = []
        if let memory = state.memory, let total = memory["MemTotal"], let available = memory["MemAvailable"], total > 0
        {
            let used = Double(total - min(available, total)) / Double(total) * 100
            found.append(
                judged(
                    "memory.used", .memoryUsed, used, "%", "/proc/meminfo",
                    "Memory is \(Amount.percent(used)) used, "
                        + "with \(Amount.bytes(Double(available))) of \(Amount.bytes(Double(total))) available",
                    detail: [
                        ("total_bytes", JSON(total)), ("available_bytes", JSON(available)),
                        ("free_bytes", JSON(memory["MemFree"] ?? 0)), ("cached_bytes", JSON(memory["Cached"] ?? 0)),
                        ("dirty_bytes", JSON(memory["Dirty"] ?? 0)),
                    ]))
        }
        if let group = state.limitedMemory {
            let used = Double(group.used) / Double(group.limit) * 100
            found.append(
                judged(
                    "memory.limit", .memoryUsed, used, "%", "\(group.folder)/memory.max",
                    "The control group uses \(Amount.percent(used)) of its memory limit of \(Amount.bytes(Double(group.limit)))",
                    detail: [("used_bytes", JSON(group.used)), ("limit_bytes", JSON(group.limit))]))
        }
        return found
    }

    func swap(_ state: StateReading) -> [Measured] {
        guard let memory = state.memory, let total = memory["SwapTotal"], let free = memory["SwapFree"] else {
            return []
        }
        guard total > 0 else {
            return [
                Measured(
                    "swap.used", "The machine has no swap space", unit: "%", source: "/proc/meminfo",
                    detail: [("total_bytes", 0)])
            ]
        }
        let used = total - min(free, total)
        let percent = Double(used) / Double(total) * 100
        return [
            judged(
                "swap.used", .swapUsed, percent, "%", "/proc/meminfo",
                "Swap is \(Amount.percent(percent)) used, "
                    + "with \(Amount.bytes(Double(used))) of \(Amount.bytes(Double(total)))",
                detail: [("total_bytes", JSON(total)), ("used_bytes", JSON(used))])
        ]
    }

    func swapRate(_ from: CounterReading, _ to: CounterReading, _ seconds: Double) -> [Measured] {
        guard let first = from.virtualMemory, let second = to.virtualMemory, let pagesIn = second["pswpin"],
            let pagesOut = second["pswpout"]
        else { return [] }
        // The kernel counts both in pages.
        let rateIn = growth(first["pswpin"] ?? pagesIn, pagesIn) * Double(to.pageSize) / seconds
        let rateOut = growth(first["pswpout"] ?? pagesOut, pagesOut) * Double(to.pageSize) / seconds
        let kills = second["oom_kill"] ?? 0
        var found = [
            judged(
                "swap.rate", .swapRate, rateIn + rateOut, "By/s", "/proc/vmstat",
                rateIn + rateOut == 0
                    ? "Nothing is being swapped"
                    : "The machine swaps \(Amount.rate(rateIn)) in and \(Amount.rate(rateOut)) out",
                detail: [("in_bytes_per_second", .rounding(rateIn)), ("out_bytes_per_second", .rounding(rateOut))])
        ]
        let recent = growth(first["oom_kill"] ?? kills, kills)
        if kills > 0 {
            found.append(
                Measured(
                    "memory.killed",
                    recent > 0
                        ? "The kernel has just killed \(Amount.count(recent, "process", "processes")) for want of memory"
                        : "The kernel killed \(Amount.count(Double(kills), "process", "processes")) for want of memory "
                            + "since the machine was started",
                    severity: recent > 0 ? .critical : .info, value: Double(kills), unit: "{process}",
                    source: "/proc/vmstat",
                    detail: [("in_window", JSON(recent))]))
        }
        return found
    }
}
