import Storage

/// Where usage is kept: one record for each day, dimension and subject.
struct UsageStore: Sendable {
    static let collection: Collection = "usage"
    /// Counted from the last change of a record, which is on its day.
    static let retention = Duration.seconds(400 * 86_400)
    /// Most records that one report reads.
    static let reportLimit = 200_000

    let store: any Store

    /// - Returns: The error, if the totals could not be added.
    func add(_ totals: UsageTotals, to subject: UsagePending.Subject) async -> StoreError? {
        do throws(StoreError) {
            let prefix = Self.prefix(subject.dimension, subject.day)
            let key = try RecordKey(validating: prefix + StoreText.name(subject.name))
            try await store.update(key, in: Self.collection, expiry: Self.retention) { record in
                var sum = record.flatMap { UsageTotals(record: $0.value) } ?? UsageTotals()
                sum += totals
                return sum.record
            }
            return nil
        } catch {
            return error
        }
    }

    /// Calls back for each subject of a day, in the order of the keys.
    /// - Parameter take: Says whether to go on.
    func read(
        _ dimension: UsageDimension, _ day: CalendarDay, _ take: (String, UsageTotals) -> Bool
    ) async throws(StoreError) {
        let prefix = Self.prefix(dimension, day)
        var after: RecordKey?
        repeat {
            let page = try await store.scan(
                Self.collection, prefix: prefix, after: after, limit: StoreLimits.pageCount)
            for record in page.records {
                // What cannot be read was not written by this program: it is left out, the rest counts.
                guard let totals = UsageTotals(record: record.value) else { continue }
                guard take(String(record.key.text.utf8.dropFirst(prefix.utf8.count)) ?? "", totals) else { return }
            }
            after = page.next
        } while after != nil
    }

    private static func prefix(_ dimension: UsageDimension, _ day: CalendarDay) -> String {
        "\(dimension.rawValue)/\(day)/"
    }
}
