import JackfieldVocabulary
import Testing

@testable import Isolation

@Suite("What waits for a plugin, in every order of things")
struct OutgoingModelTests {
    @Test("is delivered whole, in order, by one at a time, however threads interleave", arguments: UInt64(0)..<20)
    func everyOrder(seed: UInt64) {
        for run in UInt64(0)..<100 {
            var relay = ModelRelay(seed: seed << 32 | run, ending: ModelRelay.Ending.allCases[Int(run % 3)])
            relay.run()
            if let complaint = relay.complaint {
                Issue.record("seed \(seed), run \(run): \(complaint)")
                return
            }
        }
    }
}

/// Host, plugin and the threads between them, one step of a random one at a time.
struct ModelRelay {
    enum Ending: CaseIterable { case success, deadline, cancelled }

    /// One thread in `Relay.deliver`.
    private enum Deliverer {
        case asking
        case offering(Outgoing.Item)
        case heldOff(Outgoing.Item)
    }

    private(set) var complaint: String?
    private var random: SeededBytes
    private var outgoing = Outgoing()
    private var deliverers: [Deliverer] = []
    private let ending: Ending
    // The host.
    private let events: Int
    private var sent = 0
    private var isEndSent = false
    private var credit = CallMailbox.bound
    // The plugin.
    private var seen: [Int] = []
    private var isFull = false
    private var isFinished = false
    private var finishes = 0
    private var seenWhenCancelled: Int?
    private var taken = 0
    private var told = 0

    init(seed: UInt64, ending: Ending) {
        random = SeededBytes(seed: seed)
        self.ending = ending
        events = Int.random(in: 0...30, using: &random)
    }

    private static func size(_ number: Int) -> Int { number % 5 == 0 ? 90_000 : number * 100 }

    mutating func run() {
        for _ in 0..<10_000 where complaint == nil && !isFinished { step() }
        if complaint != nil { return }
        guard isFinished else {
            return complaint = "stuck after \(seen.count) of \(sent) sent events, credit \(credit), full \(isFull)"
        }
        if finishes != 1 { complaint = "\(finishes) ends" }
        if seen != Array(seen.indices) { complaint = "events came as \(seen)" }
        if ending != .cancelled, seen.count != events { complaint = "\(seen.count) of \(events) events" }
        if let before = seenWhenCancelled, seen.count > before + 1 {
            complaint = "\(seen.count - before) events came after the call was cancelled"
        }
        if taken - told > CallMailbox.bound / 4 || told > taken { complaint = "\(told) of \(taken) bytes were told" }
    }

    private mutating func step() {
        switch Int.random(in: 0..<8, using: &random) {
        case 0, 1: send()
        case 2: makeRoom()
        case 3: makeRoomUnasked()
        default: if !deliverers.isEmpty { deliver(Int.random(in: 0..<deliverers.count, using: &random)) }
        }
        if deliverers.count > 1 { complaint = "\(deliverers.count) deliver at a time" }
    }

    private mutating func send() {
        guard !isEndSent else { return }
        let isGivenUp = ending == .cancelled && Int.random(in: 0..<20, using: &random) == 0
        if sent < events, !isGivenUp {
            guard credit >= 0 else { return }
            credit -= Self.size(sent) + CallMailbox.eventCost
            push(.event(UInt32(sent), [UInt8](repeating: 0, count: Self.size(sent))))
            sent += 1
            return
        }
        isEndSent = true
        switch ending {
        case .success: push(.end(.success([])))
        case .deadline: push(.end(.failure(CallError(.deadline, "late"))))
        case .cancelled:
            seenWhenCancelled = seen.count
            push(.end(.failure(CallError(.cancelled, "given up"))))
        }
    }

    private mutating func push(_ item: Outgoing.Item) {
        if outgoing.push(item) { deliverers.append(.asking) }
    }

    private mutating func makeRoom() {
        guard isFull else { return }
        isFull = false
        if outgoing.resume() { deliverers.append(.asking) }
    }

    /// A plugin may say so whenever it likes.
    private mutating func makeRoomUnasked() {
        guard Int.random(in: 0..<4, using: &random) == 0 else { return }
        isFull = false
        if outgoing.resume() { deliverers.append(.asking) }
    }

    private mutating func deliver(_ index: Int) {
        switch deliverers[index] {
        case .asking:
            if let item = outgoing.next() {
                deliverers[index] = .offering(item)
            } else {
                deliverers.remove(at: index)
            }
        case .offering(let item): offer(item, index)
        case .heldOff(let item):
            if outgoing.holdBack(item) {
                deliverers.remove(at: index)
            } else {
                deliverers[index] = .asking
            }
        }
    }

    private mutating func offer(_ item: Outgoing.Item, _ index: Int) {
        switch item {
        case .event(let number, let payload):
            if Int.random(in: 0..<3, using: &random) == 0 {
                isFull = true
                deliverers[index] = .heldOff(item)
                return
            }
            if isFinished { complaint = "an event after the end" }
            seen.append(Int(number))
            taken += payload.count + CallMailbox.eventCost
            if let bytes = outgoing.release(payload.count + CallMailbox.eventCost) {
                told += bytes
                credit += bytes
            }
            deliverers[index] = .asking
        case .end:
            isFinished = true
            finishes += 1
            deliverers.remove(at: index)
        }
    }
}
