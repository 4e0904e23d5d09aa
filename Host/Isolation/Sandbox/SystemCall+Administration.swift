/// The machine: mounts, modules, clocks, names, accounts, keys, and machinery of the kernel with a large surface.
extension SystemCall {
    package static let administration: [SystemCall] = [
        // Mounts.
        .init("mount", 165, 40, .refuse),
        .init("umount2", 166, 39, .refuse),
        .init("mount_setattr", 442, 442, .refuse),
        .init("move_mount", 429, 429, .refuse),
        .init("open_tree", 428, 428, .refuse),
        .init("open_tree_attr", 467, 467, .refuse),
        .init("fsopen", 430, 430, .refuse),
        .init("fsconfig", 431, 431, .refuse),
        .init("fsmount", 432, 432, .refuse),
        .init("fspick", 433, 433, .refuse),
        .init("statmount", 457, 457, .refuse),
        .init("listmount", 458, 458, .refuse),
        .init("listns", 470, 470, .refuse),
        .init("pivot_root", 155, 41, .refuse),
        .init("chroot", 161, 51, .refuse),

        // Machinery.
        .init("bpf", 321, 280, .refuse),
        .init("perf_event_open", 298, 241, .refuse),
        .init("io_uring_setup", 425, 425, .refuse),
        .init("io_uring_enter", 426, 426, .refuse),
        .init("io_uring_register", 427, 427, .refuse),
        .init("io_setup", 206, 0, .refuse),
        .init("io_destroy", 207, 1, .refuse),
        .init("io_getevents", 208, 4, .refuse),
        .init("io_pgetevents", 333, 292, .refuse),
        .init("io_submit", 209, 2, .refuse),
        .init("io_cancel", 210, 3, .refuse),

        // Keys.
        .init("add_key", 248, 217, .refuse),
        .init("request_key", 249, 218, .refuse),
        .init("keyctl", 250, 219, .refuse),

        // Modules and the start of another kernel.
        .init("init_module", 175, 105, .refuse),
        .init("finit_module", 313, 273, .refuse),
        .init("delete_module", 176, 106, .refuse),
        .init("kexec_load", 246, 104, .refuse),
        .init("kexec_file_load", 320, 294, .refuse),
        .init("reboot", 169, 142, .refuse),

        // Clocks and names.
        .init("settimeofday", 164, 170, .refuse),
        .init("clock_settime", 227, 112, .refuse),
        .init("clock_adjtime", 305, 266, .refuse),
        .init("adjtimex", 159, 171, .refuse),
        .init("sethostname", 170, 161, .refuse),
        .init("setdomainname", 171, 162, .refuse),

        // Accounts, swap, quotas, logs, terminals, ports.
        .init("acct", 163, 89, .refuse),
        .init("swapon", 167, 224, .refuse),
        .init("swapoff", 168, 225, .refuse),
        .init("quotactl", 179, 60, .refuse),
        .init("quotactl_fd", 443, 443, .refuse),
        .init("syslog", 103, 116, .refuse),
        .init("vhangup", 153, 58, .refuse),
        .init("iopl", 172, -1, .refuse),
        .init("ioperm", 173, -1, .refuse),
        .init("ustat", 136, -1, .refuse),
        .init("sysfs", 139, -1, .refuse),

        // Security modules.
        .init("lsm_get_self_attr", 459, 459, .refuse),
        .init("lsm_set_self_attr", 460, 460, .refuse),
        .init("lsm_list_modules", 461, 461, .refuse),

        // Numbers without a call behind them, on kernels of today.
        .init("uselib", 134, -1, .absent),
        .init("_sysctl", 156, -1, .absent),
        .init("create_module", 174, -1, .absent),
        .init("get_kernel_syms", 177, -1, .absent),
        .init("query_module", 178, -1, .absent),
        .init("nfsservctl", 180, 42, .absent),
        .init("getpmsg", 181, -1, .absent),
        .init("putpmsg", 182, -1, .absent),
        .init("afs_syscall", 183, -1, .absent),
        .init("tuxcall", 184, -1, .absent),
        .init("security", 185, -1, .absent),
        .init("set_thread_area", 205, -1, .absent),
        .init("get_thread_area", 211, -1, .absent),
        .init("epoll_ctl_old", 214, -1, .absent),
        .init("epoll_wait_old", 215, -1, .absent),
        .init("vserver", 236, -1, .absent),
    ]
}
