import Storage
import Testing

/// Many callers at once: nothing is lost, nothing is done twice.
@Suite struct ConcurrencyTests {
    let shared: Storage.Collection = "shared"

    @Test(arguments: Engine.allCases)
    func aThousandIncrementsAtOnceGiveEverySumOnce(_ engine: Engine) async throws {
        let folder = try TemporaryFolder()
        let store = try engine.open(folder)
        let sums = try await withThrowingTaskGroup(of: Int64.self) { group in
            for _ in 0..<1000 { group.addTask { try await store.add(1, to: "n", in: "shared", expiry: nil) } }
            return try await group.reduce(into: Set<Int64>()) { $0.insert($1) }
        }
        #expect(sums == Set(1...1000))
        #expect(try await store.counter("n", in: shared) == 1000)
        await store.close()
    }

    @Test(arguments: Engine.allCases)
    func ofManyWritersOnOneVersionExactlyOneWins(_ engine: Engine) async throws {
        let folder = try TemporaryFolder()
        let store = try engine.open(folder)
        let base = try await store.write([], at: "r", in: shared, when: .absent, expiry: nil)
        let winners = try await withThrowingTaskGroup(of: Bool.self) { group in
            for index in 0..<1000 {
                group.addTask {
                    do throws(StoreError) {
                        let value = [UInt8(truncatingIfNeeded: index)]
                        try await store.write(value, at: "r", in: "shared", when: .version(base), expiry: nil)
                        return true
                    } catch  where error.code == .conflict {
                        return false
                    }
                }
            }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(winners == 1)
        await store.close()
    }

    @Test(arguments: Engine.allCases)
    func updatesThatReadAndWriteAreNeverLost(_ engine: Engine) async throws {
        let folder = try TemporaryFolder()
        let store = try engine.open(folder)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<20 {
                group.addTask {
                    for _ in 0..<10 {
                        try await store.update("r", in: "shared") { record throws(StoreError) in
                            (record?.value ?? []) + [1]
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try await store.read("r", in: shared)?.value.count == 200)
        await store.close()
    }

    @Test(arguments: Engine.allCases)
    func appendsAtOnceLeaveNoGapAndKeepEachCallTogether(_ engine: Engine) async throws {
        let folder = try TemporaryFolder()
        let store = try engine.open(folder)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in 0..<200 {
                group.addTask {
                    let last = try await store.append([bytes("\(index)"), bytes("\(index)")], to: "l")
                    // Read your own write.
                    let mine = try await store.entries(of: "l", after: LogPosition(last.number - 2), limit: 2)
                    #expect(mine.map(\.value) == [bytes("\(index)"), bytes("\(index)")])
                }
            }
            try await group.waitForAll()
        }
        let entries = try await store.entries(of: "l", after: .start, limit: 1000)
        #expect(entries.map(\.position.number) == Array(1...400))
        await store.close()
    }

    @Test func twoStoresOnOneFileShareCountersAndVersions() async throws {
        let folder = try TemporaryFolder()
        let stores = try [Engine.sqliteFile.open(folder), Engine.sqliteFile.open(folder)]
        let versions = try await withThrowingTaskGroup(of: RecordVersion.self) { group in
            for index in 0..<400 {
                let store = stores[index % 2]
                group.addTask {
                    try await store.add(1, to: "n", in: "shared", expiry: nil)
                    return try await store.write([], at: "r", in: "shared", when: .always, expiry: nil)
                }
            }
            return try await group.reduce(into: Set<RecordVersion>()) { $0.insert($1) }
        }
        #expect(versions.count == 400)
        #expect(try await stores[0].counter("n", in: shared) == 400)
        for store in stores { await store.close() }
    }

    @Test func closingFinishesTheWritesThatWereHandedIn() async throws {
        let folder = try TemporaryFolder()
        let store = try Engine.sqliteFile.open(folder)
        let done = await withTaskGroup(of: Bool.self) { group in
            for index in 0..<500 {
                group.addTask {
                    await failure { () async throws(StoreError) in
                        try await store.append([bytes("\(index)")], to: "l")
                    } == nil
                }
            }
            group.addTask {
                await store.close()
                return false
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        let reopened = try Engine.sqliteFile.open(folder)
        #expect(try await reopened.end(of: "l").number == Int64(done))
        await reopened.close()
    }
}
