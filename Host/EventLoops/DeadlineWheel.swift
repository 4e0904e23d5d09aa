package import NIOCore

/// A hashed timing wheel (Varghese and Lauck, 1987): deadlines are set and removed in constant time and without an
/// allocation, because nearly all of them are removed unused. One timer drives it.
///
/// A pure value: it neither reads the clock nor sets timers.
package struct DeadlineWheel<Owner: AnyObject> {
    /// Names one deadline from `insert` to `remove` or expiry.
    package struct Ticket {
        fileprivate let index: Int32
    }

    private struct Entry {
        var owner: Owner?
        var tick: UInt64 = 0
        var next: Int32 = -1
        var previous: Int32 = -1
    }

    /// The resolution. Deadlines expire up to this much late, never early.
    package static var tickNanoseconds: UInt64 { 8_000_000 }

    private var entries: [Entry] = []
    private var free: Int32 = -1
    private var slots: [Int32]
    private var lastTick: UInt64
    package private(set) var count = 0

    package init(now: NIODeadline, slotCount: Int = 512) {
        self.slots = Array(repeating: -1, count: slotCount)
        self.lastTick = now.uptimeNanoseconds / Self.tickNanoseconds
    }

    /// When `expire` is to be called next, provided that the wheel is not empty: at the next slot that holds something,
    /// be it for a later turn of the wheel.
    package var nextTick: NIODeadline {
        let last = self.lastTick
        let count = UInt64(self.slots.count)
        let tick = (last + 1...last + count).first { self.slots[Int($0 % count)] >= 0 } ?? last + count
        return .uptimeNanoseconds(tick * Self.tickNanoseconds)
    }

    /// To be called before the first insert after a time in which `expire` was not called: the wheel was empty, so there is
    /// nothing to catch up with.
    package mutating func skip(to now: NIODeadline) {
        precondition(self.count == 0, "a wheel with deadlines must not skip any")
        self.lastTick = now.uptimeNanoseconds / Self.tickNanoseconds
    }

    package mutating func insert(_ owner: Owner, deadline: NIODeadline) -> Ticket {
        let rounded = (deadline.uptimeNanoseconds + (Self.tickNanoseconds - 1)) / Self.tickNanoseconds
        let tick = max(rounded, self.lastTick + 1)
        let index: Int32
        if self.free >= 0 {
            index = self.free
            self.free = self.entries[Int(index)].next
        } else {
            index = Int32(self.entries.count)
            self.entries.append(Entry())
        }
        let slot = Int(tick % UInt64(self.slots.count))
        let head = self.slots[slot]
        self.entries[Int(index)] = Entry(owner: owner, tick: tick, next: head, previous: -1)
        if head >= 0 { self.entries[Int(head)].previous = index }
        self.slots[slot] = index
        self.count += 1
        return Ticket(index: index)
    }

    /// A ticket must be removed at most once, and not after its deadline has expired.
    package mutating func remove(_ ticket: Ticket) {
        self.unlink(ticket.index)
    }

    /// Removes and returns the owners whose deadlines are at or before `now`.
    package mutating func expire(now: NIODeadline) -> [Owner] {
        let current = now.uptimeNanoseconds / Self.tickNanoseconds
        guard current > self.lastTick else { return [] }
        var expired: [Owner] = []
        // After a long sleep each slot needs to be looked at only once.
        let ticks = min(current - self.lastTick, UInt64(self.slots.count))
        for tick in (current - ticks + 1)...current {
            var index = self.slots[Int(tick % UInt64(self.slots.count))]
            while index >= 0 {
                let next = self.entries[Int(index)].next
                if self.entries[Int(index)].tick <= current, let owner = self.entries[Int(index)].owner {
                    expired.append(owner)
                    self.unlink(index)
                }
                index = next
            }
        }
        self.lastTick = current
        return expired
    }

    private mutating func unlink(_ index: Int32) {
        let entry = self.entries[Int(index)]
        precondition(entry.owner != nil, "a deadline was removed twice")
        if entry.previous >= 0 {
            self.entries[Int(entry.previous)].next = entry.next
        } else {
            self.slots[Int(entry.tick % UInt64(self.slots.count))] = entry.next
        }
        if entry.next >= 0 { self.entries[Int(entry.next)].previous = entry.previous }
        self.entries[Int(index)] = Entry(next: self.free)
        self.free = index
        self.count -= 1
    }
}
