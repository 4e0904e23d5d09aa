import Synchronization

/// The contract without a disk: the double for tests of what stands on it. Any thread; nothing waits.
package final class InMemoryStore: Store {
    private struct Log {
        var entries: [LogEntry] = []
        var end = LogPosition.start
    }
    private struct Counter {
        var sum: Int64
        var expiresAtMilliseconds: Int64?
    }
    private struct State {
        var records: [Collection: [RecordKey: Record]] = [:]
        var counters: [Collection: [RecordKey: Counter]] = [:]
        var logs: [LogName: Log] = [:]
        var lastVersion: Int64 = 0
        var isClosed = false
    }

    private let state = Mutex(State())
    private let clock: StoreClock

    package init(clock: StoreClock = .system) { self.clock = clock }

    private func access<T: Sendable>(
        _ body: (inout State, _ now: Int64) throws(StoreError) -> T
    ) throws(StoreError) -> T {
        let now = clock.now()
        return try state.withLock { (state) throws(StoreError) -> T in
            if state.isClosed { throw .closed }
            return try body(&state, now)
        }
    }

    package func read(_ key: RecordKey, in collection: Collection) async throws(StoreError) -> Record? {
        try access { (state, now) throws(StoreError) in Self.living(state.records[collection]?[key], now) }
    }

    @discardableResult
    package func write(
        _ value: [UInt8], at key: RecordKey, in collection: Collection, when condition: WriteCondition,
        expiry: Duration?
    ) async throws(StoreError) -> RecordVersion {
        try StoreLimits.checkValue(value.count, "\(collection)/\(key)")
        return try access { (state, now) throws(StoreError) in
            let deadline = try StoreLimits.deadline(expiry, now: now)
            let found = Self.living(state.records[collection]?[key], now)
            try condition.check(found?.version, key, collection)
            state.lastVersion += 1
            let version = RecordVersion(state.lastVersion)
            state.records[collection, default: [:]][key] =
                Record(key: key, value: value, version: version, expiresAtMilliseconds: deadline)
            return version
        }
    }

    @discardableResult
    package func delete(
        _ key: RecordKey, in collection: Collection, version: RecordVersion?
    ) async throws(StoreError) -> Bool {
        try access { (state, now) throws(StoreError) in
            let found = Self.living(state.records[collection]?[key], now)
            if let version { try WriteCondition.version(version).check(found?.version, key, collection) }
            state.records[collection]?[key] = nil
            return found != nil
        }
    }

    package func scan(
        _ collection: Collection, prefix: String, after: RecordKey?, limit: Int
    ) async throws(StoreError) -> RecordPage {
        try StoreLimits.checkPage(limit)
        return try access { (state, now) throws(StoreError) in
            let matching = (state.records[collection] ?? [:]).values
                .filter { record in
                    Self.living(record, now) != nil && record.key.text.utf8.starts(with: prefix.utf8)
                        && after.map { $0 < record.key } ?? true
                }
                .sorted { $0.key < $1.key }
            var page = Page<Record>(limit: limit)
            for record in matching where !page.add(record, bytes: record.value.count) { break }
            return RecordPage(records: page.items, next: page.isCut ? page.items.last?.key : nil)
        }
    }

    @discardableResult
    package func add(
        _ amount: Int64, to key: RecordKey, in collection: Collection, expiry: Duration?
    ) async throws(StoreError) -> Int64 {
        try access { (state, now) throws(StoreError) in
            let deadline = try StoreLimits.deadline(expiry, now: now)
            var counter = Counter(sum: 0, expiresAtMilliseconds: deadline)
            if let found = state.counters[collection]?[key], Self.isLiving(found.expiresAtMilliseconds, now) {
                counter = found
            }
            counter.sum = try StoreLimits.sum(amount, counter.sum, key, collection)
            state.counters[collection, default: [:]][key] = counter
            return counter.sum
        }
    }

    package func counter(_ key: RecordKey, in collection: Collection) async throws(StoreError) -> Int64 {
        try access { (state, now) throws(StoreError) in
            guard let found = state.counters[collection]?[key] else { return 0 }
            return Self.isLiving(found.expiresAtMilliseconds, now) ? found.sum : 0
        }
    }

    @discardableResult
    package func append(_ values: [[UInt8]], to log: LogName) async throws(StoreError) -> LogPosition {
        try StoreLimits.checkAppend(values, to: log)
        return try access { (state, now) throws(StoreError) in
            for value in values {
                let position = LogPosition((state.logs[log]?.end.number ?? 0) + 1)
                state.logs[log, default: Log()].end = position
                state.logs[log]?.entries.append(LogEntry(position: position, timeMilliseconds: now, value: value))
            }
            return state.logs[log]?.end ?? .start
        }
    }

    package func entries(
        of log: LogName, after position: LogPosition, limit: Int
    ) async throws(StoreError) -> [LogEntry] {
        try StoreLimits.checkPage(limit)
        return try access { (state, _) throws(StoreError) in
            var page = Page<LogEntry>(limit: limit)
            for entry in state.logs[log]?.entries ?? [] where entry.position > position {
                if !page.add(entry, bytes: entry.value.count) { break }
            }
            return page.items
        }
    }

    package func end(of log: LogName) async throws(StoreError) -> LogPosition {
        try access { (state, _) throws(StoreError) in state.logs[log]?.end ?? .start }
    }

    @discardableResult
    package func trim(_ log: LogName, _ trim: LogTrim) async throws(StoreError) -> Int {
        try access { (state, now) throws(StoreError) in
            let entries = state.logs[log]?.entries ?? []
            let count: Int
            switch trim {
            case .through(let position): count = entries.prefix { $0.position <= position }.count
            case .olderThan(let age):
                let cutoff = try StoreLimits.cutoff(age, now: now)
                count = entries.prefix { $0.timeMilliseconds < cutoff }.count
            case .keepingLast(let kept):
                let kept = try LogTrim.checkKept(kept)
                count = max(0, entries.count - kept)
            }
            state.logs[log]?.entries.removeFirst(count)
            return count
        }
    }

    @discardableResult
    package func sweep() async throws(StoreError) -> Int {
        try access { (state, now) throws(StoreError) in
            var swept = 0
            for (collection, records) in state.records {
                let living = records.filter { Self.living($0.value, now) != nil }
                swept += records.count - living.count
                state.records[collection] = living
            }
            for (collection, counters) in state.counters {
                let living = counters.filter { Self.isLiving($0.value.expiresAtMilliseconds, now) }
                swept += counters.count - living.count
                state.counters[collection] = living
            }
            return swept
        }
    }

    package func check() async throws(StoreError) {
        try access { (_, _) throws(StoreError) in }
    }

    package func close() async {
        state.withLock { $0.isClosed = true }
    }

    private static func living(_ record: Record?, _ now: Int64) -> Record? {
        guard let record, isLiving(record.expiresAtMilliseconds, now) else { return nil }
        return record
    }

    private static func isLiving(_ deadline: Int64?, _ now: Int64) -> Bool {
        deadline.map { $0 > now } ?? true
    }
}
