/// Limits how many run at a time; as many as the queue holds wait, first come first served, and the rest is told at
/// once to come later. Who would still be waiting when its deadline passes is not let in either ("Handling Overload" in
/// Google's "Site Reliability Engineering"; CoDel's thought that only a queue that still serves somebody is worth it).
///
/// A pure value, for a `Mutex`: resume those who are woken outside of it. Times are nanoseconds of one monotonic clock;
/// a deadline of 0 never comes. Constant time each, `leave` over those whose deadlines have passed. No operation
/// allocates while the queue is not longer than ever before and nobody is shed by `leave`.
package struct AdmissionQueue<Waiter: Sendable>: Sendable {
    package struct Woken: Sendable {
        /// Holds the slot that became free.
        package var admitted: Waiter?
        /// Their deadlines passed while they waited. They hold nothing.
        package var shed: [Waiter] = []
    }

    private let settings: AdmissionSettings
    private var line = WaitingLine()
    /// By their places in the line.
    private var waiters: [Waiter?] = []
    private var serviceTime = ServiceTime()

    package private(set) var running = 0
    package var queued: Int { line.count }

    package init(_ settings: AdmissionSettings) {
        self.settings = AdmissionSettings(
            concurrency: max(1, settings.concurrency), queue: min(max(0, settings.queue), 1_000_000))
    }

    /// Nanoseconds that one who comes now is likely to wait, 0 while nothing is known.
    package var expectedWait: Int64 { running < settings.concurrency ? 0 : nextWait }

    /// Takes a slot if one is free, without a waiter to be woken. The first thing to try.
    package mutating func enterIfFree() -> Bool {
        guard running < settings.concurrency else { return false }
        running += 1
        return true
    }

    /// Takes a slot or a place in the queue. `waiter` is kept only if the answer is `queued`.
    package mutating func enter(now: Int64, deadline: Int64, waiter: Waiter) -> AdmissionEntry {
        if deadline != 0, deadline <= now { return .shed(.deadline, retryAfter: retryAfter) }
        if enterIfFree() { return .admitted }
        guard queued < settings.queue else { return .shed(.full, retryAfter: retryAfter) }
        if deadline != 0, nextWait > deadline - now {
            return .shed(.deadline, retryAfter: retryAfter)
        }
        let ticket = line.append(deadline: deadline)
        if Int(ticket.place) < waiters.count {
            waiters[Int(ticket.place)] = waiter
        } else {
            waiters.append(waiter)
        }
        return .queued(ticket)
    }

    /// Gives a slot back, or on to the first in the queue whose deadline has not passed.
    ///
    /// - Parameter serviceTime: how long the slot was held, nanoseconds; nil if it served nobody, which says nothing of
    ///   how long others will wait.
    package mutating func leave(now: Int64, serviceTime: Int64?) -> Woken {
        precondition(running > 0, "a slot was given back twice")
        if let serviceTime { self.serviceTime.measure(serviceTime) }
        var woken = Woken()
        while let (place, deadline) = line.first {
            let waiter = remove(place)
            if deadline == 0 || deadline > now {
                woken.admitted = waiter
                return woken
            }
            woken.shed.append(waiter)
        }
        running -= 1
        return woken
    }

    /// Gives up a place: the client left, or its timer fired.
    ///
    /// - Returns: nil if the waiter has been woken or has withdrawn before. One that was admitted holds a slot and must
    ///   `leave`.
    package mutating func withdraw(_ ticket: AdmissionTicket) -> Waiter? {
        line.contains(ticket) ? remove(Int(ticket.place)) : nil
    }

    /// Empties the queue, for the end: all who wait, in their order. They hold nothing.
    package mutating func drain() -> [Waiter] {
        var all: [Waiter] = []
        all.reserveCapacity(queued)
        while let (place, _) = line.first { all.append(remove(place)) }
        return all
    }

    private var nextWait: Int64 { serviceTime.wait(position: queued + 1, concurrency: settings.concurrency) }

    /// A second while nothing is known.
    private var retryAfter: Int64 { serviceTime.average == 0 ? 1_000_000_000 : max(1, nextWait) }

    private mutating func remove(_ place: Int) -> Waiter {
        line.remove(place)
        guard let waiter = waiters[place].take() else { preconditionFailure("nobody waits at this place") }
        return waiter
    }
}
