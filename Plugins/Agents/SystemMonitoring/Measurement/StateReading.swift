/// What can be read at one moment, without waiting for a window. Nil: it could not be read, and `missing` says why.
package struct StateReading: Sendable {
    /// Bytes by the names of /proc/meminfo; counts where the kernel counts.
    let memory: [String: UInt64]?
    let limitedMemory: ControlGroup.Memory?
    let load: [Double]?
    let cores: Int
    let pressure: [String: Pressure]
    let filesystems: [Filesystem]
    let openFiles: (used: UInt64, limit: UInt64)?
    /// Seconds.
    let uptime: Double?
    let host: String?
    let missing: [Unreadable]

    package init(_ tree: SystemTree) {
        var missing: [Unreadable] = []
        func read<Value>(_ path: String, _ parse: (KernelText) -> Value?) -> Value? {
            do throws(Unreadable) {
                let text = try tree.read(path)
                if let value = parse(text) { return value }
                missing.append(Unreadable(path: path, reason: "does not have the form that is known"))
            } catch {
                missing.append(error)
            }
            return nil
        }

        memory = read("/proc/meminfo") { text in
            let values = text.values.mapValues { $0 &* 1024 }
            return values["MemTotal"] == nil || values["MemAvailable"] == nil ? nil : values
        }
        limitedMemory = memory?["MemTotal"].flatMap { total in ControlGroup(tree)?.memory(total: total, tree) }
        load = read("/proc/loadavg") { text in
            let values = text.fields.prefix(3).compactMap(\.double)
            return values.count == 3 ? values : nil
        }
        cores = read("/proc/stat") { CPUReading($0)?.cores.count } ?? 0
        var pressure: [String: Pressure] = [:]
        for resource in Pressure.resources {
            pressure[resource] = read("/proc/pressure/\(resource)") { Pressure($0) }
        }
        self.pressure = pressure
        openFiles = read("/proc/sys/fs/file-nr") { text in
            let values = text.fields.compactMap(\.unsigned)
            return values.count == 3 && values[2] > 0 ? (values[0], values[2]) : nil
        }
        uptime = read("/proc/uptime") { $0.fields.first?.double }
        host = tree.text("/proc/sys/kernel/hostname")?.fields.first?.text
        do throws(Unreadable) {
            filesystems = try Filesystem.all(tree)
        } catch {
            filesystems = []
            missing.append(error)
        }
        self.missing = missing
    }
}
