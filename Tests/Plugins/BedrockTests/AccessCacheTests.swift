import JackfieldPlugin
import JackfieldVocabulary
import Synchronization
import Testing

@testable import Bedrock

/// A clock that stands until it is moved, and a search that counts.
private final class World: Sendable {
    private let state = Mutex<(time: Int64, searches: Int)>((1000, 0))
    let lasts: Int64?
    let isRenewable: Bool

    init(lasts: Int64?, isRenewable: Bool = true) {
        self.lasts = lasts
        self.isRenewable = isRenewable
    }

    var time: Int64 {
        get { state.withLock { $0.time } }
        set { state.withLock { $0.time = newValue } }
    }

    var searches: Int { state.withLock { $0.searches } }

    /// The id of the key is the number of the search.
    func find() -> Access {
        let (time, number) = state.withLock { state in
            state.searches += 1
            return (state.time, state.searches)
        }
        let credentials = AWSCredentials(
            accessKeyID: String(number), secretAccessKey: Secret("s"),
            expiration: lasts.map { UTCTime(seconds: time + $0) })
        return Access(authorization: .signature(credentials), region: nil, isRenewable: isRenewable)
    }
}

extension Access {
    fileprivate var keyID: String? {
        if case .signature(let credentials) = authorization { credentials.accessKeyID } else { nil }
    }
}

extension AccessCache {
    /// Let others run until so many calls wait; gives up after a while, so that a test can fail.
    func waits(for count: Int) async -> Bool {
        // Bounded by time and not by turns, of which a thread takes very many while another does not get the processor.
        let end = ContinuousClock.now.advanced(by: .seconds(600))
        while waitingCalls < count {
            if ContinuousClock.now > end { return false }
            await Task.yield()
        }
        return true
    }
}

struct AccessCacheTests {
    private let broken = CallError(.unavailable, "no network", retry: true)

    @Test(arguments: [(3600, 3299, 3301), (120, 29, 31), (20, 4, 6)])
    func renewsTemporaryCredentialsAheadOfTheirEnd(_ lasts: Int64, _ still: Int64, _ anew: Int64) async throws {
        let world = World(lasts: lasts)
        let cache = AccessCache { world.time }
        #expect(try await cache.access(world.find).keyID == "1")
        world.time = 1000 + still
        #expect(try await cache.access(world.find).keyID == "1")
        world.time = 1000 + anew
        #expect(try await cache.access(world.find).keyID == "2")
    }

    @Test func looksAgainAfterAWhileForWhatNamesNoEnd() async throws {
        let world = World(lasts: nil)
        let cache = AccessCache { world.time }
        _ = try await cache.access(world.find)
        world.time += AccessCache.trust - 1
        #expect(try await cache.access(world.find).keyID == "1")
        world.time += 1
        #expect(try await cache.access(world.find).keyID == "2")
    }

    @Test func neverLooksAgainForWhatTheConfigurationSays() async throws {
        let world = World(lasts: nil, isRenewable: false)
        let cache = AccessCache { world.time }
        _ = try await cache.access(world.find)
        world.time += 1_000_000
        #expect(try await cache.access(world.find).keyID == "1")
    }

    @Test func usesOldCredentialsAsLongAsTheyHoldIfNewOnesCannotBeHad() async throws {
        let world = World(lasts: 3600)
        let cache = AccessCache { world.time }
        let failing = { [broken] () async throws(CallError) -> Access in throw broken }
        _ = try await cache.access(world.find)
        world.time += 3400
        #expect(try await cache.access(failing).keyID == "1")
        // Not asked again with every request.
        #expect(try await cache.access(world.find).keyID == "1")
        world.time += AccessCache.patience
        #expect(try await cache.access(world.find).keyID == "2")
        world.time += 3600
        let error = await #expect(throws: CallError.self) { try await cache.access(failing) }
        #expect(error == broken)
    }

    @Test func looksAgainAfterWhatWasRefused() async throws {
        let world = World(lasts: nil, isRenewable: false)
        let cache = AccessCache { world.time }
        let first = try await cache.access(world.find)
        cache.discard(first)
        #expect(try await cache.access(world.find).keyID == "2")
        cache.discard(first)
        #expect(try await cache.access(world.find).keyID == "2")
    }

    /// A search that has begun and goes on when it is told to.
    private final class Gate: Sendable {
        private let begun = AsyncStream<Void>.makeStream()
        private let opened = AsyncStream<Void>.makeStream()

        func pass() async {
            begun.continuation.yield()
            for await _ in opened.stream { break }
        }

        func waitUntilReached() async { for await _ in begun.stream { break } }
        func open() { opened.continuation.yield() }
    }

    @Test func letsOneCallLookAndTheOthersWait() async throws {
        let world = World(lasts: 3600)
        let cache = AccessCache { world.time }
        let gate = Gate()
        let ids = try await withThrowingTaskGroup(of: String?.self) { group in
            group.addTask {
                try await cache.access { () async throws(CallError) in
                    await gate.pass()
                    return world.find()
                }.keyID
            }
            await gate.waitUntilReached()
            for _ in 0..<20 { group.addTask { try await cache.access(world.find).keyID } }
            try #require(await cache.waits(for: 20))
            gate.open()
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(ids.count == 21)
        #expect(Set(ids) == ["1"])
        #expect(world.searches == 1)
    }

    @Test func givesTheErrorToAllWhoWaited() async throws {
        let world = World(lasts: 3600)
        let cache = AccessCache { world.time }
        let gate = Gate()
        let broken = broken
        await withTaskGroup(of: CallError?.self) { group in
            func ask(_ find: @escaping @Sendable () async throws(CallError) -> Access) {
                group.addTask {
                    do throws(CallError) {
                        _ = try await cache.access(find)
                        return nil
                    } catch {
                        return error
                    }
                }
            }
            ask { () async throws(CallError) in
                await gate.pass()
                throw broken
            }
            await gate.waitUntilReached()
            for _ in 0..<5 { ask { () async throws(CallError) in world.find() } }
            #expect(await cache.waits(for: 5))
            gate.open()
            for await error in group { #expect(error == broken) }
        }
        #expect(world.searches == 0)
    }

    @Test func looksOnForTheOthersWhenTheCallThatLookedIsCancelled() async throws {
        let world = World(lasts: 3600)
        let cache = AccessCache { world.time }
        let gate = Gate()
        let first = Task {
            try await cache.access { () async throws(CallError) in
                await gate.pass()
                throw CallError(.cancelled, "left")
            }
        }
        await gate.waitUntilReached()
        let second = Task { try await cache.access(world.find).keyID }
        #expect(await cache.waits(for: 1))
        gate.open()
        #expect(try await second.value == "1")
        await #expect(throws: CallError(.cancelled, "left")) { try await first.value }
    }

    @Test func letsAWaitingCallLeave() async throws {
        let world = World(lasts: 3600)
        let cache = AccessCache { world.time }
        let gate = Gate()
        let first = Task {
            try await cache.access { () async throws(CallError) in
                await gate.pass()
                return world.find()
            }.keyID
        }
        await gate.waitUntilReached()
        let second = Task { try await cache.access(world.find) }
        #expect(await cache.waits(for: 1))
        second.cancel()
        let error = await #expect(throws: CallError.self) { try await second.value }
        #expect(error?.code == .cancelled)
        gate.open()
        #expect(try await first.value == "1")
    }
}
