import Accounting
import Foundation
import Testing

@Suite struct CalendarTests {
    @Test(arguments: [
        (0, "1970-01-01"), (-1, "1969-12-31"), (19_782, "2024-02-29"), (11_016, "2000-02-29"), (-25_508, "1900-03-01"),
        (20_778, "2026-11-21"), (2_932_896, "9999-12-31"),
    ])
    func `names days as the calendar does`(number: Int64, text: String) {
        #expect(CalendarDay(number: number).description == text)
        #expect(CalendarDay(text) == CalendarDay(number: number))
    }

    @Test(arguments: [
        "", "2026-02-29", "2026-13-01", "2026-00-10", "2026-01-00", "2026-1-1", "+026-01-01", "2026-01-32",
    ])
    func `takes no days that are not in it`(text: String) {
        #expect(CalendarDay(text) == nil)
    }

    @Test func `agrees with another calendar for a thousand years`() {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(secondsFromGMT: 0)!
        var random = SeededGenerator(seed: 3)
        for _ in 0..<2000 {
            let number = Int64.random(in: 0..<365_250, using: &random)
            let date = Date(timeIntervalSince1970: Double(number) * 86_400)
            let parts = calendar.dateComponents([.year, .month, .day], from: date)
            let civil = CalendarDay(number: number).civil
            #expect(civil == (Int64(parts.year!), Int64(parts.month!), Int64(parts.day!)))
            #expect(CalendarDay(year: civil.year, month: civil.month, day: civil.day).number == number)
        }
    }

    @Test func `windows follow each other without a gap and hold their time`() {
        var random = SeededGenerator(seed: 4)
        for period in BudgetPeriod.allCases {
            for _ in 0..<500 {
                let now = Int64.random(in: 0...4_000_000_000_000_000_000, using: &random)
                let window = period.window(at: now)
                #expect(window.start <= now && now < window.end)
                #expect(period.window(at: window.end).start == window.end)
                #expect(period.window(at: window.end - 1) == window)
            }
        }
    }

    @Test func `a month ends with its last day`() {
        let december = BudgetPeriod.month.window(at: CalendarDay("2026-12-31")!.start)
        #expect(december.start == CalendarDay("2026-12-01")!.start)
        #expect(december.end == CalendarDay("2027-01-01")!.start)
        #expect(BudgetPeriod.month.window(at: CalendarDay("2028-02-10")!.start).end == CalendarDay("2028-03-01")!.start)
    }
}
