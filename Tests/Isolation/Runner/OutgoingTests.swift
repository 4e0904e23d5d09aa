import JackfieldVocabulary
import Testing

@testable import Isolation

@Suite("What waits for a plugin")
struct OutgoingTests {
    private static let cancelled = Outgoing.Item.end(.failure(CallError(.cancelled, "nobody waits")))
    private static let late = Outgoing.Item.end(.failure(CallError(.deadline, "too late")))

    private static func event(_ number: UInt32) -> Outgoing.Item { .event(number, [UInt8(number)]) }

    private static func name(_ item: Outgoing.Item?) -> String {
        switch item {
        case .event(let number, _): "\(number)"
        case .end(.success): "end"
        case .end(.failure(let error)): error.code.label
        case nil: "nothing"
        }
    }

    @Test("is delivered by the one who brought the first item, until nothing waits")
    func oneDelivers() {
        let outgoing = Waiting()
        #expect(outgoing.push(Self.event(1)))
        #expect(!outgoing.push(Self.event(2)))
        #expect(Self.name(outgoing.next()) == "1")
        #expect(!outgoing.push(Self.event(3)))
        #expect(Self.name(outgoing.next()) == "2")
        #expect(Self.name(outgoing.next()) == "3")
        #expect(Self.name(outgoing.next()) == "nothing")
        #expect(outgoing.push(Self.event(4)))
    }

    @Test("goes on in order when the plugin makes room")
    func goesOnInOrder() {
        let outgoing = Waiting()
        #expect(outgoing.push(Self.event(1)))
        _ = outgoing.next()
        #expect(outgoing.holdBack(Self.event(1)))
        #expect(!outgoing.push(Self.event(2)), "a plugin that is held back is left alone")
        #expect(outgoing.resume())
        #expect(!outgoing.resume(), "somebody delivers already")
        #expect(Self.name(outgoing.next()) == "1")
        #expect(Self.name(outgoing.next()) == "2")
    }

    @Test("is offered again at once when the plugin made room while it said that it had none")
    func roomMeanwhile() {
        let outgoing = Waiting()
        _ = outgoing.push(Self.event(1))
        _ = outgoing.next()
        #expect(!outgoing.resume())
        #expect(!outgoing.holdBack(Self.event(1)))
        #expect(Self.name(outgoing.next()) == "1")
        #expect(outgoing.holdBack(Self.event(1)), "room that was made before this offer does not count for it")
    }

    @Test("is dropped when the call is cancelled, also where the plugin takes nothing")
    func cancelledWhileHeldBack() {
        let outgoing = Waiting()
        _ = outgoing.push(Self.event(1))
        _ = outgoing.next()
        _ = outgoing.holdBack(Self.event(1))
        _ = outgoing.push(Self.event(2))
        #expect(outgoing.push(Self.cancelled), "the end goes to the plugin now")
        #expect(Self.name(outgoing.next()) == "cancelled")
        #expect(Self.name(outgoing.next()) == "nothing")
    }

    @Test("is dropped when the call is cancelled while an event is being offered")
    func cancelledWhileOffered() {
        let outgoing = Waiting()
        _ = outgoing.push(Self.event(1))
        _ = outgoing.push(Self.event(2))
        _ = outgoing.next()
        #expect(!outgoing.push(Self.cancelled))
        #expect(!outgoing.holdBack(Self.event(1)), "the end need not wait for room")
        #expect(Self.name(outgoing.next()) == "cancelled")
    }

    @Test("waits for room before any other end")
    func otherEndsWait() {
        let outgoing = Waiting()
        _ = outgoing.push(Self.event(1))
        _ = outgoing.next()
        #expect(!outgoing.push(Self.late))
        #expect(outgoing.holdBack(Self.event(1)))
        #expect(outgoing.resume())
        #expect(Self.name(outgoing.next()) == "1")
        #expect(Self.name(outgoing.next()) == "deadline")
    }

    @Test("is told to the host once a quarter of its credit was taken, and to the byte")
    func creditAddsUp() {
        let outgoing = Waiting()
        let quarter = CallMailbox.bound / 4
        #expect(outgoing.release(quarter) == nil)
        #expect(outgoing.release(1) == quarter + 1)
        var random = SeededBytes(seed: 4)
        var taken = 0
        var told = 0
        for _ in 0..<10_000 {
            let count = Int.random(in: 64...9000, using: &random)
            taken += count
            told += outgoing.release(count) ?? 0
            #expect(taken - told <= quarter)
        }
    }
}

/// What waits, as a class, so that expectations can ask it.
private final class Waiting {
    private var outgoing = Outgoing()

    func push(_ item: Outgoing.Item) -> Bool { outgoing.push(item) }
    func resume() -> Bool { outgoing.resume() }
    func next() -> Outgoing.Item? { outgoing.next() }
    func holdBack(_ item: Outgoing.Item) -> Bool { outgoing.holdBack(item) }
    func release(_ bytes: Int) -> Int? { outgoing.release(bytes) }
}
