import GRDB
import Synchronization

/// Gathers the writes of many callers into one transaction: while one group is written, the next one gathers. A lone
/// write is not delayed. Runs on GRDB's writer queue; callers wait in continuations, never on a thread.
final class GroupCommit: Sendable {
    /// One caller's write. `apply` gives its own failure, and what tells the caller once the fate of the transaction
    /// is known: the failure of all, or its own outcome.
    private struct Work: Sendable {
        typealias Answer = (StoreError?) -> Void
        let apply: @Sendable (Database, inout WriteGroup) -> (StoreError?, Answer)
        let refuse: @Sendable (StoreError) -> Void
    }

    private struct State {
        var waiting: [Work] = []
        var isScheduled = false
        var isClosing = false
        /// Called once when nothing is left, after closing began.
        var whenIdle: (@Sendable () -> Void)?
    }

    private let state = Mutex(State())
    private let database: any DatabaseWriter
    private let path: String
    private let settings: SQLiteSettings
    /// Called on the writer queue, outside of transactions, after each group.
    private let afterGroup: @Sendable (Database) -> Void

    init(
        _ database: any DatabaseWriter, path: String, settings: SQLiteSettings,
        afterGroup: @escaping @Sendable (Database) -> Void
    ) {
        self.database = database
        self.path = path
        self.settings = settings
        self.afterGroup = afterGroup
    }

    /// - Parameter body: Runs inside a transaction; what it throws is the caller's alone. It must leave nothing behind
    ///   when it throws: one changing statement, the last that can fail, or a savepoint.
    func perform<T: Sendable>(
        _ body: @escaping @Sendable (Database, inout WriteGroup) throws -> T
    ) async throws(StoreError) -> T {
        let path = path
        let result: Result<T, StoreError> = await withCheckedContinuation { continuation in
            submit(
                Work(
                    apply: { db, group in
                        let outcome: Result<T, StoreError>
                        var own: StoreError?
                        do {
                            outcome = .success(try body(db, &group))
                        } catch {
                            let failure = StoreError(engine: error, path: path)
                            outcome = .failure(failure)
                            own = failure
                        }
                        return (own, { continuation.resume(returning: $0.map { .failure($0) } ?? outcome) })
                    },
                    refuse: { continuation.resume(returning: .failure($0)) }))
        }
        return try result.get()
    }

    /// No new writes from now on; calls back when the last of those handed in is done, at once if there is none.
    func close(_ whenIdle: @escaping @Sendable () -> Void) {
        let isIdle = state.withLock { state in
            state.isClosing = true
            if !state.isScheduled { return true }
            state.whenIdle = whenIdle
            return false
        }
        if isIdle { whenIdle() }
    }

    private func submit(_ work: Work) {
        let (refusal, mustSchedule): (StoreError?, Bool) = state.withLock { state in
            if state.isClosing { return (.closed, false) }
            if state.waiting.count >= settings.maximumWaitingWrites {
                return (
                    StoreError(
                        .overloaded,
                        "\(state.waiting.count) writes wait for the database \(path) already: the disk does not keep up"
                    ), false
                )
            }
            state.waiting.append(work)
            defer { state.isScheduled = true }
            return (nil, !state.isScheduled)
        }
        if let refusal { return work.refuse(refusal) }
        if mustSchedule { schedule() }
    }

    private func schedule() {
        database.asyncWriteWithoutTransaction { db in self.run(db) }
    }

    /// One group, then way for whoever else waits for the queue (with an in-memory database, the readers).
    private func run(_ db: Database) {
        let works = state.withLock { state in
            let works = Array(state.waiting.prefix(settings.groupSize))
            state.waiting.removeFirst(works.count)
            return works
        }
        commit(works[...], db)
        afterGroup(db)
        let (hasMore, whenIdle) = state.withLock { state in
            if !state.waiting.isEmpty { return (true, nil as (@Sendable () -> Void)?) }
            state.isScheduled = false
            defer { state.whenIdle = nil }
            return (false, state.whenIdle)
        }
        if hasMore { schedule() }
        whenIdle?()
    }

    private func commit(_ works: ArraySlice<Work>, _ db: Database) {
        var works = works
        while !works.isEmpty {
            do {
                // Immediate: the lock is taken before anything is read, so that what a write decides on still holds.
                try db.beginTransaction(.immediate)
            } catch {
                let failure = StoreError(engine: error, path: path)
                for work in works { work.refuse(failure) }
                return
            }
            var group = WriteGroup()
            var answers: [Work.Answer] = []
            var failure: StoreError?
            while failure == nil, let work = works.popFirst() {
                let (own, answer) = work.apply(db, &group)
                answers.append(answer)
                // A full disk and the like end the transaction by themselves, and with it what the others wrote.
                if !db.isInsideTransaction {
                    failure =
                        own ?? StoreError(.failed, "the database \(path) ended a transaction by itself: try again")
                }
            }
            if failure == nil {
                do {
                    try group.save(db)
                    try db.commit()
                } catch {
                    failure = StoreError(engine: error, path: path)
                }
            }
            if failure != nil, db.isInsideTransaction { try? db.rollback() }
            for answer in answers { answer(failure) }
        }
    }
}
