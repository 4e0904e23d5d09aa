import Glibc
import KernelCalls

/// What a process uses, looked at once a second; and whether that is more processor time than it may have.
struct RunnerUsage {
    /// Processors that it may keep busy, on average over a window; 0: all there are.
    let processors: Double
    /// Nanoseconds.
    static let window: Int64 = 10_000_000_000

    /// Processor time since its start, nanoseconds.
    private(set) var processorTime: Int64 = 0
    /// Physical memory, bytes.
    private(set) var memory: Int64 = 0

    private var windowStart: Int64
    private var usedBefore: Int64 = 0

    init(processors: Double, now: Int64) {
        self.processors = processors
        windowStart = now
    }

    private var allowance: Int64 { Int64(processors * Double(Self.window)) }

    /// Look at a process.
    ///
    /// - Returns: why it must end, if it must.
    mutating func sample(process: Int32, now: Int64) -> String? {
        let used = kernel_processor_time(process)
        guard used >= 0 else { return nil }
        memory = Self.residentMemory(of: process) ?? memory
        return account(used, now: now)
    }

    /// Kept by looking alone. The kernel's own limit (RLIMIT_CPU) counts from the start of the process and would have to be
    /// raised again and again, which a host without CAP_SYS_RESOURCE may not do.
    mutating func account(_ used: Int64, now: Int64) -> String? {
        processorTime = used
        guard processors > 0 else { return nil }
        if used - usedBefore > allowance {
            let seconds = Double((used - usedBefore) / 10_000_000) / 100
            return
                "it used \(seconds) s of processor time within ten seconds; sandbox.cpu allows \(processors) processors"
        }
        if now - windowStart >= Self.window {
            windowStart = now
            usedBefore = used
        }
        return nil
    }

    /// The second number of /proc/PID/statm, in pages (proc_pid_statm(5)).
    private static func residentMemory(of process: Int32) -> Int64? {
        let descriptor = open("/proc/\(process)/statm", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        return withUnsafeTemporaryAllocation(byteCount: 128, alignment: 1) { buffer in
            let count = read(descriptor, buffer.baseAddress, buffer.count)
            guard count > 0 else { return nil }
            let words = String(decoding: buffer[..<count], as: UTF8.self).split(separator: " ")
            return words.count > 1 ? Int64(words[1]).map { $0 * Int64(sysconf(Int32(_SC_PAGESIZE))) } : nil
        }
    }
}
