import Foundation
import GRDB
import Storage
import Testing

/// What only the engine with a file has: opening, rights, schema, limits, upkeep.
@Suite struct SQLiteStoreTests {
    @Test func theFolderIsMadeAndOnlyTheOwnerMayRead() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/a/b/store.db"
        let store = try SQLiteStore(path: path)
        try await store.check()
        for (name, mode) in [(path, 0o600), (path + "-wal", 0o600), (folder.path + "/a", 0o700)] {
            #expect(try permissions(name) == mode, "\(name)")
        }
        await store.close()
        #expect(chmod(path, 0o644) == 0)
        let reopened = try SQLiteStore(path: path)
        #expect(try permissions(path) == 0o600)
        await reopened.close()
    }

    @Test func whatWasWrittenIsThereAfterClosingAndOpening() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/store.db"
        let store = try SQLiteStore(path: path)
        let version = try await store.write([1, 2], at: "k", in: "c", when: .always, expiry: nil)
        await store.close()
        #expect(!FileManager.default.fileExists(atPath: path + "-wal"), "closing leaves one file")
        let reopened = try SQLiteStore(path: path)
        #expect(try await reopened.read("k", in: "c")?.value == [1, 2])
        #expect(try await reopened.write([], at: "k", in: "c", when: .always, expiry: nil) > version)
        await reopened.close()
    }

    @Test func aDatabaseOfALaterReleaseIsRefusedAndLeftAlone() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/store.db"
        await (try SQLiteStore(path: path)).close()
        let queue = try DatabaseQueue(path: path)
        try await queue.write { try $0.execute(sql: "PRAGMA user_version = 99") }
        try queue.close()
        let before = try Data(contentsOf: URL(fileURLWithPath: path))
        let error = #expect(throws: StoreError.self) { try SQLiteStore(path: path) }
        #expect(error?.code == .newerSchema)
        #expect(error?.message.contains("99") == true && error?.message.contains(path) == true)
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
    }

    @Test func theDatabaseOfAnotherProgramIsRefusedAndLeftAlone() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/other.db"
        let queue = try DatabaseQueue(path: path)
        try await queue.write { try $0.execute(sql: "CREATE TABLE mine (x)") }
        try queue.close()
        let before = try Data(contentsOf: URL(fileURLWithPath: path))
        #expect(throws: StoreError.self) { try SQLiteStore(path: path) }
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
    }

    @Test func whatCannotBeADatabaseIsNamedWithItsPath() throws {
        let folder = try TemporaryFolder()
        let text = folder.path + "/notes.txt"
        try String(repeating: "These are notes. ", count: 100).write(toFile: text, atomically: true, encoding: .utf8)
        let cases: [(String, StoreError.Code)] = [
            (text, .notADatabase), (folder.path, .cannotOpen), (text + "/store.db", .cannotOpen),
            ("/proc/none/store.db", .cannotOpen), ("file:x?mode=ro", .invalidArgument), ("a\u{0}b", .invalidArgument),
        ]
        for (path, code) in cases {
            let error = #expect(throws: StoreError.self, "\(path)") { try SQLiteStore(path: path) }
            #expect(error?.code == code, "\(error?.message ?? "")")
            #expect(error?.message.contains(path) == true)
        }
    }

    @Test func aFileThatMayNotBeWrittenIsRefusedWithTheReason() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/store.db"
        await (try SQLiteStore(path: path)).close()
        #expect(chmod(folder.path, 0o755) == 0)
        for (file, mode) in [(path, 0o400), (folder.path + "/new.db", 0o600)] as [(String, mode_t)] {
            _ = chmod(file, mode)
            let error = try asNobody { #expect(throws: StoreError.self) { try SQLiteStore(path: file) } }
            #expect(error?.code == .readOnly)
            #expect(error?.message.contains(file) == true && error?.message.contains("right") == true)
        }
    }

    @Test func aFullDatabaseSaysSoKeepsWhatItHasAndRecovers() async throws {
        let folder = try TemporaryFolder()
        var settings = SQLiteSettings()
        settings.maximumBytes = 256 << 10
        let store = try SQLiteStore(path: folder.path + "/store.db", settings: settings)
        let value = [UInt8](repeating: 1, count: 10_000)
        var written = 0
        var error: StoreError?
        while error == nil, written < 1000 {
            let key = try RecordKey(validating: "r\(written)")
            error = await failure { () async throws(StoreError) in
                try await store.write(value, at: key, in: "c", when: .always, expiry: nil)
            }
            if error == nil { written += 1 }
        }
        #expect(error?.code == .full)
        #expect(error?.message.contains("store.db") == true)
        #expect(written > 5 && written < 30)
        let page = try await store.scan("c", prefix: "", after: nil, limit: 1000)
        #expect(page.records.count == written)

        // An append that fits only in part leaves nothing behind, and its neighbours in the group stand.
        async let neighbour = failure { () async throws(StoreError) in
            try await store.add(1, to: "n", in: "c", expiry: nil)
        }
        async let tooMuch = failure { () async throws(StoreError) in
            try await store.append(Array(repeating: value, count: 100), to: "l")
        }
        let outcomes = await (neighbour, tooMuch)
        #expect(outcomes.1?.code == .full)
        #expect(try await store.end(of: "l") == .start)
        #expect(try await store.entries(of: "l", after: .start, limit: 10) == [])
        #expect(try await store.counter("n", in: "c") == (outcomes.0 == nil ? 1 : 0))

        for record in page.records { try await store.delete(record.key, in: "c", version: nil) }
        try await store.write(value, at: "again", in: "c", when: .always, expiry: nil)
        await store.close()
    }

    @Test func anAppendThatFailsHalfwayLeavesNothingAndDoesNotHarmItsNeighbours() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/store.db"
        let store = try SQLiteStore(path: path)
        let other = try DatabaseQueue(path: path)
        try await other.write { db in
            try db.execute(
                sql: """
                    CREATE TRIGGER fault BEFORE INSERT ON entry WHEN new.value = x'FF'
                    BEGIN SELECT raise(ABORT, 'injected fault'); END
                    """)
        }
        let outcomes = await withTaskGroup(of: (Bool, StoreError?).self) { group in
            for index in 0..<100 {
                let isFaulty = index % 2 == 1
                group.addTask {
                    let values: [[UInt8]] = isFaulty ? [[1], [0xFF]] : [[2], [3]]
                    return (
                        isFaulty,
                        await failure { () async throws(StoreError) in try await store.append(values, to: "l") }
                    )
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        for (isFaulty, error) in outcomes {
            #expect(error?.code == (isFaulty ? .failed : nil))
            if isFaulty { #expect(error?.message.contains("injected fault") == true) }
        }
        let entries = try await store.entries(of: "l", after: .start, limit: 1000)
        #expect(entries.map(\.position.number) == Array(1...100))
        #expect(entries.allSatisfy { $0.value != [1] })
        await store.close()
    }

    @Test func expiredRowsLeaveTheFileInTheCourseOfWrites() async throws {
        let folder = try TemporaryFolder()
        let clock = TestClock()
        let path = folder.path + "/store.db"
        let store = try SQLiteStore(path: path, clock: clock.clock)
        for index in 0..<50 {
            let key = try RecordKey(validating: "r\(index)")
            try await store.write([1], at: key, in: "c", when: .always, expiry: .seconds(1))
        }
        clock.advance(.seconds(61))
        try await store.add(1, to: "n", in: "c", expiry: nil)
        await store.close()
        let queue = try DatabaseQueue(path: path)
        #expect(try await queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM record") } == 0)
    }

    @Test func writesBeyondTheBoundAreRefusedAtOnceAndTheOthersHappen() async throws {
        let folder = try TemporaryFolder()
        var settings = SQLiteSettings()
        settings.maximumWaitingWrites = 10
        // However long the test itself is held up, no write may give up waiting for the lock.
        settings.busyTimeout = .seconds(1800)
        let path = folder.path + "/store.db"
        let store = try SQLiteStore(path: path, settings: settings)
        // Somebody else holds the write lock, so that writes wait.
        let other = try DatabaseQueue(path: path)
        let blocked = await withTaskGroup(of: StoreError?.self) { group in
            let release = await holdWriteLock(other)
            for _ in 0..<100 {
                group.addTask {
                    await failure { () async throws(StoreError) in
                        try await store.add(1, to: "n", in: "c", expiry: nil)
                    }
                }
            }
            // The refusals come while the others wait.
            var errors: [StoreError?] = []
            while errors.count < 50, let error = await group.next() { errors.append(error) }
            #expect(errors.allSatisfy { $0?.code == .overloaded })
            release.signal()
            for await error in group { errors.append(error) }
            return errors
        }
        let done = blocked.filter { $0 == nil }.count
        #expect(done >= 10)
        #expect(try await store.counter("n", in: "c") == Int64(done))
        await store.close()
    }

    @Test func aLockHeldTooLongByAnotherProcessIsBusy() async throws {
        let folder = try TemporaryFolder()
        var settings = SQLiteSettings()
        settings.busyTimeout = .milliseconds(20)
        let path = folder.path + "/store.db"
        let store = try SQLiteStore(path: path, settings: settings)
        let other = try DatabaseQueue(path: path)
        let release = await holdWriteLock(other)
        let error = await failure { () async throws(StoreError) in
            try await store.add(1, to: "n", in: "c", expiry: nil)
        }
        release.signal()
        #expect(error?.code == .busy)
        // Its queue is serial: after this the lock is free.
        try other.close()
        #expect(try await store.add(1, to: "n", in: "c", expiry: nil) == 1)
        await store.close()
    }

    private func permissions(_ path: String) throws -> Int {
        var status = stat()
        guard stat(path, &status) == 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        return Int(status.st_mode & 0o777)
    }

    /// With the file rights of an unknown user, also where the tests run as root: on Linux the file system user belongs
    /// to the thread alone.
    private func asNobody<T>(_ body: () throws -> T) throws -> T {
        let symbol = try #require(dlsym(nil, "setfsuid"))
        let setfsuid = unsafeBitCast(symbol, to: (@convention(c) (uid_t) -> Int32).self)
        let user = setfsuid(65534)
        defer { _ = setfsuid(uid_t(user)) }
        return try body()
    }
}

/// Takes the write lock as another process would; signal what it gives to let go.
func holdWriteLock(_ other: DatabaseQueue) async -> DispatchSemaphore {
    let release = DispatchSemaphore(value: 0)
    await withCheckedContinuation { continuation in
        // GRDB wants a transaction to end with its access, so the access lasts as long as the lock.
        other.asyncWriteWithoutTransaction { db in
            try? db.execute(sql: "BEGIN IMMEDIATE")
            continuation.resume()
            release.wait()
            try? db.execute(sql: "ROLLBACK")
        }
    }
    return release
}
