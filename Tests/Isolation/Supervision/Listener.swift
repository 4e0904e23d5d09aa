@testable import Isolation

/// Standard error of a process that began at time 0. A class, so that expectations can ask it.
final class Listener {
    private var lines = StderrLines(now: 0)

    /// - Parameter now: nanoseconds.
    func take(_ text: String, now: Int64) -> [StderrLine] { take(Array(text.utf8), now: now) }

    func take(_ bytes: [UInt8], now: Int64) -> [StderrLine] {
        bytes.withUnsafeBytes { lines.take($0, now: now) }
    }

    func end() -> [StderrLine] { lines.end() }
}
