/// What was used in a range of days, by the subjects of one dimension.
package struct UsageReport: Sendable, Hashable {
    package struct Line: Sendable, Hashable {
        /// A model, user and so on. "other": those beyond the first ten thousand of a day.
        package let subject: String
        package let totals: UsageTotals
    }

    package let dimension: UsageDimension
    package let days: ClosedRange<CalendarDay>
    /// The dearest first; of equal cost, those with more tokens.
    package let lines: [Line]
    /// Of all subjects, also of those that found no room among the lines.
    package let sum: UsageTotals
    /// Distinct subjects.
    package let subjects: Int
    /// There was more than is read at once: the sums are of a part of the days. Ask for fewer days.
    package let isPartial: Bool
}
