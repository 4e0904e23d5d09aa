/// What the cache in memory holds, and what became of what it was asked. The counts begin at 0 with the process.
package struct CacheStats: Sendable, Hashable {
    /// Entries now, those included that nobody has noticed to have expired.
    package var entries = 0
    /// What they cost now, in bytes.
    package var bytes = 0
    package var hits: UInt64 = 0
    package var misses: UInt64 = 0
    package var stores: UInt64 = 0
    /// Thrown out to make room.
    package var evictions: UInt64 = 0
    /// Found, but too old.
    package var expirations: UInt64 = 0
    /// Thrown away on demand.
    package var invalidations: UInt64 = 0
    /// Not kept: larger than an entry may be, or invalidated while they were being made.
    package var refusals: UInt64 = 0
}
