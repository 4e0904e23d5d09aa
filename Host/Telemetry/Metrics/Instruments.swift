import Synchronization

/// A counter with its labels, resolved once. Any thread; adding never locks.
package final class Counter: Sendable {
    private let whole = Atomic<UInt64>(0)
    private let parts = Atomic<Double>(0)

    init() {}

    /// Adds a whole number; what is not above 0 is ignored, for a counter never falls.
    package func increment(by amount: Int = 1) {
        guard amount > 0 else { return }
        whole.wrappingAdd(UInt64(amount), ordering: .relaxed)
    }

    /// Adds a number that may have a fraction; what is not above 0, or not finite, is ignored.
    package func add(_ amount: Double) {
        guard amount > 0, amount.isFinite else { return }
        parts.accumulate(amount)
    }

    package var value: Double { Double(whole.load(ordering: .relaxed)) + parts.load(ordering: .relaxed) }
}

/// A gauge with its labels, resolved once. Any thread; changing it never locks.
package final class Gauge: Sendable {
    private let current = Atomic<Double>(0)

    init() {}

    package func set(_ value: Double) { current.store(value, ordering: .relaxed) }
    /// Adds, or with a negative amount takes away.
    package func add(_ amount: Double) { current.accumulate(amount) }
    package func increment() { add(1) }
    package func decrement() { add(-1) }

    package var value: Double { current.load(ordering: .relaxed) }
}

extension Atomic where Value == Double {
    /// Adds by compare and exchange: there is no atomic addition of floating point in the processors that matter.
    borrowing func accumulate(_ amount: Double) {
        var seen = load(ordering: .relaxed)
        while true {
            let (exchanged, original) = weakCompareExchange(
                expected: seen, desired: seen + amount, ordering: .relaxed)
            if exchanged { return }
            seen = original
        }
    }
}
