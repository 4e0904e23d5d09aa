import CJackfield
import JackfieldJSON
import JackfieldVocabulary
import Loading

/// The host of one instance, the same whichever process the instance lives in: it writes down what it hears, and answers
/// services from the rehearsal.
final class ModeHost: HostSide, @unchecked Sendable {
    let id = "checked"
    private let bench: Bench
    private let services: [ContractTable?]
    private var side: (any PluginSide)?

    /// One call of the host, as it was heard. Guarded by the bench's lock.
    private struct Heard {
        var events: [CallRecord.Event] = []
        var end: BenchEnd?
    }
    private var calls: [jackfield_call: Heard] = [:]
    /// Calls of the plugin that are being answered, and what is left of each.
    private var answers: [jackfield_call: (events: [CallRecord.Event], end: BenchEnd)] = [:]
    private var faults: [String] = []

    init(bench: Bench, descriptor: PluginDescriptor) {
        self.bench = bench
        services = descriptor.services.map { ContractTable($0.id, revision: $0.revision) }
    }

    /// Make and open the instance.
    func open(_ image: any PluginImage, _ link: HostLink) throws(LoadError) -> any PluginSide {
        let made = try image.create(
            InstanceSetup(
                id: id, config: Array(bench.subject.config.text.utf8),
                granted: zip(image.descriptor.services, services).map { $1 == nil ? 0 : $0.revision }, host: link))
        link.target = self
        side = made
        try made.open()
        return made
    }

    /// Ask, and wait for the end; the events and the end that came.
    ///
    /// - Throws: failed where it does not come, or where the plugin broke the ABI.
    func ask(_ request: CallRequest, number: UInt64) throws -> ModeTranscript.Answer {
        guard let side else { throw Finding.failed("there is no instance") }
        let handle = 0x2_0000_0000 + number
        bench.lock.change { calls[handle] = Heard() }
        let start = CallStart(
            call: handle, interface: 0, method: request.method.number, deadline: 0,
            context: CallContext(requestID: "check-\(number)").payload(), request: request.payload)
        switch side.start(start) {
        case .taken: break
        case .refused(let status): refused(handle, status: status)
        case .failed(let error): throw Finding.failed("a call never got to the plugin: \(error.message)")
        }
        let isOver = bench.run { bench.lock.read { calls[handle]?.end != nil } }
        let (heard, faults) = bench.lock.read { (calls[handle], self.faults) }
        guard isOver, let heard, let end = heard.end else {
            throw Finding.failed("`\(request.method.name)` was not finished within six seconds")
        }
        if let fault = faults.first { throw Finding.failed(fault) }
        return ModeTranscript.Answer(method: request.method.name, events: heard.events, end: end)
    }

    // MARK: What the plugin says; from any thread

    func emitted(_ call: jackfield_call, event: UInt32, payload: jackfield_view) -> Int32 {
        let bytes = Array(payload.bytes)
        let isKnown = bench.lock.change { () -> Bool in
            guard calls[call] != nil, calls[call]?.end == nil else { return false }
            calls[call]?.events.append(CallRecord.Event(number: event, payload: bytes))
            return true
        }
        guard isKnown else { return JACKFIELD_STALE }
        if side?.isCredited == true { bench.loop.post { [self] in side?.resume(call, bytes: bytes.count) } }
        return JACKFIELD_OK
    }

    func finished(_ call: jackfield_call, _ end: jackfield_end) -> Int32 {
        var copy = BenchEnd(code: end.code)
        copy.retry = end.retry
        copy.retryAfter = end.retry_after
        if end.code == JACKFIELD_OK {
            copy.result = Array(end.result.bytes)
        } else {
            copy.message = String(decoding: end.message.bytes, as: UTF8.self)
        }
        return bench.lock.change { () -> Int32 in
            guard calls[call] != nil, calls[call]?.end == nil else { return JACKFIELD_STALE }
            calls[call]?.end = copy
            return JACKFIELD_OK
        }
    }

    func refused(_ call: jackfield_call, status: Int32) {
        bench.lock.change { calls[call]?.end = BenchEnd(code: status, message: "refused") }
    }

    func skipped(_ call: jackfield_call) {}
    func isOwed(_ call: jackfield_call) -> Bool { false }
    func broke(_ sentence: String) { bench.lock.change { faults.append(sentence) } }

    // MARK: Services

    func started(_ start: jackfield_start) -> Int32 {
        guard services.indices.contains(Int(start.interface)), let service = services[Int(start.interface)],
            let method = service.method(start.method)
        else { return JACKFIELD_UNSUPPORTED }
        let record = ServiceRecord(
            handle: start.call, parent: start.parent, service: service.id, method: method,
            request: Array(start.request.bytes))
        let answer: (events: [CallRecord.Event], end: BenchEnd)
        var delay: Int64 = 0
        switch ServiceScript.answer(record, bench.subject.rehearsal) {
        case .refuse(let code): return code
        case .never: return JACKFIELD_OK
        case .answer(let events, let end), .inside(let events, let end): answer = (events, end)
        case .after(let time, let events, let end):
            delay = time
            answer = (events, end)
        }
        let call = start.call
        bench.lock.change { answers[call] = answer }
        bench.loop.post(at: BenchClock.now() + delay) { [self] in deliver(call) }
        return JACKFIELD_OK
    }

    /// On the bench's loop: until the plugin is full, or all is told.
    private func deliver(_ call: jackfield_call) {
        while let answer = bench.lock.read({ answers[call] }) {
            guard let event = answer.events.first else {
                bench.lock.change { answers[call] = nil }
                let outcome: Result<[UInt8], CallError> =
                    answer.end.isOK
                    ? .success(answer.end.result)
                    : .failure(
                        CallError(
                            CallError.Code(rawValue: answer.end.code) ?? .internal, answer.end.message,
                            retry: answer.end.retry == 1))
                side?.finish(call, outcome)
                return
            }
            switch side?.emit(call, event.number, event.payload) {
            case .taken: bench.lock.change { _ = answers[call]?.events.removeFirst() }
            case .full: return
            case .ended, nil: bench.lock.change { answers[call]?.events = [] }
            }
        }
    }

    func resumed(_ call: jackfield_call) -> Int32 {
        bench.loop.post { [self] in deliver(call) }
        return JACKFIELD_OK
    }

    func cancelled(_ call: jackfield_call) -> Int32 {
        let isKnown = bench.lock.change { answers.removeValue(forKey: call) != nil }
        guard isKnown else { return JACKFIELD_STALE }
        bench.loop.post { [self] in
            side?.finish(call, .failure(CallError(.cancelled, "the plugin has cancelled the call")))
        }
        return JACKFIELD_OK
    }
}
