/// Rounds of the fuzzer that share a process, by their seeds: the first, and those that follow it one by one.
///
/// What makes a find happen again: one round where the round alone is enough, more where it needs what earlier rounds have
/// left behind in the process.
package struct FuzzRounds: Sendable, Hashable {
    /// The first round's seed. After 2^64 - 1 comes 0.
    package var first: UInt64
    /// 1 or more.
    package var count: UInt64

    package init(first: UInt64, count: UInt64 = 1) {
        self.first = first
        self.count = count
    }

    /// As `jackfield plugin check` is told.
    package var options: [String] {
        ["--fuzz-seed", String(first)] + (count == 1 ? [] : ["--fuzz-rounds", String(count)])
    }
}
