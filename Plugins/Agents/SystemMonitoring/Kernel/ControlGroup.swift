/// The limits of the control group (version 2) that this process is in, and what counts against them
/// (Documentation/admin-guide/cgroup-v2.rst). A limit of a parent holds for its children, so the tightest one counts.
struct ControlGroup: Sendable {
    /// From the process's own group up to the root of the mount.
    let folders: [String]

    /// Nil without version 2.
    init?(_ tree: SystemTree) {
        guard let mounts = tree.text("/proc/self/mountinfo")?.lines.compactMap({ Mount($0) }),
            let mount = mounts.first(where: { $0.type == "cgroup2" }),
            let line = tree.text("/proc/self/cgroup")?.lines.first(where: { $0.starts(with: "0::".utf8) })
        else { return nil }
        // A path above the root of the namespace cannot be seen from here.
        let path = line.dropFirst(3).text.split(separator: "/").map(String.init)
        let parts = path.contains("..") ? [] : path
        folders = (0...parts.count).reversed().map { ([mount.point] + parts.prefix($0)).joined(separator: "/") }
    }

    struct Memory: Sendable {
        let folder: String
        /// Bytes.
        let limit: UInt64
        /// Without the files that the kernel would drop first: what Kubernetes calls the working set.
        let used: UInt64
    }

    /// Nil where nothing limits memory below `total` bytes.
    func memory(total: UInt64, _ tree: SystemTree) -> Memory? {
        var found: (folder: String, limit: UInt64)?
        for folder in folders {
            guard let limit = tree.text("\(folder)/memory.max")?.fields.first?.unsigned, limit > 0, limit < total,
                limit < found?.limit ?? .max
            else { continue }
            found = (folder, limit)
        }
        guard let (folder, limit) = found, let current = tree.text("\(folder)/memory.current")?.fields.first?.unsigned
        else { return nil }
        let droppable = tree.text("\(folder)/memory.stat")?.values["inactive_file"] ?? 0
        return Memory(folder: folder, limit: limit, used: current - min(droppable, current))
    }

    struct Processor: Sendable {
        let folder: String
        /// Processors that the group may use at a time, 0.5 for a half.
        let limit: Double
        /// Microseconds of processor time.
        let used: UInt64
        let periods: UInt64
        let throttledPeriods: UInt64
    }

    /// Nil where nothing limits the processors.
    func processor(_ tree: SystemTree) -> Processor? {
        var found: (folder: String, limit: Double)?
        for folder in folders {
            guard let fields = tree.text("\(folder)/cpu.max")?.fields, fields.count == 2,
                let quota = fields[0].unsigned, let period = fields[1].unsigned, period > 0
            else { continue }
            let limit = Double(quota) / Double(period)
            if limit > 0, limit < found?.limit ?? .infinity { found = (folder, limit) }
        }
        guard let (folder, limit) = found, let values = tree.text("\(folder)/cpu.stat")?.values,
            let used = values["usage_usec"]
        else { return nil }
        return Processor(
            folder: folder, limit: limit, used: used, periods: values["nr_periods"] ?? 0,
            throttledPeriods: values["nr_throttled"] ?? 0)
    }
}
