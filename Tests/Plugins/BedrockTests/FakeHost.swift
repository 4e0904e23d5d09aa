import CJackfield
import JackfieldVocabulary
import Synchronization

@testable import Bedrock
@testable import JackfieldPlugin

/// The services of a host for one plugin instance, played by a test: secrets from a list, answers of the network from a
/// script. Everything is answered before the plugin's call returns, so that no test waits for a thread.
final class FakeHost: Sendable {
    /// What the network answers to a request.
    enum Answer: Sendable {
        case reply(Int, [(name: String, value: String)] = [], [[UInt8]])
        /// The connection ends with this error after the head and these pieces.
        case breaks([(name: String, value: String)], [[UInt8]], CallError)
        case fails(CallError)
        /// Nothing, until `release`.
        case held
    }

    private struct State {
        var requests: [HTTPRequest] = []
        var events: [LLM.Event] = []
        var asked: [String] = []
        var cancelled: [UInt64] = []
        var held: [(call: UInt64, request: HTTPRequest)] = []
        var instance: PluginInstance?
    }

    private let state = Mutex(State())
    private let holding = AsyncStream<Void>.makeStream()
    /// Nil: the plugin has no access to secrets at all.
    private let secrets: [String: String]?
    private let granted: Set<String>
    private let network: @Sendable (HTTPRequest) -> Answer

    /// - Parameter granted: names of secrets that may be asked for and are not set.
    init(
        secrets: [String: String]? = nil, granted: Set<String> = [],
        network: @escaping @Sendable (HTTPRequest) -> Answer = { _ in .fails(CallError(.unavailable, "no network")) }
    ) {
        self.secrets = secrets
        self.granted = granted
        self.network = network
    }

    var requests: [HTTPRequest] { state.withLock { $0.requests } }
    var events: [LLM.Event] { state.withLock { $0.events } }
    /// Names of secrets, in the order in which they were asked for.
    var asked: [String] { state.withLock { $0.asked } }
    var cancelledCalls: Int { state.withLock { $0.cancelled.count } }

    /// A call of the host on this plugin.
    func call<Event: CallEvent>(_: Event.Type = Event.self) -> Call<Event> {
        let instance = state.withLock { state -> PluginInstance in
            if let instance = state.instance { return instance }
            let table = UnsafeMutablePointer<jackfield_side>.allocate(capacity: 1)
            table.initialize(
                to: jackfield_side(
                    size: UInt32(MemoryLayout<jackfield_side>.size), reserved: 0,
                    instance: Unmanaged.passUnretained(self).toOpaque(), start: startService, emit: emitEvent,
                    finish: { _, _, _ in JACKFIELD_OK }, cancel: cancelService, resume: { _, _ in JACKFIELD_OK }))
            let provider = BedrockProvider(BedrockConfig())
            let instance = PluginInstance(
                definition: BedrockProvider.definition, dispatcher: LLMDispatcher(provider),
                host: HostSide(table: UnsafePointer(table)), granted: [1, 1, secrets == nil ? 0 : 1])
            state.instance = instance
            return instance
        }
        return Call(core: IncomingCall(instance: instance, handle: 1, deadline: 0, context: []))
    }

    /// Until a request is held.
    func waitForHeldRequest() async { for await _ in holding.stream { break } }

    /// Answer the request that has been held longest.
    func release(_ answer: Answer) {
        let held = state.withLock { $0.held.isEmpty ? nil : $0.held.removeFirst() }
        if let held { give(answer, to: held.call, held.request) }
    }

    // MARK: Called by the plugin

    fileprivate func start(_ start: jackfield_start) {
        switch BedrockProvider.definition.services[Int(start.interface)].service {
        case .http:
            let request = HTTPRequest(PayloadReader(checked: start.request.bytes))
            state.withLock { $0.requests.append(request) }
            give(network(request), to: start.call, request)
        case .secrets:
            let name = SecretRequest(PayloadReader(checked: start.request.bytes)).name
            state.withLock { $0.asked.append(name) }
            if let value = secrets?[name] {
                finish(start.call, .success(SecretValue(value: value).payload()))
            } else {
                let code: CallError.Code = granted.contains(name) ? .notFound : .forbidden
                finish(start.call, .failure(CallError(code, "no secret \(name)")))
            }
        default: finish(start.call, .success(Empty().payload()))
        }
    }

    fileprivate func emitted(_ number: UInt32, _ payload: jackfield_view) {
        guard let event = LLM.Event(event: number, PayloadReader(checked: payload.bytes)) else { return }
        state.withLock { $0.events.append(event) }
    }

    fileprivate func cancelled(_ call: UInt64) { state.withLock { $0.cancelled.append(call) } }

    private func give(_ answer: Answer, to call: UInt64, _ request: HTTPRequest) {
        switch answer {
        case .held:
            state.withLock { $0.held.append((call, request)) }
            holding.continuation.yield()
        case .fails(let error): finish(call, .failure(error))
        case .reply(let status, let headers, let pieces):
            deliver(status, headers, pieces, to: call)
            finish(call, .success(Empty().payload()))
        case .breaks(let headers, let pieces, let error):
            deliver(200, headers, pieces, to: call)
            finish(call, .failure(error))
        }
    }

    private func deliver(
        _ status: Int, _ headers: [(name: String, value: String)], _ pieces: [[UInt8]], to call: UInt64
    ) {
        let head = HTTPHead(status: status, headers: headers).payload()
        event(UInt32(JACKFIELD_HTTP_EVENT_HEAD), head, to: call)
        for piece in pieces { event(UInt32(JACKFIELD_HTTP_EVENT_BODY), HTTPBody(piece).payload(), to: call) }
    }

    private func event(_ number: UInt32, _ payload: [UInt8], to call: UInt64) {
        let outgoing = state.withLock { $0.instance }?.outgoing(call)
        payload.withUnsafeBytes { _ = outgoing?.received(event: number, payload: jackfield_view($0)) }
    }

    private func finish(_ call: UInt64, _ outcome: Result<[UInt8], CallError>) {
        let outgoing = state.withLock { $0.instance }?.outgoing(call)
        outcome.withEnd { outgoing?.finished($0) }
    }
}

private func host(_ pointer: UnsafeMutableRawPointer?) -> FakeHost? {
    pointer.map { Unmanaged<FakeHost>.fromOpaque($0).takeUnretainedValue() }
}

private func startService(_ pointer: UnsafeMutableRawPointer?, _ start: UnsafePointer<jackfield_start>) -> Int32 {
    host(pointer)?.start(start.pointee)
    return JACKFIELD_OK
}

private func emitEvent(
    _ pointer: UnsafeMutableRawPointer?, _ call: jackfield_call, _ event: UInt32, _ payload: jackfield_view
) -> Int32 {
    host(pointer)?.emitted(event, payload)
    return JACKFIELD_OK
}

private func cancelService(_ pointer: UnsafeMutableRawPointer?, _ call: jackfield_call) -> Int32 {
    host(pointer)?.cancelled(call)
    return JACKFIELD_OK
}
