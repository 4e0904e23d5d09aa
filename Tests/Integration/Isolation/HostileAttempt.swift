/// What a hostile plugin tries, and what the sandbox answers to it.
struct HostileAttempt: Sendable {
    /// The fixture.
    let name: String
    /// What each attempt is answered with; those of `others` by their names in the report.
    let answer: String
    let others: [String: String]
    /// Lines of the report that are no attempt.
    let remarks: [String]
    /// The system calls of which the host hears. A file that Landlock does not open is not among them.
    let told: Set<String>
    /// When it is tried. What takes all that there is can be taken once.
    let moments: [String]

    init(
        _ name: String, _ answer: String = "EPERM", others: [String: String] = [:], remarks: [String] = [],
        told: Set<String> = [], moments: [String] = ["now", "thread"]
    ) {
        self.name = name
        self.answer = answer
        self.others = others
        self.remarks = remarks
        self.told = told
        self.moments = moments
    }

    /// What is wrong with a report; empty if nothing is.
    func complaints(about report: String) -> [String] {
        let lines = report.split(separator: "\n").map(String.init)
        var complaints = remarks.filter { !lines.contains($0) }.map { "does not say \"\($0)\"" }
        for line in lines where !remarks.contains(line) {
            guard let colon = line.firstRange(of: ": ") else {
                complaints.append("says \"\(line)\"")
                continue
            }
            let expected = others[String(line[..<colon.lowerBound])] ?? answer
            if line[colon.upperBound...] != expected { complaints.append("\(line), and not \(expected)") }
        }
        return lines.isEmpty ? ["says nothing"] : complaints
    }

    /// All, at the level `strict`.
    static let strict = files + network + processes + memory + kernel

    static let files: [HostileAttempt] = [
        .init("reads-passwd", "EACCES", others: ["openat2": "ENOSYS"]),
        .init("reads-at-load", "EACCES", others: ["openat2": "ENOSYS"]),
        .init("reads-around", "EACCES"),
        // Of its own descriptors it may have a second one; a socket cannot be opened.
        .init("reads-itself", "EACCES", others: ["/proc/self/fd/3": "ENXIO", "/dev/fd/2": "done"]),
        .init("reads-environment", remarks: ["0 variables"]),
        .init("file-handle", told: ["name_to_handle_at", "open_by_handle_at"]),
        .init("writes-files", "EACCES"),
        .init(
            "changes-files", others: ["unlink": "EACCES"],
            told: ["chmod", "chown", "getxattr", "setxattr", "utimensat"]),
        .init("links", "EACCES", others: ["device": "EPERM", "pipe": "EPERM"], told: ["mknodat"]),
        .init(
            "huge-file",
            others: ["64 GiB of memory": "EBADF", "a file in /tmp": "EACCES", "64 GiB of disk": "EBADF"],
            told: ["memfd_create"]),
    ]

    static let network: [HostileAttempt] = [
        .init("tcp-connect", told: ["connect", "sendto", "socket"]),
        .init("connects-at-load", told: ["connect", "sendto", "socket"]),
        .init("tcp-listen", told: ["bind", "listen", "socket"]),
        .init("udp", told: ["sendto", "socket"]),
        .init("resolves", "failed", told: ["socket"]),
        .init("raw-socket", told: ["socket"]),
        .init("unix-socket", told: ["connect", "socket"]),
        .init("abstract-socket", told: ["connect", "socket"]),
        .init("netlink", told: ["socket"]),
        .init("odd-sockets", told: ["socket"]),
        .init("socket-pair", told: ["recvmsg", "sendmsg", "setsockopt", "socketpair"]),
    ]

