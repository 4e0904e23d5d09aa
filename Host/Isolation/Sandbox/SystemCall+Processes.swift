/// Other processes, and what a process may become.
extension SystemCall {
    package static let processes: [SystemCall] = [
        // No second process.
        .init("fork", 57, -1, .refuse),
        .init("vfork", 58, -1, .refuse),
        .init("execve", 59, 221, .refuse),
        .init("execveat", 322, 281, .refuse),

        // No reach into another one.
        .init("ptrace", 101, 117, .refuse),
        .init("process_vm_readv", 310, 270, .refuse),
        .init("process_vm_writev", 311, 271, .refuse),
        .init("process_madvise", 440, 440, .refuse),
        .init("process_mrelease", 448, 448, .refuse),
        .init("kcmp", 312, 272, .refuse),
        .init("pidfd_open", 434, 434, .refuse),
        .init("pidfd_getfd", 438, 438, .refuse),
        .init("pidfd_send_signal", 424, 424, .refuse),
        .init("get_robust_list", 274, 100, .refuse),

        // No other user, group, session or capability.
        .init("setuid", 105, 146, .refuse),
        .init("setgid", 106, 144, .refuse),
        .init("setreuid", 113, 145, .refuse),
        .init("setregid", 114, 143, .refuse),
        .init("setresuid", 117, 147, .refuse),
        .init("setresgid", 119, 149, .refuse),
        .init("setfsuid", 122, 151, .refuse),
        .init("setfsgid", 123, 152, .refuse),
        .init("setgroups", 116, 159, .refuse),
        .init("capset", 126, 91, .refuse),
        .init("setpgid", 109, 154, .refuse),
        .init("setsid", 112, 157, .refuse),

        // Limits stay, and so does the execution domain: one of them makes all readable memory executable.
        .init("setrlimit", 160, 164, .refuse),
        .init("personality", 135, 92, .refuse),

        // Scheduling classes and input-output priorities.
        .init("sched_setparam", 142, 118, .refuse),
        .init("sched_setscheduler", 144, 119, .refuse),
        .init("sched_setattr", 314, 274, .refuse),
        .init("ioprio_set", 251, 30, .refuse),
        .init("ioprio_get", 252, 31, .refuse),

        // Namespaces.
        .init("unshare", 272, 97, .refuse),
        .init("setns", 308, 268, .refuse),

        // The runner has drawn its borders already.
        .init("landlock_create_ruleset", 444, 444, .refuse),
        .init("landlock_add_rule", 445, 445, .refuse),
        .init("landlock_restrict_self", 446, 446, .refuse),

        // Segments of old programs.
        .init("modify_ldt", 154, -1, .refuse),
    ]
}
