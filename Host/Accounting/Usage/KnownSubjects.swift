/// Which subjects have a record of their own, for the days that are still written to. It decides who is "other".
struct KnownSubjects: Sendable {
    struct Place: Sendable, Hashable {
        let day: CalendarDay
        let dimension: UsageDimension
    }

    private var names: [Place: Set<String>] = [:]

    func isLoaded(_ place: Place) -> Bool { names[place] != nil }

    mutating func load(_ place: Place, _ stored: Set<String>) { names[place, default: []].formUnion(stored) }

    /// - Returns: The subject, or "other" when its day has no room for it.
    mutating func place(_ subject: UsagePending.Subject, limit: Int) -> UsagePending.Subject {
        let place = Place(day: subject.day, dimension: subject.dimension)
        let name = StoreText.name(subject.name)
        if names[place]?.contains(name) != true {
            guard names[place, default: []].count < limit else {
                return UsagePending.Subject(
                    day: subject.day, dimension: subject.dimension, name: UsagePending.other)
            }
            names[place, default: []].insert(name)
        }
        return subject
    }

    /// Days that are long over are not written to any more, but for what a store that failed kept waiting.
    mutating func forget(before day: CalendarDay) { names = names.filter { $0.key.day >= day } }
}
