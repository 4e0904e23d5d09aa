import CJackfield
import JackfieldVocabulary

/// A call that the plugin started on a service of the host.
final class OutgoingCall: Sendable {
    let handle: jackfield_call
    private let instance: PluginInstance
    private let contract: MethodContract
    private let mailbox = CallMailbox()

    private init(handle: jackfield_call, instance: PluginInstance, contract: MethodContract) {
        self.handle = handle
        self.instance = instance
        self.contract = contract
    }

    /// Start a method of a service on behalf of a call of the host (0: of none).
    static func start(
        _ service: Service, method: Int32, request: [UInt8], parent: jackfield_call, instance: PluginInstance
    ) throws(CallError) -> OutgoingCall {
        guard let (index, methods) = instance.services[service] else {
            throw CallError(.internal, "the plugin uses the service \(service.rawValue) without declaring it")
        }
        guard instance.granted[index] > 0 else {
            throw CallError(.unsupported, "this host has no service \(service.rawValue)/1")
        }
        guard methods.indices.contains(Int(method)), let contract = methods[Int(method)] else {
            throw CallError(.unsupported, "no method \(method) in \(service.rawValue)/1")
        }
        let call = OutgoingCall(handle: instance.nextHandle(), instance: instance, contract: contract)
        instance.add(call)
        let status = request.withUnsafeBytes { bytes in
            var start = jackfield_start()
            start.size = UInt32(MemoryLayout<jackfield_start>.size)
            start.interface = UInt32(index)
            start.method = UInt32(method)
            start.call = call.handle
            start.parent = parent
            start.request = jackfield_view(bytes)
            return instance.host.start(&start)
        }
        guard status == JACKFIELD_OK else {
            instance.remove(outgoing: call.handle)
            throw CallError(
                CallError.Code(rawValue: status) ?? .internal, "the host refused to start \(service.rawValue)/1")
        }
        return call
    }

    // MARK: Called by the host

    func received(event: UInt32, payload: jackfield_view) -> Int32 {
        guard contract.fault(event: event, payload) == nil else { return JACKFIELD_INVALID_ARGUMENT }
        switch mailbox.deliver(event: event, payload: payload.bytes) {
        case .taken: return JACKFIELD_OK
        case .full: return JACKFIELD_WOULD_BLOCK
        case .ended: return JACKFIELD_STALE
        }
    }

    func finished(_ end: jackfield_end) {
        if end.code != JACKFIELD_OK {
            fail(CallError(end))
        } else if let fault = contract.fault(result: end.result) {
            fail(CallError(.internal, "the host sent a malformed result: \(fault)"))
        } else {
            instance.remove(outgoing: handle)
            mailbox.settle(.success(Array(end.result.bytes)))
        }
    }

    func fail(_ error: CallError) {
        instance.remove(outgoing: handle)
        mailbox.settle(.failure(error))
    }

    // MARK: Called by the plugin's task

    /// The next event, or nil when the call was finished without an error.
    func next() async throws(CallError) -> CallMailbox.Event? {
        try await mailbox.next(resume: { _ in instance.host.resume(handle) }, cancel: { self.cancel() })
    }

    /// Leave the events that are still to come, and return the result.
    func result() async throws(CallError) -> [UInt8] {
        while try await next() != nil {}
        return try mailbox.end?.get() ?? []
    }

    func cancel() {
        fail(CallError(.cancelled, "the call was cancelled"))
        instance.host.cancel(handle)
    }
}
