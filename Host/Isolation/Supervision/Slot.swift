import Glibc
import Synchronization

/// A value that one thread waits for and another brings.
final class Slot<Value: Sendable>: @unchecked Sendable {
    private let value = Mutex<Value?>(nil)
    private let filled = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

    init() { sem_init(filled, 0, 0) }

    deinit {
        sem_destroy(filled)
        filled.deallocate()
    }

    func fill(_ new: Value) {
        value.withLock { $0 = new }
        sem_post(filled)
    }

    func wait() -> Value {
        while true {
            while sem_wait(filled) != 0 {}
            if let value = value.withLock({ $0 }) { return value }
        }
    }
}
