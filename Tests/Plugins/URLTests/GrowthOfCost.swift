import Glibc

/// How many times dearer a text is as a whole than as ten pieces, each taken alone: about 1 where the cost grows with the
/// length, 10 where it grows with its square.
///
/// Both sides do the same work one after the other, and only the time that this thread had the processor is counted. What
/// slows the machine down for a while slows both. The best of several rounds counts, since a neighbour on the same core
/// or a host that lends its processors out can still spoil some; cost of another order spoils all of them.
func costOfWhole(of unit: String, bytes: Int, rounds: Int = 8, enough: Double = 2, _ work: (String) -> Void) -> Double {
    let whole = String(repeating: unit, count: bytes / unit.utf8.count)
    let piece = String(repeating: unit, count: bytes / 10 / unit.utf8.count)
    var best = Double.infinity
    for _ in 0..<rounds where best >= enough {
        let inPieces = processorTime { for _ in 0..<10 { work(piece) } }
        best = min(best, processorTime { work(whole) } / inPieces)
    }
    return best
}

/// Seconds that this thread was given, so that what else the machine does is not counted.
func processorTime(_ work: () -> Void) -> Double {
    func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
    let start = now()
    work()
    return now() - start
}
