import Glibc
import Synchronization
import Testing

/// Runs the body on real threads that all begin at the same moment, and waits for them to end.
func onThreads(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) throws {
    let gate = Gate(count)
    var threads: [pthread_t] = []
    for number in 0..<count {
        let job = Job {
            gate.pass()
            body(number)
        }
        threads.append(try start(Unmanaged.passRetained(job)))
    }
    for thread in threads { pthread_join(thread, nil) }
}

/// Opens when all have come.
private final class Gate: Sendable {
    private let missing: Atomic<Int>

    init(_ count: Int) { missing = Atomic(count) }

    func pass() {
        missing.wrappingSubtract(1, ordering: .relaxed)
        while missing.load(ordering: .relaxed) > 0 { sched_yield() }
    }
}

private func start(_ job: Unmanaged<Job>) throws -> pthread_t {
    var thread = pthread_t()
    try #require(pthread_create(&thread, nil, { run($0) }, job.toOpaque()) == 0)
    return thread
}

private func run(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    if let argument { Unmanaged<Job>.fromOpaque(argument).takeRetainedValue().body() }
    return nil
}

private final class Job: Sendable {
    let body: @Sendable () -> Void

    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}
