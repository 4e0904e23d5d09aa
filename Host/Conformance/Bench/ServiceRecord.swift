package import CJackfield

/// A call that the plugin started on a service of the bench. Guarded by the bench's lock.
package final class ServiceRecord: @unchecked Sendable {
    package let handle: jackfield_call
    package let parent: jackfield_call
    /// "jackfield.http"
    package let service: String
    package let method: ContractTable.Method
    package let request: [UInt8]

    /// What is still to be delivered.
    var queue: [CallRecord.Event] = []
    var end: BenchEnd?
    var isDelivering = false
    /// `resume` came while an event was being offered.
    var hasRoom = false
    var isHeldBack = false
    var isFinished = false
    /// What the plugin was handed and must not look into any more.
    var kept: [BenchMemory] = []

    init(
        handle: jackfield_call, parent: jackfield_call, service: String, method: ContractTable.Method,
        request: [UInt8]
    ) {
        self.handle = handle
        self.parent = parent
        self.service = service
        self.method = method
        self.request = request
    }
}

/// What the bench does with a call of the plugin.
package enum ServiceAnswer: Sendable {
    /// `start` answers this code, and the call never was.
    case refuse(Int32)
    /// Events, then the end, on the loop.
    case answer([CallRecord.Event], BenchEnd)
    /// The same, before `start` returns.
    case inside([CallRecord.Event], BenchEnd)
    /// The same, after so many nanoseconds.
    case after(Int64, [CallRecord.Event], BenchEnd)
    /// Nothing comes until the call is cancelled.
    case never
}
