/// What a sandbox became. For `doctor`, `/api/v1/plugins/{id}` and the log.
package struct SandboxReport: Sendable, Hashable {
    /// As asked for: a level is reached whole or the sandbox is refused.
    package var level: SandboxLevel
    /// 0 where Landlock was not asked for.
    package var landlockABI: Int
    /// Of its own: `user`, `ipc`, `uts`, `cgroup`. None is needed.
    package var namespaces: [String]
    /// Whether the kernel counts this process's threads against the limit.
    package var threadsLimited: Bool
    /// Length of the filter of system calls, in instructions.
    package var filterLength: Int
    /// From the first step to the last.
    package var nanoseconds: UInt64

    package init(
        level: SandboxLevel, landlockABI: Int, namespaces: [String], threadsLimited: Bool, filterLength: Int,
        nanoseconds: UInt64
    ) {
        self.level = level
        self.landlockABI = landlockABI
        self.namespaces = namespaces
        self.threadsLimited = threadsLimited
        self.filterLength = filterLength
        self.nanoseconds = nanoseconds
    }

    /// One sentence for each promise, with the layers that hold it.
    package var promises: [String] {
        var promises = [
            "Memory, open files, file size and processor time are limited: resource limits.",
            threadsLimited
                ? "The number of threads is limited: resource limits."
                : "The number of threads is limited only by the address space that their stacks take.",
        ]
        guard level != .none else { return promises }
        let files = level == .strict
        let outside = landlockABI >= 6 ? "seccomp, Landlock" : "seccomp"
        promises += [
            "No capability, and none to be had: capabilities, no_new_privs.",
            files
                ? "Only granted files open: Landlock. Names, sizes and times of others can be seen."
                : "Every file opens that the user of the host can open: no layer here.",
            "No socket of any family: seccomp\(landlockABI >= 4 ? ", Landlock for TCP" : "").",
            "No signal to another process: \(outside).",
            "No other process is started, traced or read: seccomp\(files ? ", Landlock for tracing" : "").",
            "After loading, nothing becomes executable: seccomp.",
            "No way into mounts, modules, keys, bpf, io_uring, namespaces: seccomp, capabilities.",
        ]
        if !namespaces.isEmpty {
            promises.append("Namespaces of its own, beyond need: \(namespaces.joined(separator: ", ")).")
        }
        return promises
    }
}
