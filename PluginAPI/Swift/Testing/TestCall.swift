import CJackfield
public import JackfieldVocabulary
import Synchronization

/// A call of the host on the plugin, and what has come of it so far.
public final class TestCall<Event: Sendable, Answer: Payload>: Sendable {
    private struct State {
        var events: [Event] = []
        var taken = 0
        var turnedAway = false
        var end: Result<[UInt8], CallError>?
        var waiters: [UnsafeContinuation<Void, Never>] = []
    }

    private let handle: jackfield_call
    private let host: TestHost
    private let contract: MethodContract?
    private let event: @Sendable (UInt32, PayloadReader) -> Event?
    private let state = Mutex(State())

    init(
        handle: jackfield_call, host: TestHost, contract: MethodContract?,
        event: @escaping @Sendable (UInt32, PayloadReader) -> Event?
    ) {
        self.handle = handle
        self.host = host
        self.contract = contract
        self.event = event
    }

    /// What the plugin emitted, in order.
    public var events: [Event] { state.withLock { $0.events } }

    /// The plugin has finished the call.
    public var isFinished: Bool { state.withLock { $0.end != nil } }

    /// Wait for the end.
    ///
    /// - Throws: what the plugin finished the call with.
    public func result() async throws(CallError) -> Answer {
        await withUnsafeContinuation { (continuation: UnsafeContinuation<Void, Never>) in
            let isFinished = state.withLock { state in
                if state.end == nil { state.waiters.append(continuation) }
                return state.end != nil
            }
            if isFinished { continuation.resume() }
        }
        return try answerNow()
    }

    /// Tell the plugin that nobody wants the answer any more. The plugin still finishes the call.
    public func cancel() { host.cancel(handle) }

    /// The answer of a method that does not wait.
    func answerNow() throws(CallError) -> Answer {
        guard let end = state.withLock({ $0.end }) else {
            throw CallError(.internal, "the plugin has not finished the call, which it must do at once")
        }
        return try end.get().withUnsafeBytes { Answer(PayloadReader(checked: $0)) }
    }
}

/// Where what a plugin says of a call goes, whatever its events.
protocol CallReceiver: Sendable {
    func take(_ event: UInt32, _ payload: jackfield_view) -> Reception
    func settle(_ end: Result<[UInt8], CallError>)
    func fault(result: jackfield_view) -> PayloadFault?
}

/// What is answered to an event.
enum Reception {
    case taken
    case turnedAway
    case unwanted
    case malformed(String)
}

extension TestCall: CallReceiver {
    func take(_ number: UInt32, _ payload: jackfield_view) -> Reception {
        guard let contract, contract.knows(event: number) else { return .malformed("the role has no event \(number)") }
        if let fault = contract.fault(event: number, payload) { return .malformed("event \(number): \(fault)") }
        let read = event(number, PayloadReader(checked: payload))
        return state.withLock { state in
            if case .leaving(let count) = host.reader, state.taken >= count { return .unwanted }
            if host.reader == .slow, !state.turnedAway {
                state.turnedAway = true
                return .turnedAway
            }
            state.turnedAway = false
            state.taken += 1
            if let read { state.events.append(read) }
            return .taken
        }
    }

    func settle(_ end: Result<[UInt8], CallError>) {
        let waiters = state.withLock { state in
            state.end = state.end ?? end
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
    }

    func fault(result: jackfield_view) -> PayloadFault? { contract?.fault(result: result) }
}
