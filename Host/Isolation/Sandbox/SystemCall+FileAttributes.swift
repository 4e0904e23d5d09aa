/// Changes to files that Landlock does not govern: whoever may read a file could make them.
extension SystemCall {
    package static let fileAttributes: [SystemCall] = [
        // Rights and owners.
        .init("chmod", 90, -1, .refuse),
        .init("fchmod", 91, 52, .refuse),
        .init("fchmodat", 268, 53, .refuse),
        .init("fchmodat2", 452, 452, .refuse),
        .init("chown", 92, -1, .refuse),
        .init("fchown", 93, 55, .refuse),
        .init("lchown", 94, -1, .refuse),
        .init("fchownat", 260, 54, .refuse),

        // Times.
        .init("utime", 132, -1, .refuse),
        .init("utimes", 235, -1, .refuse),
        .init("futimesat", 261, -1, .refuse),
        .init("utimensat", 280, 88, .refuse),

        // Attributes by path, also read ones, since the file need not be readable.
        .init("setxattr", 188, 5, .refuse),
        .init("lsetxattr", 189, 6, .refuse),
        .init("fsetxattr", 190, 7, .refuse),
        .init("setxattrat", 463, 463, .refuse),
        .init("getxattr", 191, 8, .refuse),
        .init("lgetxattr", 192, 9, .refuse),
        .init("getxattrat", 464, 464, .refuse),
        .init("listxattr", 194, 11, .refuse),
        .init("llistxattr", 195, 12, .refuse),
        .init("listxattrat", 465, 465, .refuse),
        .init("removexattr", 197, 14, .refuse),
        .init("lremovexattr", 198, 15, .refuse),
        .init("fremovexattr", 199, 16, .refuse),
        .init("removexattrat", 466, 466, .refuse),
        .init("file_getattr", 468, 468, .refuse),
        .init("file_setattr", 469, 469, .refuse),

        // Attributes of a file that is open.
        .init("fgetxattr", 193, 10, .allow),
        .init("flistxattr", 196, 13, .allow),

        // They tell who opens which file, in folders that Landlock keeps shut.
        .init("inotify_init", 253, -1, .refuse),
        .init("inotify_init1", 294, 26, .refuse),
        .init("inotify_add_watch", 254, 27, .refuse),
        .init("inotify_rm_watch", 255, 28, .refuse),
        .init("fanotify_init", 300, 262, .refuse),
        .init("fanotify_mark", 301, 263, .refuse),

        // They open files past the path.
        .init("name_to_handle_at", 303, 264, .refuse),
        .init("open_by_handle_at", 304, 265, .refuse),

        // Nodes of devices; whole file systems; pages moved between pipes, which has been a way into the kernel.
        .init("mknod", 133, -1, .refuse),
        .init("mknodat", 259, 33, .refuse),
        .init("sync", 162, 81, .refuse),
        .init("syncfs", 306, 267, .refuse),
        .init("splice", 275, 76, .refuse),
        .init("tee", 276, 77, .refuse),
        .init("vmsplice", 278, 75, .refuse),
        .init("cachestat", 451, 451, .refuse),
        .init("lookup_dcookie", 212, 18, .refuse),
    ]
}
