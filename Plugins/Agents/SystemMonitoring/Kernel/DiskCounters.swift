/// What a block device did since it was there (Documentation/admin-guide/iostats.rst).
struct DiskCounters: Sendable {
    /// The kernel counts in sectors of 512 bytes, whatever the device has.
    static let sector = 512.0

    let name: String
    let reads: UInt64
    let sectorsRead: UInt64
    /// Milliseconds that reads took, all together.
    let readTime: UInt64
    let writes: UInt64
    let sectorsWritten: UInt64
    let writeTime: UInt64
    /// Milliseconds in which at least one request was in flight.
    let busyTime: UInt64

    init?(_ line: ArraySlice<UInt8>) {
        let fields = line.fields
        guard fields.count >= 14 else { return nil }
        let numbers = fields[3...].map { $0.unsigned ?? 0 }
        name = fields[2].text
        reads = numbers[0]
        sectorsRead = numbers[2]
        readTime = numbers[3]
        writes = numbers[4]
        sectorsWritten = numbers[6]
        writeTime = numbers[7]
        busyTime = numbers[9]
    }

    var wasUsed: Bool { reads + writes > 0 }

    /// The whole devices of /proc/diskstats: no partitions (they have no folder in /sys/block) and no disks in memory.
    static func read(_ tree: SystemTree) throws(Unreadable) -> [DiskCounters] {
        let knowsBlocks = tree.exists("/sys/block")
        return try tree.read("/proc/diskstats").lines.compactMap { DiskCounters($0) }.filter { disk in
            guard disk.wasUsed, !["loop", "ram", "zram"].contains(where: disk.name.hasPrefix) else { return false }
            let folder = String(disk.name.map { $0 == "/" ? "!" : $0 })
            return !knowsBlocks || tree.exists("/sys/block/\(folder)")
        }
    }
}
