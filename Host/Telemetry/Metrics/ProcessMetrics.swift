import Glibc

extension MetricsRegistry {
    /// Adds the collector of what the kernel knows of this process: processor time, memory, descriptors, threads,
    /// uptime (getrusage(2), proc(5)). What cannot be read is left out of the snapshot.
    package func collectProcess() {
        addCollector { reading in
            let usage = ProcessUsage.read()
            reading.counter(.processCPUTime, usage.userSeconds, [.mode: "user"])
            reading.counter(.processCPUTime, usage.systemSeconds, [.mode: "system"])
            if let bytes = usage.residentBytes { reading.gauge(.processMemory, Double(bytes)) }
            if let count = usage.openDescriptors { reading.gauge(.processDescriptors, Double(count)) }
            if let count = usage.threads { reading.gauge(.processThreads, Double(count)) }
            if let seconds = usage.uptimeSeconds { reading.gauge(.processUptime, seconds) }
        }
    }
}

/// What this process has used. Nil where /proc does not say.
package struct ProcessUsage: Sendable, Hashable {
    package var userSeconds: Double
    package var systemSeconds: Double
    package var residentBytes: Int?
    package var openDescriptors: Int?
    package var threads: Int?
    package var uptimeSeconds: Double?

    /// Reads it now. A few system calls, some tens of microseconds; any thread.
    package static func read() -> ProcessUsage {
        var used = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &used)
        // After the name, which may hold spaces and parentheses, field 3 of proc_pid_stat(5) comes first.
        let stat = readSmallFile("/proc/self/stat").flatMap { text in
            text.lastIndex(of: ")").map { text[text.index(after: $0)...].split(separator: " ") }
        }
        let statm = readSmallFile("/proc/self/statm")?.split(separator: " ")
        return ProcessUsage(
            userSeconds: seconds(used.ru_utime), systemSeconds: seconds(used.ru_stime),
            residentBytes: statm.flatMap { $0.count > 1 ? Int($0[1]) : nil }.map {
                $0 * Int(sysconf(Int32(_SC_PAGESIZE)))
            },
            openDescriptors: countDescriptors(), threads: stat.flatMap { $0.count > 17 ? Int($0[17]) : nil },
            uptimeSeconds: stat.flatMap { $0.count > 19 ? Double($0[19]) : nil }.map(uptime))
    }

    private static func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }

    /// `start` is in clock ticks since boot.
    private static func uptime(start: Double) -> Double {
        var now = timespec()
        clock_gettime(CLOCK_BOOTTIME, &now)
        let ticks = Double(sysconf(Int32(_SC_CLK_TCK)))
        return max(0, Double(now.tv_sec) + Double(now.tv_nsec) / 1e9 - start / ticks)
    }

    /// The descriptor that the count itself needs is not counted.
    private static func countDescriptors() -> Int? {
        guard let directory = opendir("/proc/self/fd") else { return nil }
        defer { closedir(directory) }
        var count = 0
        while let entry = readdir(directory) {
            if entry.pointee.d_name.0 != CChar(UInt8(ascii: ".")) { count += 1 }
        }
        return count - 1
    }

    private static func readSmallFile(_ path: String) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        return withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 1) { buffer in
            let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            return count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : nil
        }
    }
}
