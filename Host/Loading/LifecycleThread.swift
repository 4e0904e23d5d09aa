import CJackfield
import Glibc
import Synchronization

/// Runs a lifecycle function of a plugin on a thread of its own, so that one that never returns holds up nobody for
/// longer than its limit. Its thread is then left behind, with all that the function was given.
package enum LifecycleThread {
    /// What `abi.h` gives `create` and `open`.
    package static let startLimit: Int64 = 5_000_000_000

    /// - Parameter limit: nanoseconds.
    /// - Returns: nil if the body did not return in time.
    package static func run<Answer: Sendable>(limit: Int64, _ body: @escaping @Sendable () -> Answer) -> Answer? {
        let box = Box(body)
        var thread: pthread_t = 0
        let status = pthread_create(
            &thread, nil,
            { pointer in
                Unmanaged<AnyBox>.fromOpaque(pointer!).takeRetainedValue().run()
                return nil
            }, Unmanaged.passRetained(box as AnyBox).toOpaque())
        guard status == 0 else {
            // No thread to be had: better to run it here than not at all.
            Unmanaged.passUnretained(box as AnyBox).release()
            return body()
        }
        pthread_detach(thread)
        return box.wait(limit)
    }

    private class AnyBox: @unchecked Sendable {
        func run() {}
    }

    private final class Box<Answer: Sendable>: AnyBox, @unchecked Sendable {
        private let body: @Sendable () -> Answer
        private let answer = Mutex<Answer?>(nil)
        private let done = Latch()

        init(_ body: @escaping @Sendable () -> Answer) { self.body = body }

        override func run() {
            let value = body()
            answer.withLock { $0 = value }
            done.post()
        }

        func wait(_ limit: Int64) -> Answer? {
            done.wait(until: MonotonicClock.now() + max(0, limit)) ? answer.withLock { $0 } : nil
        }
    }
}
