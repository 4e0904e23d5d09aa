import Glibc
import Storage
import Synchronization
import Testing

/// A task executor of one thread, as an event loop is.
private final class OneThread: TaskExecutor, @unchecked Sendable {
    private let jobs = Mutex<[UnownedJob]>([])
    private let ready = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)
    private let isEnded = Atomic(false)

    init() {
        sem_init(ready, 0, 0)
        var thread: pthread_t = 0
        let this = Unmanaged.passRetained(self)
        pthread_create(
            &thread, nil,
            { pointer in
                Unmanaged<OneThread>.fromOpaque(pointer!).takeRetainedValue().run()
                return nil
            }, this.toOpaque())
        pthread_detach(thread)
    }

    deinit {
        sem_destroy(ready)
        ready.deallocate()
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        jobs.withLock { $0.append(job) }
        sem_post(ready)
    }

    func end() {
        isEnded.store(true, ordering: .releasing)
        sem_post(ready)
    }

    private func run() {
        while true {
            sem_wait(ready)
            if let job = jobs.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) {
                job.runSynchronously(on: asUnownedTaskExecutor())
            } else if isEnded.load(ordering: .acquiring) {
                return
            }
        }
    }
}

@Suite struct PinnedTaskTests {
    @Test func aPinnedTaskGoesOnOnItsThreadAndTheThreadIsFreeMeanwhile() async throws {
        let folder = try TemporaryFolder()
        let store = try Engine.sqliteFile.open(folder)
        let loop = OneThread()
        // Each task waits on a write of the other: with a blocked thread this never ends.
        await withTaskGroup(of: Void.self) { group in
            for index in 0..<50 {
                group.addTask(executorPreference: loop) {
                    let thread = pthread_self()
                    let error = await failure { () async throws(StoreError) in
                        try await store.add(1, to: "n", in: "shared", expiry: nil)
                        let written = pthread_equal(thread, pthread_self()) != 0
                        let key = try RecordKey(validating: "r\(index)")
                        _ = try await store.read(key, in: "shared")
                        #expect(written && pthread_equal(thread, pthread_self()) != 0)
                    }
                    #expect(error == nil)
                }
            }
        }
        #expect(try await store.counter("n", in: "shared") == 50)
        loop.end()
        await store.close()
    }
}
