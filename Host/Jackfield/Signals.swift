import Glibc

/// SIGINT, SIGTERM and SIGHUP as a stream.
///
/// The handler writes one byte into a pipe, which is all that POSIX lets it do (signal-safety(7)); a thread reads it.
/// Blocking the signals and waiting for them is no way out here: the dispatch library parks the main thread with an empty
/// mask, where they would end the process.
enum Signals {
    /// Set once, before the handlers are.
    nonisolated(unsafe) private static var writeEnd: Int32 = -1

    static func stream() -> AsyncStream<Int32> {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return AsyncStream { $0.finish() } }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        writeEnd = ends[1]
        let readEnd = ends[0]
        for number in [SIGINT, SIGTERM, SIGHUP] {
            signal(number) { number in
                let saved = errno
                var byte = UInt8(truncatingIfNeeded: number)
                _ = write(Signals.writeEnd, &byte, 1)
                errno = saved
            }
        }
        return AsyncStream { continuation in
            // The thread ends with the process.
            let box = Unmanaged.passRetained(Reader(readEnd, continuation))
            var thread: pthread_t = 0
            pthread_create(
                &thread, nil,
                { pointer in
                    Unmanaged<Reader>.fromOpaque(pointer!).takeRetainedValue().run()
                    return nil
                }, box.toOpaque())
            pthread_detach(thread)
        }
    }

    private final class Reader: Sendable {
        private let descriptor: Int32
        private let continuation: AsyncStream<Int32>.Continuation

        init(_ descriptor: Int32, _ continuation: AsyncStream<Int32>.Continuation) {
            self.descriptor = descriptor
            self.continuation = continuation
        }

        func run() {
            var byte: UInt8 = 0
            while true {
                let count = read(descriptor, &byte, 1)
                if count == 1 { continuation.yield(Int32(byte)) }
                if count == 0 || (count < 0 && errno != EINTR) { return continuation.finish() }
            }
        }
    }
}
