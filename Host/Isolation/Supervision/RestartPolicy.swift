/// When a plugin whose runner ended is started again: at once the first time, then after growing delays with jitter; five
/// ends within a minute open the circuit, and so do files that are refused. After a cool-down one more attempt is made,
/// whose failure doubles it.
struct RestartPolicy: Sendable {
    struct Settings: Sendable, Hashable {
        /// Ends within `window` that open the circuit.
        var limit = 5
        /// Nanoseconds.
        var window: Int64 = 60_000_000_000
        /// The bounds of the delays from the second restart on, nanoseconds; the first is made at once.
        var base: Int64 = 100_000_000
        var cap: Int64 = 10_000_000_000
        /// How long the circuit stays open at first, and at most, nanoseconds.
        var coolDown: Int64 = 60_000_000_000
        var longestCoolDown: Int64 = 600_000_000_000
    }

    enum Decision: Sendable, Hashable {
        /// Nanoseconds from now.
        case restart(after: Int64)
        /// The circuit is open for so long.
        case open(for: Int64)
    }

    let settings: Settings
    /// When it ended lately, nanoseconds of CLOCK_MONOTONIC.
    private var ends: [Int64] = []
    private var coolDown: Int64
    /// The circuit was opened and the plugin has not lasted a window since.
    private var isHalfOpen = false
    /// When it was to be started the last time, nanoseconds of CLOCK_MONOTONIC.
    private var resumed: Int64?

    init(_ settings: Settings = Settings()) {
        self.settings = settings
        coolDown = settings.coolDown
    }

    /// It ended, or could not be started.
    mutating func ended(at now: Int64, using random: inout some RandomNumberGenerator) -> Decision {
        // Counted from when it was to be started again: a cool-down is no time that it has lasted.
        if let resumed, now - resumed > settings.window {
            isHalfOpen = false
            coolDown = settings.coolDown
        }
        ends.removeAll { now - $0 > settings.window }
        ends.append(now)
        if isHalfOpen || ends.count >= settings.limit { return open(at: now) }
        guard ends.count > 1 else {
            resumed = now
            return .restart(after: 0)
        }
        let bound = min(settings.cap, settings.base << Int64(ends.count - 2))
        // Half of it for certain, so that a plugin that ends at once does not keep a processor busy.
        let delay = bound / 2 + Int64.random(in: 0...bound / 2, using: &random)
        resumed = now + delay
        return .restart(after: delay)
    }

    /// Its files may not be loaded. They are the same a moment later: what helps is somebody who mends them.
    mutating func refused(at now: Int64) -> Decision { open(at: now) }

    private mutating func open(at now: Int64) -> Decision {
        defer { coolDown = min(coolDown * 2, settings.longestCoolDown) }
        isHalfOpen = true
        resumed = now + coolDown
        return .open(for: coolDown)
    }

    /// The operator wants it started: what was before is forgotten.
    mutating func reset() { self = RestartPolicy(settings) }
}
