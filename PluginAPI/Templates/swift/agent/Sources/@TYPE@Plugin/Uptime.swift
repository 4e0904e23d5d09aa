import Glibc
import JackfieldVocabulary

/// How long the machine has been running, as the kernel tells (proc_uptime(5)).
enum Uptime {
    static let source = "/proc/uptime"

    /// Whole days, rounded down: asked twice, the answer is the same.
    ///
    /// - Throws: `unavailable` if the file cannot be read.
    static func days(from path: String = source) throws(CallError) -> Int {
        guard let file = fopen(path, "re") else { throw unreadable(path, String(cString: strerror(errno))) }
        defer { fclose(file) }
        var seconds = 0.0
        guard withUnsafeMutablePointer(to: &seconds, { withVaList([$0]) { vfscanf(file, "%lf", $0) } }) == 1,
            seconds.isFinite, seconds >= 0
        else { throw unreadable(path, "it does not begin with a number") }
        return Int(seconds / 86_400)
    }

    private static func unreadable(_ path: String, _ reason: String) -> CallError {
        CallError(.unavailable, "cannot read \(path): \(reason)", retry: true)
    }
}
