/// Threads, signals, clocks: what every runtime needs, for the process itself alone.
extension SystemCall {
    package static let threads: [SystemCall] = [
        .init("clone", 56, 220, .newThread),

        // Its flags lie in memory; the C library then takes `clone`.
        .init("clone3", 435, 435, .absent),

        .init("exit", 60, 93, .allow),
        .init("exit_group", 231, 94, .allow),
        .init("gettid", 186, 178, .allow),
        .init("set_tid_address", 218, 96, .allow),
        .init("set_robust_list", 273, 99, .allow),
        .init("rseq", 334, 293, .allow),
        .init("futex", 202, 98, .allow),
        .init("futex_waitv", 449, 449, .allow),
        .init("futex_wake", 454, 454, .allow),
        .init("futex_wait", 455, 455, .allow),
        .init("futex_requeue", 456, 456, .allow),
        .init("sched_yield", 24, 124, .allow),
        .init("getcpu", 309, 168, .allow),
        .init("restart_syscall", 219, 128, .allow),

        // x86-64: what the kernel itself has programs call while they are traced.
        .init("uretprobe", 335, -1, .allow),
        .init("uprobe", 336, -1, .allow),

        .init("arch_prctl", 158, -1, .registerQueries),

        // Signals, to this process.
        .init("kill", 62, 129, .ownProcess),
        .init("tkill", 200, 130, .ownProcess),
        .init("tgkill", 234, 131, .ownProcess),
        .init("rt_sigqueueinfo", 129, 138, .ownProcess),
        .init("rt_tgsigqueueinfo", 297, 240, .ownProcess),

        // The handler of refused calls stays.
        .init("rt_sigaction", 13, 134, .otherSignals),

        .init("rt_sigprocmask", 14, 135, .allow),
        .init("rt_sigreturn", 15, 139, .allow),
        .init("rt_sigpending", 127, 136, .allow),
        .init("rt_sigtimedwait", 128, 137, .allow),
        .init("rt_sigsuspend", 130, 133, .allow),
        .init("sigaltstack", 131, 132, .allow),
        .init("pause", 34, -1, .allow),

        // Clocks and timers.
        .init("time", 201, -1, .allow),
        .init("gettimeofday", 96, 169, .allow),
        .init("clock_gettime", 228, 113, .allow),
        .init("clock_getres", 229, 114, .allow),
        .init("clock_nanosleep", 230, 115, .allow),
        .init("nanosleep", 35, 101, .allow),
        .init("getitimer", 36, 102, .allow),
        .init("setitimer", 38, 103, .allow),
        .init("alarm", 37, -1, .allow),
        .init("times", 100, 153, .allow),
        .init("timer_create", 222, 107, .allow),
        .init("timer_settime", 223, 110, .allow),
        .init("timer_gettime", 224, 108, .allow),
        .init("timer_getoverrun", 225, 109, .allow),
        .init("timer_delete", 226, 111, .allow),

        // Who I am, and what the machine is.
        .init("getpid", 39, 172, .allow),
        .init("getppid", 110, 173, .allow),
        .init("getuid", 102, 174, .allow),
        .init("geteuid", 107, 175, .allow),
        .init("getgid", 104, 176, .allow),
        .init("getegid", 108, 177, .allow),
        .init("getresuid", 118, 148, .allow),
        .init("getresgid", 120, 150, .allow),
        .init("getgroups", 115, 158, .allow),
        .init("getpgid", 121, 155, .allow),
        .init("getpgrp", 111, -1, .allow),
        .init("getsid", 124, 156, .allow),
        .init("capget", 125, 90, .allow),
        .init("uname", 63, 160, .allow),
        .init("sysinfo", 99, 179, .allow),
        .init("getrusage", 98, 165, .allow),
        .init("getrlimit", 97, 163, .allow),
        .init("getrandom", 318, 278, .allow),

        .init("prlimit64", 302, 261, .limitQueries),

        .init("prctl", 157, 167, .harmlessControls),

        // Scheduling: asking always, changing for the calling thread.
        .init("sched_getaffinity", 204, 123, .allow),
        .init("sched_getparam", 143, 121, .allow),
        .init("sched_getscheduler", 145, 120, .allow),
        .init("sched_getattr", 315, 275, .allow),
        .init("sched_get_priority_max", 146, 125, .allow),
        .init("sched_get_priority_min", 147, 126, .allow),
        .init("sched_rr_get_interval", 148, 127, .allow),
        .init("getpriority", 140, 141, .allow),

        .init("sched_setaffinity", 203, 122, .callingThread),

        // libdispatch asks for a better priority on each of its threads, and where that is refused it writes to the
        // system log, by a socket.
        .init("setpriority", 141, 140, .ignore),

        // No child ever exists.
        .init("wait4", 61, 260, .allow),
        .init("waitid", 247, 95, .allow),

        // The seal is a filter too.
        .init("seccomp", 317, 277, .sealing),
    ]
}
