package import CJackfield

/// A call that the bench started on the plugin, and all that came of it. Guarded by the bench's lock.
package final class CallRecord: @unchecked Sendable {
    package struct Event: Sendable, Hashable {
        package var number: UInt32
        package var payload: [UInt8]
    }
    /// An event as it was offered, and what it was answered.
    package struct Offer: Sendable, Hashable {
        package var event: Event
        package var answer: Int32
    }

    package let handle: jackfield_call
    package let request: CallRequest
    /// Decides what an `emit` is answered; nil: OK, or CANCELLED once the call was cancelled. Called on the plugin's
    /// thread, without the lock.
    package let onEmit: ((CallRecord, Event) -> Int32)?
    let lock: BenchLock

    /// What `start` answered; nil: it has not returned.
    var startStatus: Int32?
    var offered: [Offer] = []
    var ended: BenchEnd?
    var isCancelled = false
    /// What the last `cancel` was answered.
    var cancelAnswer: Int32?
    /// Functions of the host that are running for this call now.
    var inside = 0
    /// What the plugin was handed.
    var memory: [BenchMemory] = []

    init(
        handle: jackfield_call, request: CallRequest, lock: BenchLock, onEmit: ((CallRecord, Event) -> Int32)?
    ) {
        self.handle = handle
        self.request = request
        self.lock = lock
        self.onEmit = onEmit
    }

    /// The memory that the plugin was lent: request, context, `jackfield_start`.
    package var lent: [BenchMemory] { lock.read { memory } }
    /// What `start` answered; nil: it has not returned.
    package var status: Int32? { lock.read { startStatus } }
    package var end: BenchEnd? { lock.read { ended } }
    package var offers: [Offer] { lock.read { offered } }
    /// Those that were taken.
    package var events: [Event] { lock.read { offered.filter { $0.answer == JACKFIELD_OK }.map(\.event) } }

    /// `start` has returned, and the call was refused or has been finished.
    package var isOver: Bool { lock.read { startStatus != nil && (startStatus != JACKFIELD_OK || ended != nil) } }

    /// How it ended, where a refusal by `start` counts as an end with that code; nil: not yet.
    package var outcome: BenchEnd? {
        lock.read {
            if let ended { return ended }
            guard let startStatus, startStatus != JACKFIELD_OK else { return nil }
            return BenchEnd(code: startStatus, message: "start refused the call")
        }
    }

    /// The bench has cancelled it.
    package var isGivenUp: Bool { lock.read { isCancelled } }

    /// The plugin did not know the call when it was cancelled, or has not answered yet.
    package var isCancelLost: Bool { lock.read { isCancelled && cancelAnswer == JACKFIELD_STALE } }

    /// For evidence: "invoke: 3 events, then ok".
    package var summary: String {
        let count = events.count
        let end = outcome.map { "\($0.label)\($0.message.isEmpty ? "" : " (\($0.message))")" } ?? "no end"
        return "\(request.method.name): \(count) event\(count == 1 ? "" : "s"), then \(end)"
    }
}
