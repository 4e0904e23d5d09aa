import Synchronization

/// Whose doing the end of a call was.
package enum CallEnding: Sendable, Hashable {
    /// The plugin finished it, well or with an error of its own, or refused it.
    case finished
    /// The host gave it up: its deadline passed, nobody waits any more, or the plugin said something malformed.
    case aborted
    /// The plugin's process ended while the call was under way.
    case lost
    /// The plugin was never asked: its process is not there now, or takes nothing more.
    case unsent
}

/// Tells when a plugin is through with a call: when it has finished it, which after an abort may be long after the host
/// has stopped to listen, or when it is gone.
final class CallRelease: Sendable {
    private enum State {
        case held
        case awaited(@Sendable () -> Void)
        case released
    }
    private let state = Mutex(State.held)

    /// Run `body` once, when the plugin is through; at once if it is already. One listener.
    func whenReleased(_ body: @escaping @Sendable () -> Void) {
        let isOver = state.withLock { state in
            if case .released = state { return true }
            state = .awaited(body)
            return false
        }
        if isOver { body() }
    }

    func release() {
        let body: (@Sendable () -> Void)? = state.withLock { state in
            defer { state = .released }
            if case .awaited(let body) = state { return body }
            return nil
        }
        body?()
    }
}
