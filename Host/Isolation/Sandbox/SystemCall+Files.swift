/// Files and descriptors. Which files may be opened is for Landlock to say; here it is what Landlock does not see.
extension SystemCall {
    package static let files: [SystemCall] = [
        // Reading and writing what is open.
        .init("read", 0, 63, .allow),
        .init("write", 1, 64, .allow),
        .init("pread64", 17, 67, .allow),
        .init("pwrite64", 18, 68, .allow),
        .init("readv", 19, 65, .allow),
        .init("writev", 20, 66, .allow),
        .init("preadv", 295, 69, .allow),
        .init("pwritev", 296, 70, .allow),
        .init("preadv2", 327, 286, .allow),
        .init("pwritev2", 328, 287, .allow),
        .init("lseek", 8, 62, .allow),
        .init("sendfile", 40, 71, .allow),
        .init("copy_file_range", 326, 285, .allow),
        .init("readahead", 187, 213, .allow),
        .init("fadvise64", 221, 223, .allow),
        .init("fsync", 74, 82, .allow),
        .init("fdatasync", 75, 83, .allow),
        .init("sync_file_range", 277, 84, .allow),
        .init("flock", 73, 32, .allow),

        // Finding and opening. Landlock decides for all but names, sizes and times, which stay visible.
        .init("open", 2, -1, .allow),
        .init("creat", 85, -1, .allow),
        .init("openat", 257, 56, .openButForThreadStatus),
        .init("access", 21, -1, .allow),
        .init("faccessat", 269, 48, .allow),
        .init("faccessat2", 439, 439, .allow),
        .init("stat", 4, -1, .allow),
        .init("fstat", 5, 80, .allow),
        .init("lstat", 6, -1, .allow),
        .init("newfstatat", 262, 79, .allow),
        .init("statx", 332, 291, .allow),
        .init("statfs", 137, 43, .allow),
        .init("fstatfs", 138, 44, .allow),
        .init("readlink", 89, -1, .allow),
        .init("readlinkat", 267, 78, .allow),
        .init("getdents", 78, -1, .allow),
        .init("getdents64", 217, 61, .allow),
        .init("getcwd", 79, 17, .allow),
        .init("chdir", 80, 49, .allow),
        .init("fchdir", 81, 50, .allow),
        .init("umask", 95, 166, .allow),

        // Changing folders and sizes, which Landlock decides.
        .init("rename", 82, -1, .allow),
        .init("renameat", 264, 38, .allow),
        .init("renameat2", 316, 276, .allow),
        .init("mkdir", 83, -1, .allow),
        .init("mkdirat", 258, 34, .allow),
        .init("rmdir", 84, -1, .allow),
        .init("link", 86, -1, .allow),
        .init("linkat", 265, 37, .allow),
        .init("unlink", 87, -1, .allow),
        .init("unlinkat", 263, 35, .allow),
        .init("symlink", 88, -1, .allow),
        .init("symlinkat", 266, 36, .allow),
        .init("truncate", 76, 45, .allow),
        .init("ftruncate", 77, 46, .allow),
        .init("fallocate", 285, 47, .allow),

        // Numbers 0 to 3 belong to the runner: standard streams and the wire.
        .init("close", 3, 57, .runnersDescriptorsStay),
        .init("close_range", 436, 436, .runnersDescriptorsStay),

        // The second argument is where the copy goes.
        .init("dup2", 33, -1, .runnersDescriptorsStayTargets),
        .init("dup3", 292, 24, .runnersDescriptorsStayTargets),

        // A copy that goes to the lowest free number cannot fall on one that is in use.
        .init("dup", 32, 23, .allow),
        .init("pipe", 22, -1, .allow),
        .init("pipe2", 293, 59, .allow),

        // An owner of a descriptor is sent signals, and may be any process.
        .init("fcntl", 72, 25, .descriptorsWithoutOwner),

        .init("ioctl", 16, 29, .descriptorQueries),

        // Waiting.
        .init("poll", 7, -1, .allow),
        .init("ppoll", 271, 73, .allow),
        .init("select", 23, -1, .allow),
        .init("pselect6", 270, 72, .allow),
        .init("epoll_create", 213, -1, .allow),
        .init("epoll_create1", 291, 20, .allow),
        .init("epoll_ctl", 233, 21, .allow),
        .init("epoll_wait", 232, -1, .allow),
        .init("epoll_pwait", 281, 22, .allow),
        .init("epoll_pwait2", 441, 441, .allow),
        .init("eventfd", 284, -1, .allow),
        .init("eventfd2", 290, 19, .allow),
        .init("signalfd", 282, -1, .allow),
        .init("signalfd4", 289, 74, .allow),
        .init("timerfd_create", 283, 85, .allow),
        .init("timerfd_settime", 286, 86, .allow),
        .init("timerfd_gettime", 287, 87, .allow),

        // Its argument lies in memory, where no filter sees it.
        .init("openat2", 437, 437, .absent),
    ]
}
