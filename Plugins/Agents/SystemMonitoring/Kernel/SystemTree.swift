import Glibc

/// Where the kernel's files are read. The real machine has its root at ""; a test gives the folder of a fixture tree.
///
/// Paths are always named as they are on the machine ("/proc/stat"), so that a finding's source is true for a user.
package struct SystemTree: Sendable {
    /// Prefix of every path.
    package let root: String
    /// Of the times in /proc/[pid]/stat and /proc/stat.
    package let ticksPerSecond: Double
    /// Bytes.
    package let pageSize: UInt64
    /// Nanoseconds of a clock that does not stop in sleep.
    package let now: @Sendable () -> Int64
    /// How full the filesystem at a mount point is; nil if it cannot be told.
    package let usage: @Sendable (String) -> FilesystemUsage?

    package init(
        root: String, ticksPerSecond: Double, pageSize: UInt64, now: @escaping @Sendable () -> Int64,
        usage: @escaping @Sendable (String) -> FilesystemUsage?
    ) {
        self.root = root
        self.ticksPerSecond = ticksPerSecond
        self.pageSize = pageSize
        self.now = now
        self.usage = usage
    }

    /// The machine that the process runs on.
    package static let machine = SystemTree(
        root: "", ticksPerSecond: Double(max(1, sysconf(Int32(_SC_CLK_TCK)))),
        pageSize: UInt64(max(1, sysconf(Int32(_SC_PAGESIZE)))), now: { nanoseconds(CLOCK_BOOTTIME) },
        usage: { FilesystemUsage(mountPoint: $0) })

    static func nanoseconds(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }

    /// The whole of a file, at most `limit` bytes: kernel files say nothing of their size.
    func read(_ path: String, limit: Int = 4 << 20) throws(Unreadable) -> KernelText {
        let descriptor = open(root + path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Unreadable(path: path, errno: errno) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 16 * 1024)
        while bytes.count < limit {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count < 0 {
                if errno == EINTR { continue }
                throw Unreadable(path: path, errno: errno)
            }
            if count == 0 { break }
            bytes += chunk[0..<count]
        }
        return KernelText(bytes: bytes)
    }

    /// The same where nothing need be said of a file that is not there.
    func text(_ path: String) -> KernelText? { try? read(path) }

    func exists(_ path: String) -> Bool { access(root + path, F_OK) == 0 }

    /// The processes that there are now, in rising order.
    func processIDs() throws(Unreadable) -> [Int32] {
        guard let directory = opendir(root + "/proc") else { throw Unreadable(path: "/proc", errno: errno) }
        defer { closedir(directory) }
        var found: [Int32] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if let id = Int32(name) { found.append(id) }
        }
        return found.sorted()
    }
}

/// A file of the kernel that could not be read, so that a measurement was not made.
package struct Unreadable: Error, Sendable, Hashable {
    package let path: String
    /// What follows the path in a sentence: "is not there".
    package let reason: String

    init(path: String, errno: Int32) {
        self.path = path
        reason =
            switch errno {
            case ENOENT: "is not there"
            case EACCES, EPERM: "may not be read"
            case EOPNOTSUPP: "is switched off in this kernel"
            default: "cannot be read (error \(errno))"
            }
    }

    init(path: String, reason: String) {
        self.path = path
        self.reason = reason
    }
}
