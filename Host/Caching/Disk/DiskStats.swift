/// What the second level holds, and what became of what it was asked. The counts begin at 0 with the process.
package struct DiskStats: Sendable, Hashable {
    /// What the records cost, in bytes: exact after each pruning, between two of them at most too high.
    package var bytes = 0
    package var hits: UInt64 = 0
    package var misses: UInt64 = 0
    package var writes: UInt64 = 0
    /// Not written because too much was waiting already.
    package var drops: UInt64 = 0
    /// Thrown out to make room.
    package var evictions: UInt64 = 0
    /// Calls of the store that failed; the answer was then made anew, or is in memory only.
    package var failures: UInt64 = 0
}
