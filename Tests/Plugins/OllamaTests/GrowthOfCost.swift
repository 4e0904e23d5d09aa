import Glibc

/// How many times dearer one piece of work of a size is than ten of a tenth of it: about 1 where the cost grows with
/// the size, up to 10 where it grows with its square.
///
/// Only the time that this thread had the processor counts, and the best of several rounds: a neighbour on the same
/// core can spoil some of them, cost of another order spoils all.
func costOfWhole(size: Int, rounds: Int = 8, enough: Double = 2, _ work: (_ size: Int) throws -> () throws -> Void)
    throws -> Double
{
    let whole = try work(size)
    let piece = try work(size / 10)
    var best = Double.infinity
    for _ in 0..<rounds where best >= enough {
        let inPieces = try processorTime { for _ in 0..<10 { try piece() } }
        best = min(best, try processorTime(whole) / inPieces)
    }
    return best
}

/// Seconds that this thread was given.
private func processorTime(_ work: () throws -> Void) throws -> Double {
    func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
    let start = now()
    try work()
    return now() - start
}
