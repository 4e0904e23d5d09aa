import Storage
import Testing

/// What every engine must do with counters and logs.
@Suite struct CounterAndLogConformanceTests {
    let limits: Storage.Collection = "limits"

    @Test(arguments: Engine.allCases)
    func countersAddUp(_ engine: Engine) async throws {
        let folder = try TemporaryFolder()
        let store = try engine.open(folder)
        #expect(try await store.counter("k", in: limits) == 0)
        #expect(try await store.add(5, to: "k", in: limits, expiry: nil) == 5)
        #expect(try await store.add(-7, to: "k", in: limits, expiry: nil) == -2)
        #expect(try await store.counter("k", in: limits) == -2)
        #expect(try await store.counter("k", in: "others") == 0)
        #expect(try await store.read("k", in: limits) == nil)
        await store.close()
    }

    @Test(arguments: Engine.allCases)
    func aSumThatLeaves64BitsIsRefusedAndTheCounterStays(_ engine: Engine) async throws {
        let folder = try TemporaryFolder()
        let store = try engine.open(folder)
        try await store.add(.max, to: "k", in: limits, expiry: nil)
        let error = await failure { () async throws(StoreError) in
            try await store.add(1, to: "k", in: limits, expiry: nil)
        }
        #expect(error?.code == .invalidArgument)
        #expect(try await store.counter("k", in: limits) == .max)
        await store.close()
    }

    @Test(arguments: Engine.allCases)
    func aCounterWithExpiryCountsWithinAFixedWindow(_ engine: Engine) async throws {
        let folder = try TemporaryFolder()
        let clock = TestClock()
        let store = try engine.open(folder, clock: clock)
        try await store.add(1, to: "k", in: limits, expiry: .seconds(60))
        clock.advance(.seconds(59))
        #expect(try await store.add(1, to: "k", in: limits, expiry: .seconds(60)) == 2)
        clock.advance(.seconds(1))
        #expect(try await store.counter("k", in: limits) == 0)
        #expect(try await store.add(1, to: "k", in: limits, expiry: .seconds(60)) == 1)
        clock.advance(.seconds(59))
        #expect(try await store.counter("k", in: limits) == 1)
        await store.close()
    }

    @Test(arguments: Engine.allCases)
    func logsKeepOrderAndPositions(_ engine: Engine) async throws {
        let folder = try TemporaryFolder()
        let clock = TestClock()
        let store = try engine.open(folder, clock: clock)
        #expect(try await store.end(of: "audit") == .start)
        #expect(try await store.append([bytes("1"), []], to: "audit") == LogPosition(2))
        clock.advance(.seconds(5))
        #expect(try await store.append([bytes("3")], to: "audit") == LogPosition(3))
        #expect(try await store.append([bytes("x")], to: "other") == LogPosition(1))
        let entries = try await store.entries(of: "audit", after: .start, limit: 10)
        #expect(entries.map(\.value) == [bytes("1"), [], bytes("3")])
        #expect(entries.map(\.position.number) == [1, 2, 3])
        #expect(entries[2].timeMilliseconds == entries[0].timeMilliseconds + 5000)
        #expect(try await store.entries(of: "audit", after: LogPosition(1), limit: 1).map(\.value) == [[]])
        #expect(try await store.entries(of: "audit", after: LogPosition(3), limit: 1) == [])
        #expect(try await store.end(of: "audit") == LogPosition(3))
        await store.close()
    }

    @Test(arguments: Engine.allCases)
    func trimmingTakesFromTheBeginningAndPositionsGoOn(_ engine: Engine) async throws {
        let folder = try TemporaryFolder()
        let clock = TestClock()
        let store = try engine.open(folder, clock: clock)
        for _ in 0..<3 {
            try await store.append((0..<1000).map { bytes("\($0)") }, to: "audit")
            clock.advance(.seconds(100))
        }
        func first() async throws -> Int64? {
            try await store.entries(of: "audit", after: .start, limit: 1).first?.position.number
        }
        #expect(try await store.trim("audit", .through(LogPosition(10))) == 10)
        #expect(try await first() == 11)
        #expect(try await store.trim("audit", .olderThan(.seconds(200))) == 990)
        #expect(try await first() == 1001)
        #expect(try await store.trim("audit", .keepingLast(5000)) == 0)
        #expect(try await store.trim("audit", .keepingLast(3)) == 1997)
        #expect(try await first() == 2998)
        clock.advance(.seconds(1))
        #expect(try await store.trim("audit", .olderThan(.zero)) == 3)
        #expect(try await first() == nil)
        #expect(try await store.trim("audit", .keepingLast(0)) == 0)
        #expect(try await store.append([[]], to: "audit") == LogPosition(3001))
        #expect(try await store.trim("never used", .keepingLast(0)) == 0)
        let error = await failure { () async throws(StoreError) in try await store.trim("audit", .keepingLast(-1)) }
        #expect(error?.code == .invalidArgument)
        await store.close()
    }

    @Test(arguments: Engine.allCases)
    func anAppendOutOfBoundsLeavesTheLogAsItWas(_ engine: Engine) async throws {
        let folder = try TemporaryFolder()
        let store = try engine.open(folder)
        let half = [UInt8](repeating: 0, count: StoreLimits.valueBytes / 2 + 1)
        for values in [[], Array(repeating: [], count: StoreLimits.pageCount + 1), [half, half]] as [[[UInt8]]] {
            let error = await failure { () async throws(StoreError) in try await store.append(values, to: "audit") }
            #expect(error?.code == .invalidArgument || error?.code == .tooLarge)
        }
        #expect(try await store.end(of: "audit") == .start)
        await store.close()
    }

    @Test(arguments: Engine.allCases)
    func aClosedStoreSaysSo(_ engine: Engine) async throws {
        let folder = try TemporaryFolder()
        let store = try engine.open(folder)
        try await store.check()
        await store.close()
        await store.close()
        let errors = [
            await failure { () async throws(StoreError) in try await store.check() },
            await failure { () async throws(StoreError) in try await store.counter("k", in: limits) },
            await failure { () async throws(StoreError) in try await store.append([[]], to: "audit") },
        ]
        #expect(errors.map { $0?.code } == [.closed, .closed, .closed])
    }
}
