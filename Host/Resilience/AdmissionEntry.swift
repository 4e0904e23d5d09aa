/// How many may run at a time and how many may wait.
package struct AdmissionSettings: Sendable, Equatable {
    /// 1 or more.
    package var concurrency: Int
    /// 0 or more, up to 1 000 000. With 0 nobody waits.
    package var queue: Int

    package init(concurrency: Int, queue: Int) {
        self.concurrency = concurrency
        self.queue = queue
    }
}

/// What became of one who wants to run.
package enum AdmissionEntry: Sendable, Equatable {
    /// Holds a slot: `leave` when done.
    case admitted
    /// Is woken by a `leave`, unless it withdraws before.
    case queued(AdmissionTicket)
    /// Was not taken. `retryAfter`: nanoseconds in which the queue is likely to have been worked off.
    case shed(ShedReason, retryAfter: Int64)
}

/// One place in the queue.
package struct AdmissionTicket: Sendable, Equatable {
    let place: Int32
    let serial: UInt64
}

package enum ShedReason: String, Sendable {
    /// As many wait as may.
    case full
    /// The deadline has passed, or would pass before the turn comes: the work would be for nobody.
    case deadline
}
