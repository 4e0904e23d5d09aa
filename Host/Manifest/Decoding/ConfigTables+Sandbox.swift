extension ConfigTables {
    static let sandbox = ConfigTable<SandboxConfig>(
        "In what a plugin with `isolation: process` is locked up. See docs/security.md.",
        [
            .init(
                "level", \.level, .choice(),
                "strict lets it reach nothing but what is granted; basic has no rules for files; none is a process with "
                    + "limits and all rights of the host's user. What the kernel cannot give is refused."),
            .init(
                "memory", \.memory, .bytes(.mebibytes(16)...ByteCount(bytes: 1 << 40)),
                "Address space beyond what its runner needs itself."),
            .init("open_files", \.openFiles, .int(16...1_000_000), "Descriptors."),
            .init("threads", \.threads, .int(8...10_000), "Threads."),
            .init(
                "file_size", \.fileSize, .bytes(ByteCount(bytes: 0)...ByteCount(bytes: 1 << 40)),
                "The longest file that it may write."),
            .init(
                "cpu", \.cpu, .number(0...1024),
                "Processors that it may keep busy, on average over ten seconds, before it is ended and started again; "
                    + "0: all there are."),
            .init(
                "grace", \.grace, .duration(),
                "How long a call may take to end after it was cancelled, before the process is ended."),
        ])
}
