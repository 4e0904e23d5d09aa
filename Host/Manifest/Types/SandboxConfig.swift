/// In what a plugin with a process of its own is locked up, and how it is kept running.
package struct SandboxConfig: Sendable, Hashable {
    package var level = Level.strict
    /// Memory beyond what the runner itself needs.
    package var memory = ByteCount(bytes: 1 << 30)
    /// Descriptors, 16...1,000,000.
    package var openFiles = 256
    /// Threads, 8...10,000.
    package var threads = 64
    /// The longest file that it may write.
    package var fileSize = ByteCount.mebibytes(64)
    /// Processors that it may keep busy, over ten seconds; 0: as many as there are.
    package var cpu = 1.0
    /// How long a call may take to end after it was cancelled, before the process is ended.
    package var grace = Duration.seconds(2)

    package enum Level: String, Sendable, Hashable, CaseIterable {
        /// Files, network, processes and signals: nothing but what is granted.
        case strict
        /// As strict, without rules for files: for kernels that have none.
        case basic
        /// A process of its own with limits, and all rights of the host's user.
        case none
    }

    package init() {}
}
