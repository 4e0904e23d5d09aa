package import Storage
import Synchronization

extension UsageLedger {
    /// What was used in some days, the dearest subjects first. It reads the store once for each day and counts what is
    /// not written yet: not for the way of a request.
    /// - Parameters:
    ///   - days: At most `reportDays`; more are cut off at the beginning.
    ///   - limit: Most lines. The sum is of all.
    package func totals(
        by dimension: UsageDimension, days: ClosedRange<CalendarDay>, limit: Int
    ) async throws(StoreError) -> UsageReport {
        let days = Self.cut(days)
        var subjects: [String: UsageTotals] = [:]
        let isPartial = try await read(dimension, days) { _, name, totals in
            subjects[name, default: UsageTotals()] += totals
        } again: {
            subjects = [:]
        }
        var sum = UsageTotals()
        for totals in subjects.values { sum += totals }
        let lines = subjects.map { UsageReport.Line(subject: $0.key, totals: $0.value) }.sorted(by: Self.isDearer)
        return UsageReport(
            dimension: dimension, days: days, lines: Array(lines.prefix(max(limit, 0))), sum: sum,
            subjects: subjects.count, isPartial: isPartial)
    }

    /// What was used each day, by everybody together. Days without requests are there too, with nothing.
    /// - Parameter days: As in `totals`.
    package func daily(days: ClosedRange<CalendarDay>) async throws(StoreError) -> [(
        day: CalendarDay, totals: UsageTotals
    )] {
        let days = Self.cut(days)
        var sums: [CalendarDay: UsageTotals] = [:]
        _ = try await read(.all, days) { day, _, totals in
            sums[day, default: UsageTotals()] += totals
        } again: {
            sums = [:]
        }
        return days.map { ($0, sums[$0] ?? UsageTotals()) }
    }

    /// Most days of a report: as many as are kept.
    package static let reportDays: Int64 = 400

    private static func cut(_ days: ClosedRange<CalendarDay>) -> ClosedRange<CalendarDay> {
        max(days.lowerBound, days.upperBound.advanced(by: 1 - reportDays))...days.upperBound
    }

    private static func isDearer(_ left: UsageReport.Line, _ right: UsageReport.Line) -> Bool {
        func rank(_ line: UsageReport.Line) -> (Money, Int64, Int64) {
            let totals = line.totals
            return (totals.cost, totals.promptTokens.saturatingAdd(totals.completionTokens), totals.requests)
        }
        let (before, after) = (rank(left), rank(right))
        return before == after ? left.subject < right.subject : before > after
    }

    /// - Parameter again: Forget what came: something moved from memory to the store while both were read.
    /// - Returns: Whether there is more than `UsageStore.reportLimit`.
    private func read(
        _ dimension: UsageDimension, _ days: ClosedRange<CalendarDay>,
        _ take: (CalendarDay, String, UsageTotals) -> Void, again: () -> Void
    ) async throws(StoreError) -> Bool {
        var rest = 0
        for attempt in 1...3 {
            rest = UsageStore.reportLimit
            let (generation, memory) = state.withLock { state in
                let all = [state.pending.totals] + state.writing.values
                return (state.generation, all.map { $0.filter { $0.key.dimension == dimension } })
            }
            for totals in memory {
                for (subject, totals) in totals where days.contains(subject.day) {
                    take(subject.day, StoreText.name(subject.name), totals)
                }
            }
            for day in days where rest > 0 {
                try await store.read(dimension, day) { name, totals in
                    take(day, name, totals)
                    rest -= 1
                    return rest > 0
                }
            }
            // The last reading counts as it is: flushes are over long before three are made.
            if attempt == 3 || state.withLock({ $0.generation }) == generation { break }
            again()
        }
        return rest == 0
    }
}
