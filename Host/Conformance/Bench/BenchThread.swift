import Glibc

/// A thread that a check starts and waits for.
final class BenchThread: @unchecked Sendable {
    private final class Work {
        let body: () -> Void
        init(_ body: @escaping () -> Void) { self.body = body }
    }

    private var thread = pthread_t()

    /// - Precondition: the system can start a thread.
    init(_ body: @escaping () -> Void) {
        let work = Unmanaged.passRetained(Work(body)).toOpaque()
        let status = pthread_create(
            &thread, nil,
            { pointer in
                guard let pointer else { return nil }
                Unmanaged<Work>.fromOpaque(pointer).takeRetainedValue().body()
                return nil
            }, work)
        precondition(status == 0, "no thread could be started: error \(status)")
    }

    /// Wait until the body has returned. Once.
    func join() { pthread_join(thread, nil) }

    /// Let the calling thread rest for some nanoseconds, to give others the time to get in its way.
    static func pause(_ time: Int64) { usleep(UInt32(time / 1000)) }

    /// What the calling thread is known by.
    static var current: UInt { UInt(pthread_self()) }
}
