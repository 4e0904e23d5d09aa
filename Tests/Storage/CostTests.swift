import Foundation
import GRDB
import Storage
import Testing

/// Guards against costs of another order. What can be counted is counted, so that no machine is too slow for it.
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
        let best = try #require(again.min())
        print("open: new \(first), existing at best \(best)")
        // Some 2 ms without optimisation. A machine that is busy slows some of them down a hundredfold, not all.
        #expect(best < .milliseconds(250))
    }

    @Test func manyWritersShareTransactions() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/store.db"
        var settings = SQLiteSettings()
        settings.maximumWaitingWrites = 100
        settings.busyTimeout = .seconds(1800)
        let store = try SQLiteStore(path: path, settings: settings)
        let before = try Self.transactions(inLogOf: path)
        let other = try DatabaseQueue(path: path)
        let release = await holdWriteLock(other)
        let done = await withTaskGroup(of: Bool.self) { group in
            // A hundred may wait, and at most a hundred more lie in the transaction that waits for the lock.
            for _ in 0..<300 {
                group.addTask { (try? await store.add(1, to: "n", in: "c", expiry: nil)) != nil }
            }
            // Refusals say that all the others stand in the queue.
            var refused = 0
            while refused < 40, let isDone = await group.next() { refused += isDone ? 0 : 1 }
            release.signal()
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        let transactions = try Self.transactions(inLogOf: path) - before
        print("\(done) writes at once took \(transactions) transactions")
        #expect(done >= 100)
        #expect((1...20).contains(transactions))
        #expect(try await store.counter("n", in: "c") == Int64(done))
        await store.close()
    }

    /// How many transactions the write-ahead log of a database holds, from its header and the headers of its frames
    /// (https://www.sqlite.org/fileformat2.html, section 4.1): the last frame of a transaction says how long the database
    /// is after it, the others say 0.
    private static func transactions(inLogOf path: String) throws -> Int {
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path + "-wal")))
        guard bytes.count >= 32 else { return 0 }
        func number(at offset: Int) -> Int { bytes[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) } }
        let size = 24 + number(at: 8)
        let salt = bytes[16..<24]
        return stride(from: 32, through: bytes.count - size, by: size).count { frame in
            number(at: frame + 4) > 0 && bytes[frame + 8..<frame + 16].elementsEqual(salt)
        }
    }
}