    static let processes: [HostileAttempt] = [
        .init("reads-parent", "EACCES"),
        .init(
            "process-memory",
            told: [
                "get_robust_list", "kcmp", "move_pages", "process_madvise", "process_vm_readv", "process_vm_writev",
            ]),
        .init("exec", others: ["fexecve": "EINVAL"], told: ["execve", "execveat"]),
        .init("fork-bomb", told: processCalls),
        .init("clone3", "ENOSYS"),
        .init("ptrace", told: ["ptrace"]),
        .init("trace-me", told: ["ptrace"]),
        .init("pidfd", told: ["pidfd_getfd", "pidfd_open", "pidfd_send_signal"]),
        .init("kills-host", told: ["kill", "rt_sigqueueinfo", "rt_tgsigqueueinfo", "tgkill", "tkill"]),
        .init("kills-at-load", told: ["kill", "rt_sigqueueinfo", "rt_tgsigqueueinfo", "tgkill", "tkill"]),
        .init("kills-all", told: ["kill"]),
        .init(
            "signals-by-descriptor", others: ["pipe2": "done", "timer_create": "EINVAL"], told: ["fcntl", "ioctl"]),
        .init("escapes-group", told: ["setpgid", "setsid"]),
        .init("outlives-host", others: ["PR_SET_NAME": "done"], told: ["prctl"]),
        .init("ignores-signals", remarks: ["ignores 7"]),
        .init(
            "identity", told: ["capset", "prctl", "setgid", "setgroups", "setresuid", "setuid"]),
        .init("namespaces", others: ["open the host's": "EACCES"], told: ["setns", "unshare"]),
        .init("changes-process", "done", remarks: ["changed"]),
        .init("writes-to-host", remarks: ["written over"]),
    ]

    static let memory: [HostileAttempt] = [
        .init("executable-mapping", others: ["mmap rw": "done"], told: codeCalls),
        .init("executable-file", told: ["memfd_create", "memfd_secret"]),
        .init("loads-library", "failed", told: ["mmap"]),
        .init("shared-memory", told: ["mq_open", "msgget", "semget", "shmget"]),
        .init("address-space", "ENOMEM", remarks: ["ENOMEM after 1 GiB"]),
        .init("thread-bomb", remarks: ["EAGAIN after 63 threads"], moments: ["now"]),
        .init("descriptor-bomb", remarks: ["EMFILE after 252 descriptors"], moments: ["now"]),
        .init(
            "raises-limits", others: ["priority": "done, and is 0"], told: ["prlimit64", "sched_setscheduler"]),
    ]

    static let kernel: [HostileAttempt] = [
        .init("io-uring", told: ["io_uring_enter", "io_uring_register", "io_uring_setup"]),
        .init(
            "kernel-doors",
            told: [
                "bpf", "fanotify_init", "inotify_init1", "lookup_dcookie", "perf_event_open", "personality", "syslog",
                "userfaultfd", "vmsplice",
            ]),
        .init("keys", told: ["add_key", "keyctl", "request_key"]),
        .init(
            "mounts",
            told: [
                "chroot", "fsconfig", "fsmount", "fsopen", "fspick", "mount", "mount_setattr", "move_mount",
                "open_tree", "pivot_root", "umount2",
            ]),
        .init("machine", told: machineCalls),
        .init("own-filter", told: ["landlock_create_ruleset", "prctl", "seccomp"]),
        .init("sigsys-handler", remarks: ["somebody else was told"], told: ["ptrace", "rt_sigaction"]),
        .init("unknown-calls", "ENOSYS"),
        .init("vsyscall", "done", remarks: fixedCalls),
        .init(
            "closes-standard", remarks: ["the standard places are taken"], told: ["close"], moments: ["now"]),
        .init("closes-everything", told: closeCalls),
    ]

    // What only one architecture has.

    #if arch(x86_64)
        private static let processCalls: Set = ["clone", "fork"]
        private static let codeCalls: Set = ["mmap", "mprotect", "personality", "pkey_mprotect", "shmat", "shmget"]
        private static let closeCalls: Set = ["close", "close_range", "dup2", "dup3", "shutdown"]
        private static let portCalls: Set = ["ioperm", "iopl"]
        private static let fixedCalls: [String] = []
    #else
        private static let processCalls: Set = ["clone"]
        private static let codeCalls: Set = ["mmap", "mprotect", "pkey_mprotect", "shmat", "shmget"]
        private static let closeCalls: Set = ["close", "close_range", "dup3", "shutdown"]
        private static let portCalls: Set<String> = []
        private static let fixedCalls = ["no such call"]
    #endif
    private static let machineCalls: Set = portCalls.union([
        "acct", "clock_settime", "delete_module", "finit_module", "init_module", "kexec_load", "quotactl",
        "quotactl_fd",
        "reboot", "setdomainname", "sethostname", "swapoff", "swapon",
    ])
}
