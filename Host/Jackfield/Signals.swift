import Glibc
import Synchronization

/// SIGINT, SIGTERM and SIGHUP as a stream. They are blocked in every thread and taken by one that waits for them, so no
/// code ever runs in a signal handler.
enum Signals {
    /// To be called before any other thread is started: threads inherit what is blocked.
    static func block() {
        var set = mask()
        pthread_sigmask(SIG_BLOCK, &set, nil)
    }

    static func stream() -> AsyncStream<Int32> {
        AsyncStream { continuation in
            // The thread ends with the process.
            let box = Unmanaged.passRetained(Box(continuation))
            var thread: pthread_t = 0
            pthread_create(
                &thread, nil,
                { pointer in
                    let box = Unmanaged<Box>.fromOpaque(pointer!).takeRetainedValue()
                    var set = Signals.mask()
                    while true {
                        var signal: Int32 = 0
                        if sigwait(&set, &signal) == 0 { box.continuation.yield(signal) }
                    }
                }, box.toOpaque())
            pthread_detach(thread)
        }
    }

    private static func mask() -> sigset_t {
        var set = sigset_t()
        sigemptyset(&set)
        for signal in [SIGINT, SIGTERM, SIGHUP] { sigaddset(&set, signal) }
        return set
    }

    private final class Box: Sendable {
        let continuation: AsyncStream<Int32>.Continuation
        init(_ continuation: AsyncStream<Int32>.Continuation) { self.continuation = continuation }
    }
}
