/// How many calls there were lately, how many of them failed and how many were slow: a window that moves in ten steps,
/// as in resilience4j's time-based sliding window. Adding costs constant time and never allocates.
///
/// A value is counted for at least nine tenths of the window and at most the whole of it. A time before the latest one
/// seen counts as the latest, since two threads may come in another order than they read the clock.
struct RollingCounts: Sendable {
    struct Counts: Sendable, Equatable {
        var calls = 0
        var failures = 0
        var slow = 0
    }

    static var steps: Int { 10 }

    private let stepLength: Int64
    private var latestStep: Int64 = 0
    private var buckets = [Counts](repeating: Counts(), count: Self.steps)
    private(set) var total = Counts()

    /// `window`: nanoseconds, at least 10.
    init(window: Int64) { stepLength = max(1, window / Int64(Self.steps)) }

    mutating func add(isFailure: Bool, isSlow: Bool, now: Int64) {
        advance(to: now)
        let index = Int(latestStep % Int64(Self.steps))
        buckets[index].calls += 1
        total.calls += 1
        if isFailure {
            buckets[index].failures += 1
            total.failures += 1
        }
        if isSlow {
            buckets[index].slow += 1
            total.slow += 1
        }
    }

    /// Forgets what the window has left behind.
    mutating func advance(to now: Int64) {
        let step = max(0, now) / stepLength
        guard step > latestStep else { return }
        if step - latestStep >= Int64(Self.steps) {
            reset()
        } else {
            for passed in (latestStep + 1)...step {
                let index = Int(passed % Int64(Self.steps))
                total.calls -= buckets[index].calls
                total.failures -= buckets[index].failures
                total.slow -= buckets[index].slow
                buckets[index] = Counts()
            }
        }
        latestStep = step
    }

    mutating func reset() {
        guard total.calls > 0 else { return }
        for index in buckets.indices { buckets[index] = Counts() }
        total = Counts()
    }
}
