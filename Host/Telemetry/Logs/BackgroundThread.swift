import Glibc

/// A thread of the host's own, for work that blocks on files: never one of the event loops'.
enum BackgroundThread {
    /// Starts it; it ends when the body returns. It receives no signals: those belong to the main thread, and a pipe
    /// without a reader is then an error of write(2) and not the end of the process.
    ///
    /// - Parameter name: at most 15 bytes, as /proc and ps show it.
    /// - Returns: 0, or the error number of pthread_create(3).
    static func start(name: String, _ body: @escaping @Sendable () -> Void) -> Int32 {
        // The new thread has the mask of the one that makes it: blocked from its first instruction on.
        var all = sigset_t()
        var before = sigset_t()
        sigfillset(&all)
        pthread_sigmask(SIG_SETMASK, &all, &before)
        let code = create(Unmanaged.passRetained(Job(name: name, body: body)))
        pthread_sigmask(SIG_SETMASK, &before, nil)
        return code
    }

    private static func create(_ job: Unmanaged<Job>) -> Int32 {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        pthread_attr_setstacksize(&attributes, 256 * 1024)
        var thread = pthread_t()
        let code = pthread_create(&thread, &attributes, { BackgroundThread.enter($0) }, job.toOpaque())
        pthread_attr_destroy(&attributes)
        if code != 0 { job.release() }
        return code
    }

    private static func enter(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        guard let argument else { return nil }
        let job = Unmanaged<Job>.fromOpaque(argument).takeRetainedValue()
        setName(job.name)
        job.body()
        return nil
    }

    /// As proc(5) describes; a thread without a name works as well, so that a failure is passed over.
    private static func setName(_ name: String) {
        let descriptor = open("/proc/thread-self/comm", O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        _ = name.withBytes { write(descriptor, $0.baseAddress, $0.count) }
        close(descriptor)
    }

    private final class Job: Sendable {
        let name: String
        let body: @Sendable () -> Void

        init(name: String, body: @escaping @Sendable () -> Void) {
            self.name = name
            self.body = body
        }
    }
}
