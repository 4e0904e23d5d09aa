/// Keeps retries a small part of the load, so that they do not turn a weak upstream into a dead one (Finagle's
/// RetryBudget; Envoy's retry budget; the token bucket of gRPC's retry design, A6). The same serves for hedged calls.
///
/// Every first attempt pays `ratio` of a token in, time pays `minimumPerSecond`, every retry takes one out. Hence, over
/// any span: retries <= ratio x first attempts + minimumPerSecond x seconds + burst, and from the beginning on with
/// `start` in place of the burst.
///
/// A pure value: times are nanoseconds of one monotonic clock.
package struct RetryBudget: Sendable {
    package struct Settings: Sendable, Equatable {
        /// Retries for each first attempt. 0 or more.
        package var ratio = 0.2
        /// Retries a second that are always there, for upstreams with few calls. 0 or more.
        package var minimumPerSecond = 10.0
        /// How many retries can be saved up: as many as calls may hang at one time, or their timeouts, which come
        /// together, find no retry left. At least 1, unless there are to be none; up to 1 000 000.
        package var burst = 100.0
        /// What there is at the start. 0 up to the burst.
        package var start: Double

        /// - Parameter start: nil is as much as the burst.
        package init(
            ratio: Double = 0.2, minimumPerSecond: Double = 10, burst: Double = 100, start: Double? = nil
        ) {
            self.ratio = ratio
            self.minimumPerSecond = minimumPerSecond
            self.burst = burst
            self.start = start ?? burst
        }

        /// For hedged calls: one in twenty ("The Tail at Scale" hedges at the 95th percentile, which makes as many).
        package static var hedging: Settings { Settings(ratio: 0.05, minimumPerSecond: 1, burst: 10) }
    }

    /// Billionths of a token: sums of ratios stay exact, and tokens a second times nanoseconds is the same unit.
    private static var token: Int64 { 1_000_000_000 }

    private let perAttempt: Int64
    private let perSecond: Double
    private let capacity: Int64
    private var balance: Int64
    private var latest: Int64

    package init(_ settings: Settings = Settings(), now: Int64) {
        func tokens(_ number: Double) -> Int64 {
            Int64((min(max(number, 0), 1_000_000) * Double(Self.token)).rounded())
        }
        perAttempt = tokens(settings.ratio)
        perSecond = min(max(settings.minimumPerSecond, 0), 1_000_000)
        capacity = tokens(settings.burst)
        balance = min(capacity, tokens(settings.start))
        latest = now
    }

    /// Whole retries that could be made at once.
    package func available(now: Int64) -> Int {
        var copy = self
        copy.refill(now: now)
        return Int(copy.balance / Self.token)
    }

    /// To be called once for each request, when it is tried for the first time.
    package mutating func deposit(now: Int64) {
        refill(now: now)
        balance = min(capacity, balance + perAttempt)
    }

    /// Whether one more retry may be made. If so, it is paid for.
    package mutating func withdraw(now: Int64) -> Bool {
        refill(now: now)
        guard balance >= Self.token else { return false }
        balance -= Self.token
        return true
    }

    private mutating func refill(now: Int64) {
        guard now > latest else { return }
        // A tick that pays nothing yet is left for the next time.
        let earned = Double(now - latest) * perSecond
        guard earned >= 1 || perSecond == 0 else { return }
        latest = now
        balance = earned >= Double(capacity - balance) ? capacity : balance + Int64(earned)
    }
}
