import Resilience
import Testing

/// Random comings and goings against a plain list.
struct AdmissionQueuePropertyTests {
    private struct Waiting {
        let id: Int
        let deadline: Int64
        let ticket: AdmissionTicket
    }

    @Test(arguments: 1...300) func nobodyIsLostOrWokenTwice(seed: Int) {
        var random = SeededRandom(UInt64(seed))
        let settings = AdmissionSettings(
            concurrency: Int.random(in: 1...5, using: &random), queue: Int.random(in: 0...8, using: &random))
        var queue = AdmissionQueue<Int>(settings)
        var now: Int64 = 1000
        var running = 0
        var waiting: [Waiting] = []
        var gone: [AdmissionTicket] = []
        var serviceTime: Int64 = 0
        for id in 0..<1500 {
            now += Int64.random(in: 0...50, using: &random)
            switch Int.random(in: 0..<10, using: &random) {
            case 0..<5:
                let deadline = random.chance(0.3) ? 0 : now + Int64.random(in: -20...400, using: &random)
                let wait = serviceTime * Int64(waiting.count + 1) / Int64(settings.concurrency)
                switch queue.enter(now: now, deadline: deadline, waiter: id) {
                case .admitted:
                    #expect(running < settings.concurrency)
                    #expect(deadline == 0 || deadline > now)
                    running += 1
                case .queued(let ticket):
                    #expect(running == settings.concurrency && waiting.count < settings.queue)
                    #expect(deadline == 0 || now + wait <= deadline)
                    waiting.append(Waiting(id: id, deadline: deadline, ticket: ticket))
                case .shed(.full, let retryAfter):
                    #expect(running == settings.concurrency && waiting.count == settings.queue)
                    #expect(retryAfter > 0)
                case .shed(.deadline, let retryAfter):
                    #expect(deadline != 0)
                    #expect(deadline <= now || (running == settings.concurrency && now + wait > deadline))
                    #expect(retryAfter > 0)
                }
            case 5..<8 where running > 0:
                let held = Int64.random(in: 1...200, using: &random)
                serviceTime = serviceTime == 0 ? held : max(1, serviceTime + (held - serviceTime) / 8)
                let woken = queue.leave(now: now, serviceTime: held)
                let late = waiting.prefix { $0.deadline != 0 && $0.deadline <= now }
                #expect(woken.shed == late.map(\.id))
                gone += late.map(\.ticket)
                waiting.removeFirst(late.count)
                #expect(woken.admitted == waiting.first?.id)
                if waiting.isEmpty { running -= 1 } else { gone.append(waiting.removeFirst().ticket) }
            case 8:
                guard !waiting.isEmpty else { continue }
                let one = waiting.remove(at: Int.random(in: 0..<waiting.count, using: &random))
                #expect(queue.withdraw(one.ticket) == one.id)
                gone.append(one.ticket)
            default:
                guard let old = gone.randomElement(using: &random) else { continue }
                #expect(queue.withdraw(old) == nil)
            }
            #expect(queue.running == running && queue.running <= settings.concurrency)
            #expect(queue.queued == waiting.count && queue.queued <= settings.queue)
            #expect(queue.queued == 0 || queue.running == settings.concurrency)
        }
        #expect(queue.drain() == waiting.map(\.id))
        for _ in 0..<running { #expect(queue.leave(now: now, serviceTime: 1).admitted == nil) }
        #expect(queue.running == 0)
    }

    /// A waiter that is an object is let go when it is woken, not when its place is used again.
    @Test func theQueueKeepsNobodyAlive() {
        final class Waiter: Sendable {}
        var queue = AdmissionQueue<Waiter>(AdmissionSettings(concurrency: 1, queue: 2))
        weak var left: Waiter?
        weak var woken: Waiter?
        #expect(queue.enterIfFree() == true)
        do {
            let first = Waiter()
            let second = Waiter()
            left = first
            woken = second
            guard case .queued(let ticket) = queue.enter(now: 0, deadline: 0, waiter: first) else { return }
            _ = queue.enter(now: 0, deadline: 0, waiter: second)
            #expect(queue.withdraw(ticket) === first)
            #expect(queue.leave(now: 0, serviceTime: 1).admitted === second)
        }
        #expect(left == nil)
        #expect(woken == nil)
    }
}
