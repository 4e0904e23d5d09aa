/// What one sandbox allows.
package struct SandboxSettings: Sendable, Hashable {
    package var level: SandboxLevel
    /// Bytes of address space that the plugin may map beyond what the process has mapped when it enters, with room for
    /// stacks on top. `ResourceLimits` tells how it is counted.
    package var memory: UInt64
    /// Descriptors open at once, those of the runner among them. At least 8.
    package var openFiles: UInt64
    /// Threads at once, those of the runner among them.
    package var threads: UInt64
    /// Bytes of the largest file that the plugin may write. 0 means that it writes none.
    package var fileSize: UInt64
    /// Seconds of processor time over the whole life of the process. Nil means no limit.
    package var cpuSeconds: UInt64?
    /// Folders whose files may be read and mapped as code: the plugin's own.
    package var executable: [String]
    /// Shared libraries that are mapped before the seal, for the plugin to call: absolute paths, or names.
    package var libraries: [String]
    /// Files and folders that may be read.
    package var readable: [String]
    /// A folder for the plugin alone, to read and write. Nil means that it has none.
    package var temporary: String?
    /// Descriptors that the plugin can neither close nor replace. They start at 0.
    package var protectedDescriptors: ClosedRange<Int32>

    package init(
        level: SandboxLevel = .strict, memory: UInt64 = 512 << 20, openFiles: UInt64 = 64, threads: UInt64 = 32,
        fileSize: UInt64 = 16 << 20, cpuSeconds: UInt64? = nil, executable: [String] = [], libraries: [String] = [],
        readable: [String] = [], temporary: String? = nil, protectedDescriptors: ClosedRange<Int32> = 0...3
    ) {
        self.level = level
        self.memory = memory
        self.openFiles = openFiles
        self.threads = threads
        self.fileSize = fileSize
        self.cpuSeconds = cpuSeconds
        self.executable = executable
        self.libraries = libraries
        self.readable = readable
        self.temporary = temporary
        self.protectedDescriptors = protectedDescriptors
    }
}
