package import CJackfield
package import JackfieldVocabulary
import Synchronization

/// The functions of one live instance of a plugin, wherever it lives: in this process or behind a wire. The host's side of
/// the conversation is a `HostSide`.
///
/// An instance that dies with its process is not brought back to life: the next one is another `PluginSide`.
package protocol PluginSide: AnyObject, Sendable {
    /// Events of the host's calls are paid for with credit, which `resume` gives back; otherwise `resume` is called only
    /// after an event was not taken.
    var isCredited: Bool { get }

    /// What it is told, it hears in order on threads that are not the teller's. Otherwise whoever tells it something is
    /// inside the plugin meanwhile, and tells it what belongs to one call on one loop.
    var hasOwnThreads: Bool { get }

    /// Begin a call of the host; on the loop of the call.
    func start(_ start: CallStart) -> CallAcceptance
    /// Deliver an event of a call of the plugin; `.full`: again after `HostSide.resumed`. One call's come one by one.
    func emit(_ call: jackfield_call, _ event: UInt32, _ payload: [UInt8]) -> CallMailbox.Admission
    /// Finish a call of the plugin, the last that it hears of it. One that ends `cancelled` drops what still waits.
    func finish(_ call: jackfield_call, _ outcome: Result<[UInt8], CallError>)
    /// [any-thread]
    func cancel(_ call: jackfield_call)
    /// The host has read `bytes` of a call's events. [any-thread]
    func resume(_ call: jackfield_call, bytes: Int)

    // Lifecycle: one at a time.

    /// - Throws: `openFailed` with the plugin's own sentence, or `stuck`.
    func open() throws(LoadError)
    /// - Parameters:
    ///   - deadline: for the plugin, nanoseconds of CLOCK_MONOTONIC.
    ///   - limit: until when its answer is waited for.
    /// - Returns: what it was given up for; nil if it answered.
    func drain(deadline: Int64, limit: Int64) -> String?
    /// Close and destroy; nothing goes in after that.
    ///
    /// - Returns: what it was left behind for; nil if it gave everything back.
    func end(limit: Int64) -> String?
}

/// A call of the host as it goes into a plugin.
package struct CallStart: Sendable {
    package var call: jackfield_call
    package var parent: jackfield_call = 0
    /// Index into the plugin's roles.
    package var interface: UInt32
    package var method: UInt32
    /// Nanoseconds of CLOCK_MONOTONIC, or 0.
    package var deadline: Int64
    /// A flat `jackfield_context`.
    package var context: [UInt8]
    package var request: [UInt8]

    package init(
        call: jackfield_call, parent: jackfield_call = 0, interface: UInt32, method: UInt32, deadline: Int64,
        context: [UInt8], request: [UInt8]
    ) {
        self.call = call
        self.parent = parent
        self.interface = interface
        self.method = method
        self.deadline = deadline
        self.context = context
        self.request = request
    }
}

/// What became of a start.
package enum CallAcceptance: Sendable {
    /// The plugin has it, or will: then a refusal comes through `HostSide.refused`.
    case taken
    /// The plugin's answer, or `BARRIER_THREW`.
    case refused(Int32)
    /// It never got to the plugin.
    case failed(CallError)
}

/// What an instance of a plugin says to the host, from any thread. Views are borrowed; the answers are those of abi.h.
package protocol HostSide: AnyObject, Sendable {
    /// The instance's id in the manifest.
    var id: String { get }

    func started(_ start: jackfield_start) -> Int32
    func emitted(_ call: jackfield_call, event: UInt32, payload: jackfield_view) -> Int32
    func finished(_ call: jackfield_call, _ end: jackfield_end) -> Int32
    func cancelled(_ call: jackfield_call) -> Int32
    func resumed(_ call: jackfield_call) -> Int32

    /// Whether the host has given up a call that the plugin still has to finish.
    func isOwed(_ call: jackfield_call) -> Bool

    /// A call that was `taken` was refused later, with this status.
    func refused(_ call: jackfield_call, status: Int32)
    /// A call that was `taken` was cancelled before the plugin heard of it.
    func skipped(_ call: jackfield_call)
    /// The plugin broke the ABI; the sentence says how.
    func broke(_ sentence: String)
}

/// Where a side finds the host, once there is one: the two know each other, and one must be made first.
package final class HostLink: Sendable {
    private let host = Mutex<(any HostSide)?>(nil)

    package init() {}

    package var target: (any HostSide)? {
        get { host.withLock { $0 } }
        set { host.withLock { $0 = newValue } }
    }
}
