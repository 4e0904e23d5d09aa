/// What was recorded and is not in the store yet: a pure value. It is emptied with every flush, so it only holds the
/// subjects of about a second.
struct UsagePending: Sendable {
    struct Subject: Sendable, Hashable {
        let day: CalendarDay
        let dimension: UsageDimension
        let name: String
    }

    /// Stands for all subjects for which there is no room.
    static let other = "other"

    private(set) var totals: [Subject: UsageTotals] = [:]
    private let capacity: Int

    init(capacity: Int) { self.capacity = capacity }

    mutating func add(_ account: Account, _ one: UsageTotals, day: CalendarDay) {
        for dimension in UsageDimension.allCases {
            guard let name = dimension.subject(of: account) else { continue }
            add(one, to: Subject(day: day, dimension: dimension, name: StoreText.short(name)))
        }
    }

    /// Beyond the capacity, what comes for new subjects is counted for "other".
    mutating func add(_ sum: UsageTotals, to subject: Subject) {
        if totals.count >= capacity, totals[subject] == nil {
            let other = Subject(day: subject.day, dimension: subject.dimension, name: Self.other)
            totals[other, default: UsageTotals()] += sum
        } else {
            totals[subject, default: UsageTotals()] += sum
        }
    }

    mutating func take() -> [Subject: UsageTotals] {
        let taken = totals
        totals = [:]
        return taken
    }
}
