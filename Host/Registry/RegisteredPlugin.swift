package import Isolation
package import JackfieldVocabulary
package import Loading
package import Manifest
import Synchronization
package import Telemetry

/// One instance of the manifest: what it should be, how it stands, and, while it runs, the running plugin.
package final class RegisteredPlugin: Sendable {
    package let config: PluginConfig
    package var id: PluginInstanceID { config.id }

    package struct State: Sendable {
        package var status: PluginStatus
        package var since: WallTime
        package var location: PluginLocation?
        package var signature: SignatureState?
        package var running: RunningPlugin?
        /// With `isolation: process`: its process.
        package var isolated: IsolatedPlugin?
        /// The folder for its temporary files.
        var temporary: TemporaryFolder?
        package var error: LoadError?
        /// Nanoseconds from the first look at its folder to ready or failed.
        package var loadDuration: Int64?
        /// How often the plugin broke the ABI, and how the last time.
        package var faults = 0
        package var lastFault: String?
        /// Of an agent.
        package var description: Agent.Description?
        /// Of a tool plugin.
        package var tools: [Tool.Entry] = []
    }
    private let state: Mutex<State>
    /// Of its status and of its process.
    package let changes = PluginChanges()

    init(_ config: PluginConfig) {
        self.config = config
        state = Mutex(State(status: config.enabled ? .configured : .disabled, since: .now()))
    }

    package var now: State { state.withLock { $0 } }

    /// The running plugin, while it takes calls.
    package var ready: RunningPlugin? {
        state.withLock { $0.status == .ready ? $0.running : nil }
    }

    /// It has a process of its own, and where there is none now, the next one is on its way: the circuit is not open.
    package var isBetweenProcesses: Bool { now.isolated.map { $0.report.phase != .open } ?? false }

    package var kind: PluginKind? { config.kind ?? now.location?.manifest.id.kind }

    /// It broke the rules of its role, in a way that only the caller could see.
    package func noteFault(_ sentence: String) {
        update { state in
            state.faults += 1
            state.lastFault = sentence
        }
    }

    func update(_ change: (inout State) -> Void) { state.withLock { change(&$0) } }

    func become(_ status: PluginStatus, _ change: (inout State) -> Void = { _ in }) {
        state.withLock { state in
            precondition(state.status.mayBecome(status), "\(id) cannot go from \(state.status) to \(status)")
            state.status = status
            state.since = .now()
            change(&state)
        }
        changes.note()
    }
}
