/// Counts down to zero, from any thread.
final class Counter: @unchecked Sendable {
    private let lock = BenchLock()
    private var left: Int

    init(_ count: Int) { left = count }

    func down() { lock.change { left -= 1 } }
    var isZero: Bool { lock.read { left <= 0 } }
}
