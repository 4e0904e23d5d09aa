import CJackfield
import JackfieldPlugin
import JackfieldVocabulary
import Synchronization

// What the plugin calls. `instance` is the TestHost, which outlives the plugin's instance.

extension jackfield_side {
    init(testHost: UnsafeMutableRawPointer) {
        self.init(
            size: UInt32(MemoryLayout<jackfield_side>.size), reserved: 0, instance: testHost,
            start: { host, start in TestHost.at(host).started(start.pointee) },
            emit: { host, call, event, payload in TestHost.at(host).emitted(call, event, payload) },
            finish: { host, call, end in TestHost.at(host).finished(call, end.pointee) },
            cancel: { host, call in TestHost.at(host).cancelled(call) },
            resume: { host, call in TestHost.at(host).resumed(call) })
    }
}

extension TestHost {
    fileprivate static func at(_ pointer: UnsafeMutableRawPointer?) -> TestHost {
        Unmanaged<TestHost>.fromOpaque(pointer!).takeUnretainedValue()
    }

    fileprivate func emitted(_ call: jackfield_call, _ event: UInt32, _ payload: jackfield_view) -> Int32 {
        guard let receiver = state.withLock({ $0.calls[call] }) else { return JACKFIELD_STALE }
        switch receiver.take(event, payload) {
        case .taken: return JACKFIELD_OK
        case .unwanted: return JACKFIELD_CANCELLED
        case .malformed(let fault):
            state.withLock { $0.record.faults.append(fault) }
            return JACKFIELD_INVALID_ARGUMENT
        case .turnedAway:
            // It may be offered again at once: who is told to go on before it waits does not wait.
            _ = tables.plugin.pointee.resume(tables.plugin.pointee.instance, call)
            return JACKFIELD_WOULD_BLOCK
        }
    }

    fileprivate func finished(_ call: jackfield_call, _ end: jackfield_end) -> Int32 {
        guard let receiver = state.withLock({ $0.calls.removeValue(forKey: call) }) else { return JACKFIELD_STALE }
        if end.code != JACKFIELD_OK {
            receiver.settle(.failure(CallError(end)))
        } else if let fault = receiver.fault(result: end.result) {
            state.withLock { $0.record.faults.append("\(fault)") }
            receiver.settle(.failure(CallError(.internal, "the plugin's result is malformed: \(fault)")))
        } else {
            receiver.settle(.success(Array(end.result.bytes)))
        }
        return JACKFIELD_OK
    }

    func cancel(_ call: jackfield_call) {
        _ = tables.plugin.pointee.cancel(tables.plugin.pointee.instance, call)
    }

    /// The plugin starts a call on a service.
    fileprivate func started(_ start: jackfield_start) -> Int32 {
        guard definition.services.indices.contains(Int(start.interface)) else { return JACKFIELD_UNSUPPORTED }
        let service = definition.services[Int(start.interface)].service
        guard let contract = MethodContract(service.rawValue, revision: 1, method: start.method) else {
            return JACKFIELD_UNSUPPORTED
        }
        if let fault = contract.fault(request: start.request) {
            state.withLock { $0.record.faults.append("\(service.rawValue): \(fault)") }
            return JACKFIELD_INVALID_ARGUMENT
        }
        let answer = answer(service, start.method, PayloadReader(checked: start.request))
        state.withLock { $0.answers[start.call] = answer }
        send(start.call)
        return JACKFIELD_OK
    }

    fileprivate func cancelled(_ call: jackfield_call) -> Int32 {
        let wasRunning = state.withLock { state in
            guard state.answers.removeValue(forKey: call) != nil else { return false }
            state.record.cancelled += 1
            return true
        }
        return wasRunning ? JACKFIELD_OK : JACKFIELD_STALE
    }

    fileprivate func resumed(_ call: jackfield_call) -> Int32 {
        let isThere = state.withLock { state in
            guard state.answers[call] != nil else { return false }
            state.answers[call]?.mayGoOn = true
            return true
        }
        guard isThere else { return JACKFIELD_STALE }
        send(call)
        return JACKFIELD_OK
    }

    /// Deliver what is left of an answer, as far as the plugin takes it. One at a time for a call: whoever comes while
    /// another delivers leaves it to that one.
    private func send(_ call: jackfield_call) {
        while let step = state.withLock({ $0.answers[call]?.next() }) {
            let plugin = tables.plugin.pointee
            switch step {
            case .event(let number, let payload):
                let status = payload.withUnsafeBytes {
                    plugin.emit(plugin.instance, call, number, jackfield_view($0))
                }
                state.withLock { $0.answers[call]?.sent(isTaken: status != JACKFIELD_WOULD_BLOCK) }
            case .end(let end):
                guard state.withLock({ $0.answers.removeValue(forKey: call) }) != nil else { return }
                end.withEnd { _ = plugin.finish(plugin.instance, call, &$0) }
            }
        }
    }
}
