/// The counters at one moment. Two readings make rates; what could not be read is empty, and `missing` says why.
package struct CounterReading: Sendable {
    /// Nanoseconds.
    let time: Int64
    let cpu: CPUReading?
    let limitedCPU: ControlGroup.Processor?
    /// Bytes.
    let pageSize: UInt64
    /// The counters of /proc/vmstat by name.
    let virtualMemory: [String: UInt64]?
    let disks: [DiskCounters]
    let interfaces: [InterfaceCounters]
    let processes: [ProcessCounters]
    let missing: [Unreadable]

    package init(_ tree: SystemTree) {
        var missing: [Unreadable] = []
        func reading<Value>(_ read: () throws(Unreadable) -> Value) -> Value? {
            do throws(Unreadable) {
                return try read()
            } catch {
                missing.append(error)
                return nil
            }
        }

        time = tree.now()
        pageSize = tree.pageSize
        // A file that `StateReading` reads too is reported by it, not a second time from here.
        cpu = tree.text("/proc/stat").flatMap { CPUReading($0) }
        limitedCPU = ControlGroup(tree)?.processor(tree)
        virtualMemory = reading { () throws(Unreadable) in try tree.read("/proc/vmstat").values }
        disks = reading { () throws(Unreadable) in try DiskCounters.read(tree) } ?? []
        interfaces = reading { () throws(Unreadable) in try InterfaceCounters.read(tree) } ?? []
        processes = reading { () throws(Unreadable) in try ProcessCounters.read(tree) } ?? []
        self.missing = missing
    }
}
