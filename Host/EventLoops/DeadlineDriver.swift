package import NIOCore

/// A wheel of deadlines on one loop, turned by one timer of the loop's own while there is something to wait for. Confined
/// to the loop.
package final class DeadlineDriver<Owner: AnyObject> {
    private var wheel: DeadlineWheel<Owner>
    private let loop: any EventLoop
    private let expired: ([Owner]) -> Void
    /// The earliest turn that is scheduled. One that was overtaken by an earlier deadline finds nothing to do.
    private var scheduled: NIODeadline?

    /// - Parameter expired: takes those whose time has come. Their tickets are void: it must forget all of them before it
    ///   does anything that could remove one.
    package init(loop: any EventLoop, expired: @escaping ([Owner]) -> Void) {
        self.loop = loop
        self.expired = expired
        wheel = DeadlineWheel(now: .now())
    }

    package func insert(_ owner: Owner, deadline: NIODeadline) -> DeadlineWheel<Owner>.Ticket {
        if wheel.count == 0 { wheel.skip(to: .now()) }
        let ticket = wheel.insert(owner, deadline: deadline)
        if scheduled.map({ deadline < $0 }) ?? true { schedule() }
        return ticket
    }

    package func remove(_ ticket: DeadlineWheel<Owner>.Ticket) { wheel.remove(ticket) }

    private func schedule() {
        guard wheel.count > 0 else { return }
        let next = wheel.nextTick
        guard scheduled.map({ next < $0 }) ?? true else { return }
        scheduled = next
        loop.assumeIsolated().scheduleTask(deadline: next) {
            if self.scheduled == next { self.scheduled = nil }
            let owners = self.wheel.expire(now: .now())
            if !owners.isEmpty { self.expired(owners) }
            self.schedule()
        }
    }
}
