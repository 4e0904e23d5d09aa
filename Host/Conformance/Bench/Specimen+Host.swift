import CJackfield
import JackfieldVocabulary

// The host as the plugin sees it: every function may be called from any thread, and notes what is wrong with the call.
extension Specimen {
    static func hostTable(_ instance: UnsafeMutableRawPointer?) -> jackfield_side {
        jackfield_side(
            size: UInt32(MemoryLayout<jackfield_side>.size), reserved: 0, instance: instance,
            start: { Specimen.of($0)?.serviceStarted($1) ?? JACKFIELD_UNAVAILABLE },
            emit: { Specimen.of($0)?.emitted($1, $2, $3) ?? JACKFIELD_STALE },
            finish: { Specimen.of($0)?.finished($1, $2) ?? JACKFIELD_STALE },
            cancel: { Specimen.of($0)?.serviceCancelled($1) ?? JACKFIELD_STALE },
            resume: { Specimen.of($0)?.serviceResumed($1) ?? JACKFIELD_STALE })
    }

    private static func of(_ pointer: UnsafeMutableRawPointer?) -> Specimen? { HostSlots.specimen(at: pointer) }

    /// Bounds of this host, as documented in docs/abi.md: bytes of one event and of one result.
    private static let largestEvent: UInt64 = 16 << 20
    private static let largestResult: UInt64 = 64 << 20

    /// Is the instance in a state in which it may call?
    private func mayCall(_ function: String) -> Bool {
        switch lock.read({ stage }) {
        case .none, .created:
            note(.callInCreate, "`\(function)` of the host was called before `open`")
            return false
        case .open: return true
        case .closed, .destroyed:
            note(
                function == "emit" || function == "finish" ? .answerAfterClose : .callAfterClose,
                "`\(function)` of the host was called after `close`")
            return false
        }
    }

    private func enter(_ handle: jackfield_call, _ function: String) -> CallRecord? {
        let (call, others) = lock.change { () -> (CallRecord?, Int) in
            let call = calls[handle]
            call?.inside += 1
            return (call, call?.inside ?? 0)
        }
        if others > 1 {
            note(.overlap, "`\(function)` was called while another function of the host was running for the same call")
        }
        return call
    }

    private func leave(_ call: CallRecord) { lock.change { call.inside -= 1 } }

    // MARK: What the plugin says of the bench's calls

    func emitted(_ handle: jackfield_call, _ event: UInt32, _ payload: jackfield_view) -> Int32 {
        guard mayCall("emit") else { return JACKFIELD_STALE }
        guard let call = enter(handle, "emit") else {
            note(.unknownCall, "`emit` named the call \(handle), which the host never started")
            return JACKFIELD_STALE
        }
        defer { leave(call) }
        let name = call.request.method.name
        if call.status ?? JACKFIELD_OK != JACKFIELD_OK {
            note(.refusedCallUsed, "`emit` was called for a call that `start` had refused")
            return JACKFIELD_STALE
        }
        if call.end != nil {
            note(.emitAfterFinish, "\(name): event \(event) came after `finish`")
            return JACKFIELD_STALE
        }
        guard let contract = call.request.method.events[event] else {
            note(.unknownEvent, "\(name): event \(event) is none of the method's")
            return JACKFIELD_OK
        }
        if payload.size > Self.largestEvent, payload.size <= UInt64(JACKFIELD_PAYLOAD_MAX) {
            note(.largeEvent, "\(name): the event \(contract.name) has \(payload.size) bytes, 16 MiB are allowed")
            return JACKFIELD_CANCELLED
        }
        if let fault = PayloadCheck.fault(contract.payload, payload) {
            note(.malformedEvent, "\(name): the event \(contract.name) is malformed: \(fault)")
            return JACKFIELD_INVALID_ARGUMENT
        }
        let record = CallRecord.Event(number: event, payload: Array(payload.bytes))
        let answer =
            call.onEmit?(call, record) ?? (lock.read { call.isCancelled } ? JACKFIELD_CANCELLED : JACKFIELD_OK)
        lock.change { call.offered.append(CallRecord.Offer(event: record, answer: answer)) }
        return answer
    }

    func finished(_ handle: jackfield_call, _ pointer: UnsafePointer<jackfield_end>) -> Int32 {
        guard mayCall("finish") else { return JACKFIELD_STALE }
        guard let call = enter(handle, "finish") else {
            note(.unknownCall, "`finish` named the call \(handle), which the host never started")
            return JACKFIELD_STALE
        }
        defer { leave(call) }
        let name = call.request.method.name
        if call.status ?? JACKFIELD_OK != JACKFIELD_OK {
            note(.refusedCallUsed, "`finish` was called for a call that `start` had refused")
            return JACKFIELD_STALE
        }
        if call.end != nil {
            note(.finishTwice, "\(name): `finish` was called again")
            return JACKFIELD_STALE
        }
        let end = judge(pointer, call)
        lock.change { call.ended = end }
        endChildren(of: handle)
        return JACKFIELD_OK
    }

