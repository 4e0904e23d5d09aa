import Storage
import Testing

/// What every engine must do with records.
@Suite struct RecordConformanceTests {
    let sessions: Storage.Collection = "sessions"

    @Test(arguments: Engine.allCases)
    func whatIsWrittenIsReadBack(_ engine: Engine) async throws {
        let folder = try TemporaryFolder()
        let store = try engine.open(folder)
        #expect(try await store.read("a", in: sessions) == nil)
        for value in [[], [0], bytes("text"), (0..<100_000).map { UInt8(truncatingIfNeeded: $0) }] as [[UInt8]] {
            let version = try await store.write(value, at: "a", in: sessions, when: .always, expiry: nil)
            let record = try await store.read("a", in: sessions)
            #expect(record == Record(key: "a", value: value, version: version, expiresAtMilliseconds: nil))
        }
        #expect(try await store.read("a", in: "others") == nil)
        await store.close()
    }

    @Test(arguments: Engine.allCases)
    func aWriteOnAnOldVersionIsAConflictAndChangesNothing(_ engine: Engine) async throws {
        let folder = try TemporaryFolder()
        let store = try engine.open(folder)
        let first = try await store.write(bytes("1"), at: "a", in: sessions, when: .absent, expiry: nil)
        let second = try await store.write(bytes("2"), at: "a", in: sessions, when: .version(first), expiry: nil)
        #expect(second > first)
        for condition in [WriteCondition.absent, .version(first)] {
            let error = await failure { () async throws(StoreError) in
                try await store.write(bytes("3"), at: "a", in: sessions, when: condition, expiry: nil)
            }
            #expect(error?.code == .conflict)
            #expect(error?.message.contains("sessions/a") == true)
        }
        let missing = await failure { () async throws(StoreError) in
            try await store.write([], at: "b", in: sessions, when: .version(first), expiry: nil)
        }
        #expect(missing?.code == .conflict)
        #expect(try await store.read("a", in: sessions)?.value == bytes("2"))
        await store.close()
    }

    @Test(arguments: Engine.allCases)
    func aRecordMadeAnewNeverHasAnOldVersion(_ engine: Engine) async throws {
        let folder = try TemporaryFolder()
        let store = try engine.open(folder)
        let first = try await store.write(bytes("1"), at: "a", in: sessions, when: .always, expiry: nil)
        #expect(try await store.delete("a", in: sessions, version: nil))
        let second = try await store.write(bytes("1"), at: "a", in: sessions, when: .absent, expiry: nil)
        #expect(second > first)
        await store.close()
    }

    @Test(arguments: Engine.allCases)
    func deletingTellsWhetherThereWasARecordAndKeepsToTheVersion(_ engine: Engine) async throws {
        let folder = try TemporaryFolder()
        let store = try engine.open(folder)
        #expect(try await store.delete("a", in: sessions, version: nil) == false)
        let old = try await store.write([1], at: "a", in: sessions, when: .always, expiry: nil)
        let new = try await store.write([2], at: "a", in: sessions, when: .always, expiry: nil)
        let error = await failure { () async throws(StoreError) in
            try await store.delete("a", in: sessions, version: old)
        }
        #expect(error?.code == .conflict)
        #expect(try await store.read("a", in: sessions)?.value == [2])
        #expect(try await store.delete("a", in: sessions, version: new))
        #expect(try await store.read("a", in: sessions) == nil)
        await store.close()
    }

