import Loading
import Synchronization

/// A value that one thread waits for and another brings.
final class Slot<Value: Sendable>: Sendable {
    private let value = Mutex<Value?>(nil)
    private let filled = Latch()

    func fill(_ new: Value) {
        value.withLock { $0 = new }
        filled.post()
    }

    func wait() -> Value {
        while true {
            filled.wait()
            if let value = value.withLock({ $0 }) { return value }
        }
    }
}