    private func judge(_ pointer: UnsafePointer<jackfield_end>, _ call: CallRecord) -> BenchEnd {
        let name = call.request.method.name
        if let wrong = Self.wrongFrame(pointer, "jackfield_end") {
            note(.malformedEnd, "\(name): \(wrong)")
            return .failed(JACKFIELD_INTERNAL, "the end could not be read")
        }
        let end = pointer.pointee
        if end.reserved != 0 { note(.malformedEnd, "\(name): `reserved` of the end is \(end.reserved), not zero") }
        var copy = BenchEnd(code: end.code)
        copy.retry = end.retry
        copy.retryAfter = end.retry_after
        if end.code != JACKFIELD_OK { copy.message = String(decoding: end.message.bytes, as: UTF8.self) }
        if end.code != JACKFIELD_OK, CallError.Code(rawValue: end.code) == nil {
            note(.unknownCode, "\(name): the code \(end.code) of the end is not in the list of abi.h")
        }
        if end.code == JACKFIELD_OK {
            // The message is not read.
        } else if end.message.data == nil ? end.message.size > 0 : end.message.size > 1 << 20 {
            note(.badMessage, "\(name): the message of the end is a view of \(end.message.size) bytes")
        } else if String(validating: end.message.bytes, as: UTF8.self) == nil {
            note(.badMessage, "\(name): the message of the end is not UTF-8")
        } else if copy.message.isEmpty {
            note(.badMessage, "\(name): the call ended with \(copy.label) and no sentence that says why")
        }
        if end.retry > 1 || end.retry_after < 0 || (end.retry == 0 && end.retry_after > 0) {
            note(
                .badRetry,
                "\(name): code \(copy.label) with retry \(end.retry) and retry_after \(end.retry_after) ns")
        }
        guard end.code == JACKFIELD_OK else { return copy }
        if end.result.size > Self.largestResult, end.result.size <= UInt64(JACKFIELD_PAYLOAD_MAX) {
            note(.malformedResult, "\(name): the result has \(end.result.size) bytes, 64 MiB are allowed")
        } else if let fault = PayloadCheck.fault(call.request.method.result, end.result) {
            note(.malformedResult, "\(name): the result is malformed: \(fault)")
        } else {
            copy.result = Array(end.result.bytes)
        }
        return copy
    }

    /// A struct that the plugin fills in begins with its size: why it cannot be read, or nil.
    static func wrongFrame<Frame>(_ frame: UnsafePointer<Frame>, _ name: String) -> String? {
        let raw = UnsafeRawPointer(frame)
        let size = Int(raw.loadUnaligned(as: UInt32.self))
        let known = MemoryLayout<Frame>.size
        if size < known { return "`\(name)` says that it has \(size) bytes, it has \(known)" }
        if size > 4096 { return "`\(name)` says that it has \(size) bytes, which no version has" }
        for at in known..<max(known, size) where raw.load(fromByteOffset: at, as: UInt8.self) != 0 {
            return "`\(name)` has \(size) bytes, and byte \(at), which this version does not know, is not zero"
        }
        return nil
    }

    // MARK: What the plugin asks of services

    func serviceStarted(_ pointer: UnsafePointer<jackfield_start>) -> Int32 {
        guard mayCall("start") else { return JACKFIELD_UNAVAILABLE }
        if let wrong = Self.wrongFrame(pointer, "jackfield_start") {
            note(.malformedStart, wrong)
            return JACKFIELD_INVALID_ARGUMENT
        }
        let start = pointer.pointee
        if start.reserved != 0 {
            note(.malformedStart, "`reserved` of a jackfield_start is \(start.reserved), not zero")
        }
        guard start.call != 0 else {
            note(.badCallName, "a call to a service was named 0, which is no call")
            return JACKFIELD_INVALID_ARGUMENT
        }
        let index = Int(start.interface)
        guard index < services.count else {
            note(.undeclaredService, "service \(index) was called; the descriptor lists \(services.count)")
            return JACKFIELD_INVALID_ARGUMENT
        }
        guard granted[index] != 0, let table = services[index] else { return JACKFIELD_UNSUPPORTED }
        guard let method = table.method(start.method) else {
            note(.unknownServiceMethod, "\(table.id)/\(table.revision) has no method \(start.method)")
            return JACKFIELD_UNSUPPORTED
        }
        if start.parent != 0 {
            let (isKnown, isLive) = lock.read { () -> (Bool, Bool) in
                let parent = calls[start.parent]
                return (parent != nil, parent.map { $0.ended == nil && !$0.isCancelled } ?? false)
            }
            if !isKnown {
                note(
                    .unknownParent, "\(table.id) was called for the call \(start.parent), which the host never started")
            }
            guard isLive else { return JACKFIELD_CANCELLED }
        }
        if let fault = PayloadCheck.fault(method.request, start.request) {
            note(.malformedRequest, "the request to \(table.id) \(method.name) is malformed: \(fault)")
            return JACKFIELD_INVALID_ARGUMENT
        }
        let record = ServiceRecord(
            handle: start.call, parent: start.parent, service: table.id, method: method,
            request: Array(start.request.bytes))
        let isNew = lock.change { () -> Bool in
            guard !history.contains(where: { $0.handle == record.handle }) else { return false }
            history.append(record)
            return true
        }
        guard isNew else {
            note(.badCallName, "two calls to services have the name \(start.call)")
            return JACKFIELD_INVALID_ARGUMENT
        }
        return answer(record)
    }

    func serviceCancelled(_ handle: jackfield_call) -> Int32 {
        guard mayCall("cancel") else { return JACKFIELD_STALE }
        guard let record = lock.read({ serviceCalls[handle] }) else { return JACKFIELD_STALE }
        cut(record, "the plugin cancelled the call")
        return JACKFIELD_OK
    }

    func serviceResumed(_ handle: jackfield_call) -> Int32 {
        guard mayCall("resume") else { return JACKFIELD_STALE }
        guard let record = lock.read({ serviceCalls[handle] }) else { return JACKFIELD_STALE }
        let mustGoOn = lock.change { () -> Bool in
            record.hasRoom = true
            defer { record.isHeldBack = false }
            return record.isHeldBack
        }
        if mustGoOn { bench.loop.post { [self] in deliver(record) } }
        return JACKFIELD_OK
    }
}
