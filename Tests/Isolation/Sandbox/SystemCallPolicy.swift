/// The policy as an outsider would write it down, apart from the host's own table.
enum SystemCallPolicy {
    /// Whatever the arguments: none of these is ever made.
    static let never = words(
        """
        socket socketpair connect bind listen accept accept4 sendto recvfrom sendmsg recvmsg sendmmsg recvmmsg
        setsockopt getsockopt getsockname getpeername shutdown
        fork vfork execve execveat ptrace process_vm_readv process_vm_writev process_madvise process_mrelease kcmp
        pidfd_open pidfd_getfd pidfd_send_signal setns unshare
        bpf io_uring_setup io_uring_enter io_uring_register io_setup io_submit userfaultfd perf_event_open
        keyctl add_key request_key
        mount umount2 pivot_root chroot move_mount open_tree fsopen fsconfig fsmount fspick mount_setattr
        init_module finit_module delete_module kexec_load kexec_file_load reboot swapon swapoff acct quotactl
        quotactl_fd iopl ioperm modify_ldt syslog sethostname setdomainname settimeofday clock_settime adjtimex
        name_to_handle_at open_by_handle_at personality
        setuid setgid setreuid setregid setresuid setresgid setfsuid setfsgid setgroups capset setrlimit setpgid setsid
        sched_setscheduler sched_setparam sched_setattr ioprio_set
        chmod fchmod fchmodat fchmodat2 chown fchown lchown fchownat utime utimes utimensat futimesat
        setxattr lsetxattr fsetxattr removexattr mknod mknodat
        inotify_init inotify_init1 inotify_add_watch fanotify_init fanotify_mark
        shmget shmat msgget msgsnd semget semop mq_open memfd_create memfd_secret
        landlock_create_ruleset landlock_restrict_self move_pages migrate_pages mbind vmsplice splice tee
        """)

    /// As on a kernel that never had them.
    static let absent = words("clone3 openat2 create_module uselib")

    /// Whatever the arguments: what the C library and the Swift runtime need.
    static let always = words(
        """
        read write readv writev pread64 pwrite64 lseek open stat fstat lstat newfstatat statx access faccessat
        readlink readlinkat getdents64 statfs fstatfs getcwd pipe pipe2 dup poll ppoll select pselect6
        epoll_create1 epoll_ctl epoll_wait epoll_pwait eventfd2 timerfd_create timerfd_settime
        munmap mremap brk madvise mincore membarrier
        futex set_robust_list rseq set_tid_address sched_yield sched_getaffinity exit exit_group gettid getpid getppid
        rt_sigprocmask rt_sigreturn sigaltstack rt_sigtimedwait
        clock_gettime clock_getres clock_nanosleep nanosleep gettimeofday timer_create getrandom uname sysinfo getrusage
        restart_syscall
        """)

    struct Case {
        var call: String
        var arguments: [UInt64]
        var answer: UInt32
    }

    /// This process is number 4321 in these, and 0 to 3 are the runner's descriptors.
    static let process: UInt64 = 4321

