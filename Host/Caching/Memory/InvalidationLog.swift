/// A moment in the order of invalidations. Take it before a model is asked and hand it to `store`, so that an answer
/// which began before an invalidation is not kept after it.
package struct CacheMark: Sendable, Hashable {
    let number: UInt64
}

/// The last invalidations, for the question whether an answer was caught by one while it was being made.
struct InvalidationLog {
    /// Answers take minutes at most; nobody invalidates this often in that time but by a loop, and then not keeping an
    /// answer is the safe side.
    static let length = 256

    private(set) var number: UInt64 = 0
    private var recent: [CacheScope] = []

    var mark: CacheMark { CacheMark(number: number) }

    mutating func note(_ scope: CacheScope) {
        number += 1
        if recent.count < Self.length {
            recent.append(scope)
        } else {
            recent[Int((number - 1) % UInt64(Self.length))] = scope
        }
    }

    func catches(_ response: CachedResponse, since mark: CacheMark) -> Bool {
        let passed = number - min(number, mark.number)
        if passed == 0 { return false }
        if passed > UInt64(Self.length) { return true }
        return (number - passed..<number).contains { recent[Int($0 % UInt64(Self.length))].contains(response) }
    }
}
