/// What became of a flight, for one who waits for it.
package enum FlightOutcome: Sendable, Equatable {
    /// The answer, also if the cache has thrown it out meanwhile.
    case stored(CachedResponse)
    /// There is no answer to share.
    case abandoned(Reason)
    /// The one who waits was cancelled, or its time was over. The flight goes on.
    case gaveUp

    package enum Reason: Sendable, Hashable {
        /// The leader failed, was cut off or went away: join again, one of those who waited becomes the leader.
        case failed
        /// The model has answered, but the answer may not be shared (too large, filtered, `no-store`), and the next one
        /// would most likely not be either: ask on your own. Waiting again would put all of them in a row.
        case notShareable
    }
}
