internal import Glibc
internal import KernelCalls

/// The first layer: setrlimit(2). Holds at every level.
///
/// Memory is the address space: what the process has mapped when it enters (the host's own code and the Swift runtime),
/// plus `memory`, plus room for eight thread stacks and one more arena of malloc, which reserve far more than they use.
/// Stacks beyond the eighth count as the plugin's memory. Where the limit is reached, mmap answers ENOMEM, malloc null,
/// and Swift code traps.
enum ResourceLimits {
    /// `asm-generic/resource.h`, the same numbers on both architectures.
    private enum Resource: Int32 {
        case processorTime = 0
        case fileSize = 1
        case stack = 3
        case core = 4
        case threads = 6
        case openFiles = 7
        case lockedMemory = 8
        case addressSpace = 9
        case messageQueues = 12
        case niceness = 13
        case realtimePriority = 14
    }

    static func apply(_ settings: SandboxSettings) throws(SandboxError) {
        guard settings.openFiles >= 8 else {
            throw SandboxError(
                .settings, "A limit of \(settings.openFiles) open files leaves no room for the runner; 8 is the least.")
        }
        // One arena beside the main one, whatever the number of threads: each takes 64 MiB of the address space.
        kernel_limit_arenas(2)
        let stack = min(kernel_soft_limit(Resource.stack.rawValue), 8 << 20)
        let room = min(settings.threads, 8) * stack + 64 << 20
        let (memory, tooMuch) = settings.memory.addingReportingOverflow(try mapped() + room)
        try limit(.addressSpace, tooMuch ? UInt64.max : memory, "address space")
        try limit(.openFiles, settings.openFiles, "open files")
        try limit(.fileSize, settings.fileSize, "file size")
        // A write past the limit then fails with EFBIG and does not kill.
        signal(SIGXFSZ, SIG_IGN)
        try limit(.core, 0, "core size")
        try limit(.lockedMemory, 0, "locked memory")
        try limit(.messageQueues, 0, "message queues")
        try limit(.niceness, 0, "niceness")
        try limit(.realtimePriority, 0, "real-time priority")
        if let seconds = settings.cpuSeconds {
            // SIGXCPU first; SIGKILL a second later for who ignores it.
            try limit(.processorTime, seconds, hard: seconds + 1, "processor time")
        }
    }

    /// Counted by the kernel for each real user id in each user namespace; `ThreadLimit` sees to it that no other
    /// process is counted.
    static func applyThreads(_ threads: UInt64) throws(SandboxError) {
        try limit(.threads, threads, "threads")
    }

    private static func limit(
        _ resource: Resource, _ value: UInt64, hard: UInt64? = nil, _ name: String
    ) throws(SandboxError) {
        let answer = kernel_limit(resource.rawValue, value, hard ?? value)
        guard answer == 0 else {
            throw SandboxError(.failed, "The limit of \(name) could not be set: \(ErrorNumber.text(-answer)).")
        }
    }

    /// Bytes of address space in use: the first number of /proc/self/statm, in pages. (proc_pid_statm(5))
    private static func mapped() throws(SandboxError) -> UInt64 {
        let file = open("/proc/self/statm", O_RDONLY | O_CLOEXEC)
        guard file >= 0 else {
            throw SandboxError(
                .state, "/proc/self/statm cannot be read (\(ErrorNumber.text(errno))): the sandbox needs /proc mounted."
            )
        }
        defer { close(file) }
        var pages: UInt64 = 0
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 32) { digits in
            let count = read(file, digits.baseAddress, digits.count)
            for digit in digits.prefix(max(0, count)) {
                guard digit >= 0x30, digit <= 0x39 else { break }
                pages = pages * 10 + UInt64(digit - 0x30)
            }
        }
        return pages * UInt64(sysconf(Int32(_SC_PAGESIZE)))
    }
}
