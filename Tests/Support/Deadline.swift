#if canImport(Glibc)
    import Glibc
#endif

/// A moment on CLOCK_MONOTONIC after which a test gives up. Tests wait on pipes, sockets and conditions, never on time:
/// a deadline only keeps a broken program from holding the run up.
package struct Deadline: Sendable {
    /// Nanoseconds of CLOCK_MONOTONIC.
    package let nanoseconds: Int64

    package static func after(_ duration: Duration) -> Deadline {
        let (seconds, attoseconds) = duration.components
        return Deadline(nanoseconds: monotonicNanoseconds() + seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
    }

    /// What is left, in milliseconds as poll(2) wants them; 0 once it has passed.
    package var millisecondsLeft: Int32 {
        let left = nanoseconds - monotonicNanoseconds()
        return left <= 0 ? 0 : Int32(min((left + 999_999) / 1_000_000, Int64(Int32.max)))
    }

    package var hasPassed: Bool { monotonicNanoseconds() >= nanoseconds }

    var timespec: timespec {
        .init(tv_sec: Int(nanoseconds / 1_000_000_000), tv_nsec: Int(nanoseconds % 1_000_000_000))
    }
}

extension Duration {
    /// Long enough for a loaded machine; a test that reaches it has failed.
    package static var generous: Duration { .seconds(30) }
}

package func monotonicNanoseconds() -> Int64 {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    return Int64(now.tv_sec) * 1_000_000_000 + Int64(now.tv_nsec)
}

/// A test could not go on; the sentence says what it waited for or tried.
package struct TestFailure: Error, CustomStringConvertible {
    package let description: String

    package init(_ description: String) { self.description = description }

    /// A failed system call, with its reason.
    package static func system(_ call: String, _ code: Int32 = errno) -> TestFailure {
        TestFailure("\(call): \(String(cString: strerror(code)))")
    }
}
