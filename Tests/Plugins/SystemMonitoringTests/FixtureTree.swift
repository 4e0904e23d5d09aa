import Glibc
import Synchronization
import Testing

@testable import SystemMonitoring

/// A machine made of files, in a folder that goes away with the value. Its clock stands still until it is moved.
final class FixtureTree: Sendable {
    let root: String
    /// Paths of files and folders in the order in which they were made.
    private let made = Mutex<[String]>([])
    private let time = Mutex<Int64>(1_000_000_000_000)
    private let usages = Mutex<[String: FilesystemUsage]>([:])

    init() throws {
        var template = Array("/tmp/system-monitoring-XXXXXX".utf8CString)
        root = try #require(mkdtemp(&template).map { String(cString: $0) })
    }

    deinit {
        for path in made.withLock({ $0 }).reversed() { remove(path) }
        remove(root)
    }

    func write(_ path: String, _ text: String) {
        var folder = root
        for part in path.split(separator: "/").dropLast() {
            folder += "/\(part)"
            if mkdir(folder, 0o755) == 0 { made.withLock { $0.append(folder) } }
        }
        guard let file = fopen(root + path, "w") else {
            Issue.record("the fixture \(path) could not be written")
            return
        }
        made.withLock { $0.append(root + path) }
        fputs(text, file)
        fclose(file)
    }

    func makeFolder(_ path: String) { write(path + "/.keep", "") }

    func advance(seconds: Double) { time.withLock { $0 += Int64(seconds * 1_000_000_000) } }

    func mount(_ point: String, _ usage: FilesystemUsage) { usages.withLock { $0[point] = usage } }

    /// 100 ticks a second, pages of 4 KiB.
    var tree: SystemTree {
        SystemTree(
            root: root, ticksPerSecond: 100, pageSize: 4096, now: { self.time.withLock { $0 } },
            usage: { point in self.usages.withLock { $0[point] } })
    }

    static let usage = FilesystemUsage(total: 1000, free: 300, available: 200, inodes: 100, freeInodes: 10)
}

/// A line of /proc/[pid]/stat.
func statLine(
    _ id: Int, _ name: String, _ state: String = "S", parent: Int = 1, user: Int = 0, system: Int = 0, start: Int = 5,
    pages: Int = 0
) -> String {
    "\(id) (\(name)) \(state) \(parent) 1 1 0 -1 0 0 0 0 0 \(user) \(system) 0 0 20 0 1 0 \(start) 0 \(pages) 0 0\n"
}

extension [Measured] {
    subscript(id: String) -> Measured? { first { $0.id == id } }
}

extension Assessment {
    static let standard = Assessment(thresholds: [:], topProcesses: 5)
}
