/// What the response cache did for an answer: the header `x-jackfield-cache`.
package enum CacheOutcome: Sendable, Hashable {
    /// The model does not use the cache.
    case off
    /// The client did not want it to be asked.
    case bypass
    case miss
    /// Out of the cache; seconds since the upstream answered.
    case hit(age: Int)

    /// Nil: nothing to say.
    package var label: String? {
        switch self {
        case .off: nil
        case .bypass: "bypass"
        case .miss: "miss"
        case .hit: "hit"
        }
    }
}
