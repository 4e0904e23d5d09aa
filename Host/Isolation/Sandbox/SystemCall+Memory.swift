/// Memory of the process itself.
extension SystemCall {
    package static let memory: [SystemCall] = [
        .init("munmap", 11, 215, .allow),
        .init("brk", 12, 214, .allow),
        .init("mremap", 25, 216, .allow),
        .init("msync", 26, 227, .allow),
        .init("mincore", 27, 232, .allow),
        .init("madvise", 28, 233, .allow),
        .init("mlock", 149, 228, .allow),
        .init("mlock2", 325, 284, .allow),
        .init("munlock", 150, 229, .allow),
        .init("mlockall", 151, 230, .allow),
        .init("munlockall", 152, 231, .allow),
        .init("get_mempolicy", 239, 236, .allow),
        .init("membarrier", 324, 283, .allow),
        .init("mseal", 462, 462, .allow),
        .init("pkey_alloc", 330, 289, .allow),
        .init("pkey_free", 331, 290, .allow),

        // Code comes from files, and from nowhere after the seal.
        .init("mmap", 9, 222, .codeFromFiles),

        // What is mapped never becomes code.
        .init("mprotect", 10, 226, .neverCode),
        .init("pkey_mprotect", 329, 288, .neverCode),

        // Memory that no limit counts, or that other processes share.
        .init("memfd_create", 319, 279, .refuse),
        .init("memfd_secret", 447, 447, .refuse),
        .init("shmget", 29, 194, .refuse),
        .init("shmat", 30, 196, .refuse),
        .init("shmctl", 31, 195, .refuse),
        .init("shmdt", 67, 197, .refuse),
        .init("remap_file_pages", 216, 234, .refuse),
        .init("userfaultfd", 323, 282, .refuse),
        .init("map_shadow_stack", 453, 453, .refuse),

        // Where pages lie.
        .init("mbind", 237, 235, .refuse),
        .init("set_mempolicy", 238, 237, .refuse),
        .init("set_mempolicy_home_node", 450, 450, .refuse),
        .init("migrate_pages", 256, 238, .refuse),
        .init("move_pages", 279, 239, .refuse),
    ]
}