    static let cases: [Case] =
        allowed([
            // CLONE_VM, FS, FILES, SIGHAND, THREAD, SYSVSEM, SETTLS, PARENT_SETTID, CHILD_CLEARTID: pthread_create
            ("clone", [0x3D_0F00]),
            ("kill", [4321, 9]), ("tgkill", [4321, 99, 6]), ("tkill", [4321, 6]),
            ("rt_tgsigqueueinfo", [4321, 5, 6, 7]),
            ("sched_setaffinity", [0, 8, 1]),
            ("prlimit64", [0, 3, 0, 0x7FFF_0000_0000]), ("prlimit64", [4321, 7, 0, 8]),
            ("openat", [0xFFFF_FF9C, 4096, 0]), ("openat", [0xFFFF_FF9C, 4096, 0x8_0800]),
            ("openat", [5, 4096, 0o101, 0o600]),
            ("prctl", [15, 8]), ("prctl", [0x5356_4D41, 0]), ("prctl", [39]), ("prctl", [2, 8]),
            ("arch_prctl", [0x1003, 8]),
            ("fcntl", [5, 1030, 0]), ("fcntl", [5, 3]), ("fcntl", [5, 4, 2048]), ("fcntl", [5, 38, 8]),
            ("ioctl", [1, 0x5401, 8]), ("ioctl", [7, 0x541B, 8]),
            ("close", [4]), ("close", [0xFFFF_FFFF]), ("close_range", [4, 0xFFFF_FFFF, 0]),
            ("dup2", [1, 4]), ("dup3", [3, 100, 0]),
            ("rt_sigaction", [11, 8, 0, 8]), ("rt_sigaction", [31, 0, 8, 8]),
            ("mmap", [0, 4096, 3, 0x22, UInt64.max, 0]), ("mmap", [0, 4096, 5, 2, 9, 0]),
            ("mmap", [0, 4096, 1, 2, 9, 0]),
            ("mprotect", [4096, 4096, 3]), ("pkey_mprotect", [4096, 4096, 1, 1]),
            ("seccomp", [1, 1, 4096]), ("seccomp", [2, 0, 4096]),
        ])
        + refused([
            ("clone", [17]),  // fork
            ("clone", [0x4111]),  // vfork: CLONE_VM | CLONE_VFORK | SIGCHLD
            ("clone", [0x0001_0000]),  // CLONE_THREAD alone
            ("clone", [0x3D_0F00 | 0x1000_0000]), ("clone", [0x3D_0F00 | 0x4000_0000]), ("clone", [0x3D_0F00 | 0x2000]),
            ("kill", [1, 9]), ("kill", [0, 9]), ("kill", [UInt64.max, 9]), ("kill", [UInt64(bitPattern: -4321), 9]),
            ("tgkill", [1, 1, 6]), ("tkill", [1, 9]), ("rt_sigqueueinfo", [1, 9, 8]),
            ("rt_tgsigqueueinfo", [1, 1, 9, 8]),
            // Not refused in the end: the handler answers.
            ("openat", [0xFFFF_FF9C, 4096, 0o4000]),
            ("sched_setaffinity", [1, 8, 1]),
            ("prlimit64", [0, 3, 8, 0]), ("prlimit64", [0, 3, 1 << 32, 0]), ("prlimit64", [1, 3, 0, 8]),
            ("prctl", [1, 0]),  // PR_SET_PDEATHSIG
            ("prctl", [4, 1]),  // PR_SET_DUMPABLE
            ("prctl", [22, 2]),  // PR_SET_SECCOMP
            ("prctl", [0x5961_6D61, 1]),  // PR_SET_PTRACER
            ("prctl", [8, 1]), ("prctl", [24, 1]), ("prctl", [35, 1]), ("prctl", [38, 0]), ("prctl", [47, 2]),
            ("arch_prctl", [0x1002, 8]),
            ("fcntl", [5, 8, 1]), ("fcntl", [5, 10, 9]), ("fcntl", [5, 15, 8]), ("fcntl", [5, 1024, 1]),
            ("fcntl", [5, 1026, 1]),
            ("ioctl", [1, 0x5412, 8]),  // TIOCSTI
            ("ioctl", [1, 0x8901, 8]), ("ioctl", [1, 0x8902, 8]),  // FIOSETOWN, SIOCSPGRP
            ("close", [0]), ("close", [3]), ("close", [(1 << 32) | 3]), ("close_range", [3, 9, 0]),
            ("close_range", [0, 9, 4]),
            ("dup2", [5, 3]), ("dup2", [5, 0]), ("dup3", [5, 2, 0]),
            ("rt_sigaction", [31, 8, 0, 8]), ("rt_sigaction", [31, 1 << 32, 0, 8]),
            ("mmap", [0, 4096, 7, 0x22, UInt64.max, 0]), ("mmap", [0, 4096, 5, 0x22, UInt64.max, 0]),
            ("mmap", [0, 4096, 7, 2, 9, 0]), ("mmap", [0, 4096, 4, 0x20, 9, 0]),
            ("mprotect", [4096, 4096, 5]), ("mprotect", [4096, 4096, 7]), ("mprotect", [4096, 4096, 4]),
            ("pkey_mprotect", [4096, 4096, 4, 1]),
            ("seccomp", [1, 0, 4096]), ("seccomp", [1, 9, 4096]), ("seccomp", [0, 0, 0]), ("seccomp", [3, 0, 4096]),
        ]) + [Case(call: "setpriority", arguments: [0, 0, UInt64(bitPattern: -2)], answer: Answer.ignore)]

    private static func allowed(_ list: [(String, [UInt64])]) -> [Case] {
        list.map { Case(call: $0.0, arguments: $0.1, answer: Answer.allow) }
    }

    private static func refused(_ list: [(String, [UInt64])]) -> [Case] {
        list.map { Case(call: $0.0, arguments: $0.1, answer: Answer.trap) }
    }

    private static func words(_ text: String) -> [String] {
        text.split(whereSeparator: \.isWhitespace).map(String.init)
    }
}
