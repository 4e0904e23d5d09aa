import Glibc

/// The C library's allocator, set up for a server that makes and drops some hundred small blocks for every request.
///
/// Two settings of glibc (mallopt(3), GLIBC_TUNABLES in the glibc manual): a per-thread cache of 200 blocks a size instead
/// of 7, so that a request's blocks come back without the arena's lock; and no fast bins, whose consolidation at every
/// larger free costs more than they save. What they bring is in docs/performance.md. With another C library nothing
/// happens.
enum Allocator {
    private static let variable = "GLIBC_TUNABLES"
    private static let cache = "glibc.malloc.tcache_count=200"

    /// Start the program again with the cache set, since glibc reads it at the start alone. Returns in the second life, and
    /// where the operator has settings of their own, or the program cannot be started again.
    static func tune() {
        if getenv(variable) == nil {
            setenv(variable, cache, 1)
            execv(ManifestOptions.executable, CommandLine.unsafeArgv)
            unsetenv(variable)
            return
        }
        // Not for processes that this one starts.
        if let value = getenv(variable), String(cString: value) == cache { unsetenv(variable) }
        // malloc.h is not part of Swift's Glibc module.
        guard let symbol = dlsym(nil, "mallopt") else { return }
        let maximumFastBin: Int32 = 1  // M_MXFAST
        _ = unsafeBitCast(symbol, to: (@convention(c) (Int32, Int32) -> Int32).self)(maximumFastBin, 0)
    }
}
