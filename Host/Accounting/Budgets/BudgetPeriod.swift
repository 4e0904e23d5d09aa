/// How long a budget's windows are. They are those of the calendar in UTC, the same for everybody: a window does not
/// begin with the first request.
package enum BudgetPeriod: String, Sendable, Hashable, CaseIterable {
    case minute, day, month

    /// The window that a point in time lies in. Nanoseconds since 1970.
    package func window(at now: Int64) -> BudgetWindow {
        switch self {
        case .minute:
            let start = now - now.modulo(60_000_000_000)
            return BudgetWindow(start: start, end: start + 60_000_000_000)
        case .day:
            let day = CalendarDay(containing: now)
            return BudgetWindow(start: day.start, end: day.advanced(by: 1).start)
        case .month:
            let (year, month, _) = CalendarDay(containing: now).civil
            let next = month == 12 ? CalendarDay(year: year + 1, month: 1) : CalendarDay(year: year, month: month + 1)
            return BudgetWindow(start: CalendarDay(year: year, month: month).start, end: next.start)
        }
    }
}

/// From its start up to, but without, its end. Nanoseconds since 1970.
package struct BudgetWindow: Sendable, Hashable {
    package let start: Int64
    package let end: Int64
}

extension Int64 {
    /// The remainder that is never negative, so that times before 1970 have windows too.
    func modulo(_ divisor: Int64) -> Int64 {
        let remainder = self % divisor
        return remainder < 0 ? remainder + divisor : remainder
    }
}
