import CJackfield
import JackfieldJSON
import JackfieldVocabulary

@testable import Anthropic
@testable import JackfieldPlugin

/// A host for one instance of the plugin: it answers each request to the network as a test says, and keeps what the
/// plugin did. Everything runs on the thread of the test, one call at a time.
final class ScriptedHost: @unchecked Sendable {
    struct Reply {
        var status = 200
        var type: String? = "application/json"
        var headers: [(name: String, value: String)] = []
        /// As the network brings them.
        var pieces: [String] = []
        /// How the network fails after that; nil for an orderly end.
        var failure: CallError?
        /// The answer stays without an end.
        var isEndless = false
    }

    private(set) var requests: [HTTPRequest] = []
    private(set) var events: [LLM.Event] = []
    private(set) var end: Result<[UInt8], CallError>?
    /// Requests to the network that the plugin gave up.
    private(set) var givenUp = 0
    /// After so many events nobody wants the answer any more.
    var wanted = Int.max

    private var replies: [Reply]
    private let table: UnsafeMutablePointer<jackfield_side>
    private var instance: PluginInstance!
    private var handle: jackfield_call = 0

    init(config: String = #"{"base_url":"https://h","api_key":"sk-ant-0123456789"}"#, _ replies: Reply...) throws {
        self.replies = replies
        table = .allocate(capacity: 1)
        table.initialize(
            to: jackfield_side(
                size: UInt32(MemoryLayout<jackfield_side>.size), reserved: 0, instance: nil,
                start: { ScriptedHost.at($0).started($1.pointee) },
                emit: { host, _, event, payload in ScriptedHost.at(host).emitted(event, payload) },
                finish: { host, _, end in ScriptedHost.at(host).finished(end.pointee) },
                cancel: { host, _ in
                    ScriptedHost.at(host).givenUp += 1
                    return JACKFIELD_OK
                },
                resume: { _, _ in JACKFIELD_OK }))
        let definition = AnthropicProvider.definition
        let dispatcher = try definition.make(PluginSetup(instance: "claude", config: try JSON(parsing: config)))
        instance = PluginInstance(
            definition: definition, dispatcher: dispatcher, host: HostSide(table: UnsafePointer(table)),
            granted: [1, 1])
        table.pointee.instance = Unmanaged.passUnretained(self).toOpaque()
    }

    deinit {
        instance.close()
        table.deallocate()
    }

    private static func at(_ pointer: UnsafeMutableRawPointer?) -> ScriptedHost {
        Unmanaged<ScriptedHost>.fromOpaque(pointer!).takeUnretainedValue()
    }

    // MARK: What a test does

    func complete(_ request: LLM.CompletionRequest) throws -> LLM.CompletionResult {
        try call(JACKFIELD_LLM_COMPLETE, request.payload())
            .withUnsafeBytes { LLM.CompletionResult(PayloadReader(checked: $0)) }
    }

    func models() throws -> [LLM.Model] {
        try call(JACKFIELD_LLM_MODELS, Empty().payload())
            .withUnsafeBytes { LLM.ModelList(PayloadReader(checked: $0)).models }
    }

    func embed(_ text: String) throws {
        _ = try call(JACKFIELD_LLM_EMBED, LLM.EmbeddingRequest(model: "m", input: [text]).payload())
    }

    /// Start a call, and return what it was finished with.
    private func call(_ method: Int32, _ payload: [UInt8]) throws -> [UInt8] {
        events = []
        end = nil
        handle += 1
        payload.withUnsafeBytes { bytes in
            var start = jackfield_start()
            start.size = UInt32(MemoryLayout<jackfield_start>.size)
            start.method = UInt32(method)
            start.call = handle
            start.request = jackfield_view(bytes)
            _ = instance.dispatcher.dispatch(start, on: instance)
        }
        guard let end else { throw CallError(.internal, "the plugin has not finished the call") }
        return try end.get()
    }

    // MARK: What the plugin does

    private func started(_ start: jackfield_start) -> Int32 {
        guard let call = instance.outgoing(start.call) else { return JACKFIELD_INTERNAL }
        guard instance.definition.services[Int(start.interface)].service == .http else {
            Result<[UInt8], CallError>.success(Empty().payload()).withEnd { call.finished($0) }
            return JACKFIELD_OK
        }
        requests.append(HTTPRequest(PayloadReader(checked: start.request)))
        let reply = replies.isEmpty ? Reply() : replies.removeFirst()
        let type = reply.type.map { [(name: "content-type", value: $0)] } ?? []
        deliver(
            JACKFIELD_HTTP_EVENT_HEAD, HTTPHead(status: reply.status, headers: type + reply.headers).payload(), call)
        for piece in reply.pieces { deliver(JACKFIELD_HTTP_EVENT_BODY, HTTPBody(Array(piece.utf8)).payload(), call) }
        if reply.isEndless { return JACKFIELD_OK }
        let end: Result<[UInt8], CallError> = reply.failure.map { .failure($0) } ?? .success(Empty().payload())
        end.withEnd { call.finished($0) }
        return JACKFIELD_OK
    }

    private func deliver(_ event: UInt32, _ payload: [UInt8], _ call: OutgoingCall) {
        payload.withUnsafeBytes { _ = call.received(event: event, payload: jackfield_view($0)) }
    }

    private func emitted(_ number: UInt32, _ payload: jackfield_view) -> Int32 {
        guard events.count < wanted else { return JACKFIELD_CANCELLED }
        if let event = LLM.Event(event: number, PayloadReader(checked: payload)) { events.append(event) }
        return JACKFIELD_OK
    }

    private func finished(_ end: jackfield_end) -> Int32 {
        self.end = end.code == JACKFIELD_OK ? .success(Array(end.result.bytes)) : .failure(CallError(end))
        return JACKFIELD_OK
    }
}
