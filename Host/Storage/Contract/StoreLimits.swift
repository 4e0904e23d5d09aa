/// Bounds that hold for every engine, so that code which works on one works on all.
package enum StoreLimits {
    /// Largest value of a record or log entry.
    package static let valueBytes = 8 << 20
    /// Most records or entries in one page, and most entries in one append.
    package static let pageCount = 1000
    /// A page ends early when its values reach this; it always carries at least one.
    package static let pageBytes = 8 << 20
    /// Longest time to expiry: a hundred years.
    package static let expiry: Duration = .seconds(100 * 366 * 86_400)

    static func checkValue(_ count: Int, _ place: @autoclosure () -> String) throws(StoreError) {
        if count > valueBytes {
            throw StoreError(
                .tooLarge, "a value of \(count) bytes for \(place()) is above the limit of \(valueBytes) bytes")
        }
    }

    static func checkPage(_ limit: Int) throws(StoreError) {
        guard 1...pageCount ~= limit else {
            throw StoreError(.invalidArgument, "a page of \(limit) was asked for; 1 to \(pageCount) is possible")
        }
    }

    static func checkAppend(_ values: [[UInt8]], to log: LogName) throws(StoreError) {
        guard 1...pageCount ~= values.count else {
            throw StoreError(
                .invalidArgument, "\(values.count) entries for log \(log) at once; 1 to \(pageCount) is possible")
        }
        var sum = 0
        for value in values { sum += value.count }
        try checkValue(sum, "log \(log)")
    }

    /// The millisecond at which something made now expires; nil for never.
    static func deadline(_ expiry: Duration?, now: Int64) throws(StoreError) -> Int64? {
        guard let expiry else { return nil }
        guard expiry > .zero, expiry <= StoreLimits.expiry else {
            throw StoreError(.invalidArgument, "an expiry of \(expiry) is not above 0 and at most 100 years")
        }
        // Rounded up: what lives shorter than a millisecond still lives.
        let (seconds, attoseconds) = expiry.components
        return now + seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
    }

    /// The millisecond before which an entry is older than `age`.
    static func cutoff(_ age: Duration, now: Int64) throws(StoreError) -> Int64 {
        guard age >= .zero, age <= expiry else {
            throw StoreError(.invalidArgument, "an age of \(age) is not between 0 and 100 years")
        }
        let (seconds, attoseconds) = age.components
        return now - seconds * 1000 - attoseconds / 1_000_000_000_000_000
    }

    static func sum(_ amount: Int64, _ old: Int64, _ key: RecordKey, _ collection: Collection) throws(StoreError)
        -> Int64
    {
        let (sum, overflow) = old.addingReportingOverflow(amount)
        if overflow {
            throw StoreError(
                .invalidArgument, "counter \(collection)/\(key) is \(old); adding \(amount) leaves 64 bits")
        }
        return sum
    }
}