    @Test(arguments: Engine.allCases)
    func scansGoByPrefixInByteOrderAndPageByPage(_ engine: Engine) async throws {
        let folder = try TemporaryFolder()
        let store = try engine.open(folder)
        // "é" composed and decomposed are two keys; U+FFFD and U+1F600 sort by bytes, not by UTF-16.
        let keys: [RecordKey] = [
            "u/2", "u/10", "u/1", "t", "u", "v/1", "u/\u{E9}", "u/e\u{301}", "u/\u{FFFD}", "u/\u{1F600}", "u/Z",
            "u/\u{10FFFF}x",
        ]
        for key in keys { try await store.write(bytes(key.text), at: key, in: sessions, when: .absent, expiry: nil) }
        try await store.write([], at: "u/other", in: "others", when: .absent, expiry: nil)
        let expected = keys.filter { $0.text.hasPrefix("u/") }.sorted()

        for limit in [1, 2, 4, 5, expected.count, 1000] {
            var found: [RecordKey] = []
            var cursor: RecordKey?
            repeat {
                let page = try await store.scan(sessions, prefix: "u/", after: cursor, limit: limit)
                #expect(page.records.count <= limit)
                #expect(page.records.allSatisfy { $0.value == bytes($0.key.text) })
                found += page.records.map(\.key)
                cursor = page.next
            } while cursor != nil && found.count <= expected.count
            #expect(found == expected, "in pages of \(limit)")
        }
        #expect(
            try await store.scan(sessions, prefix: "u/e", after: nil, limit: 9).records.map(\.key) == ["u/e\u{301}"])
        #expect(try await store.scan(sessions, prefix: "", after: nil, limit: 1000).records.count == keys.count)
        #expect(try await store.scan(sessions, prefix: "u/", after: "a", limit: 1).records.first?.key == "u/1")
        #expect(
            try await store.scan(sessions, prefix: "none", after: nil, limit: 1) == RecordPage(records: [], next: nil))
        await store.close()
    }

    @Test(arguments: Engine.allCases)
    func aPageEndsEarlyWhenItsValuesAreLarge(_ engine: Engine) async throws {
        let folder = try TemporaryFolder()
        let store = try engine.open(folder)
        let large = [UInt8](repeating: 7, count: StoreLimits.pageBytes / 2 + 1)
        for key in ["a", "b"] as [RecordKey] {
            try await store.write(large, at: key, in: sessions, when: .always, expiry: nil)
        }
        let page = try await store.scan(sessions, prefix: "", after: nil, limit: 10)
        #expect(page.records.map(\.key) == ["a"])
        #expect(page.next == "a")
        await store.close()
    }

    @Test(arguments: Engine.allCases)
    func expiredRecordsAreGoneAtOnceAndCountAsAbsent(_ engine: Engine) async throws {
        let folder = try TemporaryFolder()
        let clock = TestClock()
        let store = try engine.open(folder, clock: clock)
        let version = try await store.write([1], at: "a", in: sessions, when: .always, expiry: .seconds(10))
        try await store.write([2], at: "b", in: sessions, when: .always, expiry: .seconds(11))
        #expect(try await store.read("a", in: sessions)?.expiresAtMilliseconds == clock.clock.now() + 10_000)
        clock.advance(.milliseconds(9_999))
        #expect(try await store.read("a", in: sessions) != nil)
        clock.advance(.milliseconds(1))
        #expect(try await store.read("a", in: sessions) == nil)
        #expect(try await store.scan(sessions, prefix: "", after: nil, limit: 9).records.map(\.key) == ["b"])
        let error = await failure { () async throws(StoreError) in
            try await store.write([], at: "a", in: sessions, when: .version(version), expiry: nil)
        }
        #expect(error?.code == .conflict)
        #expect(try await store.delete("a", in: sessions, version: nil) == false)
        try await store.write([3], at: "a", in: sessions, when: .absent, expiry: nil)
        clock.advance(.seconds(1_000_000))
        #expect(try await store.read("a", in: sessions)?.value == [3])
        await store.close()
    }

    @Test(arguments: Engine.allCases)
    func sweepingTakesAllThatExpiredAndNothingElse(_ engine: Engine) async throws {
        let folder = try TemporaryFolder()
        let clock = TestClock()
        let store = try engine.open(folder, clock: clock)
        // More than one step's worth.
        for index in 0..<1201 {
            let key = try RecordKey(validating: "r\(index)")
            try await store.write([1], at: key, in: sessions, when: .always, expiry: .seconds(1))
        }
        try await store.add(1, to: "c", in: sessions, expiry: .seconds(1))
        try await store.write([1], at: "stays", in: sessions, when: .always, expiry: .seconds(3))
        try await store.add(1, to: "stays", in: sessions, expiry: nil)
        clock.advance(.seconds(2))
        #expect(try await store.sweep() == 1202)
        #expect(try await store.sweep() == 0)
        #expect(try await store.read("stays", in: sessions) != nil)
        #expect(try await store.counter("stays", in: sessions) == 1)
        await store.close()
    }

    @Test(arguments: Engine.allCases)
    func whatIsOutOfBoundsIsRefusedInWords(_ engine: Engine) async throws {
        let folder = try TemporaryFolder()
        let store = try engine.open(folder)
        let tooLarge = await failure { () async throws(StoreError) in
            let value = [UInt8](repeating: 0, count: StoreLimits.valueBytes + 1)
            return try await store.write(value, at: "a", in: sessions, when: .always, expiry: nil)
        }
        #expect(tooLarge?.code == .tooLarge)
        for limit in [0, -1, StoreLimits.pageCount + 1] {
            let error = await failure { () async throws(StoreError) in
                try await store.scan(sessions, prefix: "", after: nil, limit: limit)
            }
            #expect(error?.code == .invalidArgument)
        }
        for expiry in [Duration.zero, .seconds(-1), .seconds(Int64.max)] {
            let error = await failure { () async throws(StoreError) in
                try await store.write([], at: "a", in: sessions, when: .always, expiry: expiry)
            }
            #expect(error?.code == .invalidArgument)
        }
        #expect(try await store.read("a", in: sessions) == nil)
        await store.close()
    }
}
