import Storage
import Testing

/// Guards against costs of another order, with room for slow and busy machines; the figures are printed.
@Suite(.serialized) struct CostTests {
    @Test func openingIsCheap() async throws {
        let folder = try TemporaryFolder()
        let clock = ContinuousClock()
        var first = Duration.zero
        var again: [Duration] = []
        for index in 0..<20 {
            let start = clock.now
            let store = try SQLiteStore(path: folder.path + "/store.db")
            let took = clock.now - start
            if index == 0 { first = took } else { again.append(took) }
            await store.close()
        }
        again.sort()
        print("open: new \(first), existing median \(again[again.count / 2])")
        #expect(again[again.count / 2] < .milliseconds(50))
    }

    @Test func manyWritersShareTransactions() async throws {
        let folder = try TemporaryFolder()
        let store = try SQLiteStore(path: folder.path + "/store.db")
        let clock = ContinuousClock()
        func perWrite(_ writers: Int, _ each: Int) async throws -> Duration {
            let start = clock.now
            try await withThrowingTaskGroup(of: Void.self) { group in
                for writer in 0..<writers {
                    group.addTask {
                        let key = try RecordKey(validating: "w\(writer)")
                        let value = [UInt8](repeating: 1, count: 500)
                        for _ in 0..<each { try await store.write(value, at: key, in: "c", when: .always, expiry: nil) }
                    }
                }
                try await group.waitForAll()
            }
            return (clock.now - start) / (writers * each)
        }
        let alone = try await perWrite(1, 500)
        let together = try await perWrite(100, 50)
        let start = clock.now
        for _ in 0..<1000 { _ = try await store.read("w1", in: "c") }
        print("write: alone \(alone), of 100 writers \(together); read: \((clock.now - start) / 1000)")
        #expect(together < .milliseconds(5))
        await store.close()
    }
}
