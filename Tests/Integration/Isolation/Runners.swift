import Foundation
import TestSupport

/// The processes of isolated plugins, as /proc shows them.
enum Runners {
    /// Whether a process with this number is a runner that has not ended; one that nobody has waited for has ended.
    static func isLive(_ pid: pid_t) -> Bool { parent(of: pid) != nil }

    /// The parent of a live runner.
    static func parent(of pid: pid_t) -> pid_t? {
        guard let stat = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8),
            let words = try? String(contentsOfFile: "/proc/\(pid)/cmdline", encoding: .utf8),
            words.split(separator: "\0").dropFirst().first == "runner", let name = stat.lastIndex(of: ")")
        else { return nil }
        // Behind the name in its parentheses: the state, the parent (proc(5)).
        let fields = stat[stat.index(after: name)...].split(separator: " ")
        guard fields.count > 1, fields[0] != "Z" else { return nil }
        return pid_t(fields[1])
    }
}

extension HostProcess {
    /// The live runners that this host started.
    var runners: [pid_t] {
        get throws {
            try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap { pid_t($0) }
                .filter { Runners.parent(of: $0) == process.pid }
        }
    }
}
