import JackfieldJSON
import JackfieldVocabulary

extension Assessment {
    /// Beyond these many devices of a kind, the busiest: an answer is for a reader.
    static let devices = 16

    func diskSpace(_ state: StateReading) -> [Measured] {
        var found: [Measured] = []
        for filesystem in state.filesystems.prefix(64) {
            let (mount, usage) = (filesystem.mount, filesystem.usage)
            let space = judged(
                "disk.space:\(mount.point)", .diskSpace, usage.usedPercent, "%", "statvfs \(mount.point)",
                "The filesystem at \(mount.point) is \(Amount.percent(usage.usedPercent)) full, "
                    + "with \(Amount.bytes(Double(usage.available))) left",
                detail: [
                    ("device", .string(mount.source)), ("type", .string(mount.type)),
                    ("total_bytes", JSON(usage.total)),
                    ("used_bytes", JSON(usage.used)), ("available_bytes", JSON(usage.available)),
                ])
            // A filesystem in memory is memory; it is told of when it is about to be full.
            if !mount.isInMemory || space.severity > .ok { found.append(space) }
            if let inodes = usage.inodesUsedPercent {
                let finding = judged(
                    "disk.inodes:\(mount.point)", .diskInodes, inodes, "%", "statvfs \(mount.point)",
                    "The filesystem at \(mount.point) has \(Amount.percent(inodes)) of its inodes in use",
                    detail: [("total", JSON(usage.inodes)), ("free", JSON(usage.freeInodes))])
                if !mount.isInMemory || finding.severity > .ok { found.append(finding) }
            }
        }
        return found
    }

    func diskRates(_ from: CounterReading, _ to: CounterReading, _ seconds: Double) -> [Measured] {
        let before = Dictionary(from.disks.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        let pairs = to.disks.compactMap { disk in before[disk.name].map { ($0, disk) } }
        let busiest = pairs.sorted { growth($0.0.busyTime, $0.1.busyTime) > growth($1.0.busyTime, $1.1.busyTime) }
        return busiest.prefix(Self.devices).flatMap { rates($0, $1, seconds) }
    }

    private func rates(_ first: DiskCounters, _ second: DiskCounters, _ seconds: Double) -> [Measured] {
        let name = second.name
        let busy = min(100, growth(first.busyTime, second.busyTime) / (seconds * 1000) * 100)
        let reads = growth(first.reads, second.reads)
        let writes = growth(first.writes, second.writes)
        let readRate = growth(first.sectorsRead, second.sectorsRead) * DiskCounters.sector / seconds
        let writeRate = growth(first.sectorsWritten, second.sectorsWritten) * DiskCounters.sector / seconds
        let waited = growth(first.readTime, second.readTime) + growth(first.writeTime, second.writeTime)
        let operations = (reads + writes) / seconds
        return [
            judged(
                "disk.busy:\(name)", .diskBusy, busy, "%", "/proc/diskstats",
                "The disk \(name) is busy \(Amount.percent(busy)) of the time",
                detail: reads + writes > 0 ? [("wait_ms", .rounding(waited / (reads + writes)))] : []),
            Measured(
                "disk.rate:\(name)",
                readRate + writeRate == 0
                    ? "The disk \(name) neither reads nor writes"
                    : "The disk \(name) reads \(Amount.rate(readRate)) and writes \(Amount.rate(writeRate)) "
                        + "in \(Amount.plain(operations)) operations a second",
                value: readRate + writeRate, unit: "By/s", source: "/proc/diskstats",
                detail: [
                    ("read_bytes_per_second", .rounding(readRate)), ("write_bytes_per_second", .rounding(writeRate)),
                    ("reads_per_second", .rounding(reads / seconds)),
                    ("writes_per_second", .rounding(writes / seconds)),
                ]),
        ]
    }

    func openFiles(_ state: StateReading) -> [Measured] {
        guard let files = state.openFiles else { return [] }
        let percent = Double(files.used) / Double(files.limit) * 100
        return [
            judged(
                "files.open", .openFiles, percent, "%", "/proc/sys/fs/file-nr",
                "\(Amount.count(Double(files.used), "file", "files")) \(files.used == 1 ? "is" : "are") open, "
                    + "\(Amount.percent(percent)) of what the kernel allows",
                detail: [("open", JSON(files.used)), ("limit", JSON(files.limit))])
        ]
    }
}
