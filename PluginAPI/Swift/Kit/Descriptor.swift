public import CJackfield
import JackfieldJSON
import JackfieldVocabulary
import Synchronization

extension PluginDefinition {
    /// The static descriptor for `jackfield_plugin_v1`. The first call makes it; it lives as long as the process.
    ///
    /// A shared library holds one plugin, since the C functions behind the descriptor find the definition here.
    public var descriptor: UnsafePointer<jackfield_plugin>? {
        PluginEntry.current.withLock { current in
            if let current { return current.descriptor.pointer }
            let entry = PluginEntry(self)
            current = entry
            return entry.descriptor.pointer
        }
    }
}

/// The one plugin of this shared library.
struct PluginEntry: Sendable {
    /// Memory that is made once and never changed or freed.
    struct Static: @unchecked Sendable {
        let pointer: UnsafePointer<jackfield_plugin>
    }

    static let current = Mutex<PluginEntry?>(nil)

    let definition: PluginDefinition
    let descriptor: Static

    init(_ definition: PluginDefinition) {
        self.definition = definition
        var plugin = jackfield_plugin(
            size: UInt32(MemoryLayout<jackfield_plugin>.size), abi_revision: 1,
            id: Self.forever(definition.id),
            version: Self.forever(definition.version), flags: 0, concurrency: 0,
            role_count: UInt32(definition.roles.count), service_count: UInt32(definition.services.count),
            roles: Self.forever(definition.roles.map { Self.interface($0.id, $0.revision, flags: 0) }),
            services: Self.forever(
                definition.services.map {
                    Self.interface($0.service.rawValue, 1, flags: $0.isRequired ? JACKFIELD_REQUIRED : 0)
                }),
            create: createInstance, open: { _, _ in JACKFIELD_OK }, drain: { _, _ in }, close: closeInstance,
            destroy: destroyInstance, header_revision: JACKFIELD_ABI_REVISION, reserved: 0)
        if case .workers(let concurrency) = definition.threads {
            plugin.flags = JACKFIELD_MAY_BLOCK
            plugin.concurrency = UInt32(concurrency)
        }
        let pointer = UnsafeMutablePointer<jackfield_plugin>.allocate(capacity: 1)
        pointer.initialize(to: plugin)
        descriptor = Static(pointer: UnsafePointer(pointer))
    }

    private static func forever(_ text: String) -> UnsafePointer<CChar> {
        let utf8 = text.utf8CString
        let pointer = UnsafeMutablePointer<CChar>.allocate(capacity: utf8.count)
        for (index, byte) in utf8.enumerated() { pointer[index] = byte }
        return UnsafePointer(pointer)
    }

    private static func interface(_ id: String, _ revision: UInt32, flags: UInt32) -> UnsafePointer<jackfield_interface>
    {
        let pointer = UnsafeMutablePointer<jackfield_interface>.allocate(capacity: 1)
        pointer.initialize(
            to: jackfield_interface(
                size: UInt32(MemoryLayout<jackfield_interface>.size), revision: revision, id: forever(id), flags: flags,
                reserved: 0))
        return UnsafePointer(pointer)
    }

    private static func forever(
        _ interfaces: [UnsafePointer<jackfield_interface>]
    ) -> UnsafePointer<UnsafePointer<jackfield_interface>>? {
        guard !interfaces.isEmpty else { return nil }
        let pointer = UnsafeMutablePointer<UnsafePointer<jackfield_interface>>.allocate(capacity: interfaces.count)
        pointer.initialize(from: interfaces, count: interfaces.count)
        return UnsafePointer(pointer)
    }
}

// MARK: - The C functions. `instance` is a retained PluginInstance from create to destroy.

private func createInstance(
    _ setup: UnsafePointer<jackfield_setup>, _ plugin: UnsafeMutablePointer<jackfield_side>,
    _ failure: UnsafeMutablePointer<jackfield_failure>
) -> Int32 {
    guard let definition = PluginEntry.current.withLock({ $0?.definition }) else { return JACKFIELD_INTERNAL }
    do {
        let config: JSON
        do {
            config = try JSON(parsing: setup.pointee.config.bytes)
        } catch {
            throw CallError(.invalidArgument, "the configuration is not JSON: \(error)")
        }
        let dispatcher = try definition.make(
            PluginSetup(instance: String(decoding: setup.pointee.instance_id.bytes, as: UTF8.self), config: config))
        let granted = (0..<definition.services.count).map { index in
            index < Int(setup.pointee.service_count) ? setup.pointee.services?[index] ?? 0 : 0
        }
        let instance = PluginInstance(
            definition: definition, dispatcher: dispatcher, host: HostSide(table: setup.pointee.host), granted: granted)
        plugin.pointee = jackfield_side(
            size: UInt32(MemoryLayout<jackfield_side>.size), reserved: 0,
            instance: Unmanaged.passRetained(instance).toOpaque(), start: startCall, emit: emitEvent,
            finish: finishCall,
            cancel: cancelCall, resume: resumeCall)
        return JACKFIELD_OK
    } catch {
        let error = CallError(handler: error)
        failure.pointee.code = error.code.rawValue
        // The last byte stays NUL; a character that does not fit is left out whole.
        withUnsafeMutableBytes(of: &failure.pointee.message) { message in
            var at = 0
            for character in error.message {
                let utf8 = character.utf8
                guard at + utf8.count < message.count else { break }
                for byte in utf8 {
                    message[at] = byte
                    at += 1
                }
            }
            message[at] = 0
        }
        return error.code.rawValue
    }
}

private func instance(_ pointer: UnsafeMutableRawPointer?) -> PluginInstance? {
    pointer.map { Unmanaged<PluginInstance>.fromOpaque($0).takeUnretainedValue() }
}

private func startCall(_ pointer: UnsafeMutableRawPointer?, _ start: UnsafePointer<jackfield_start>) -> Int32 {
    guard let instance = instance(pointer), !instance.isClosed.load(ordering: .relaxed) else {
        return JACKFIELD_UNAVAILABLE
    }
    let start = start.pointee
    guard Int(start.interface) < instance.methods.count else { return JACKFIELD_UNSUPPORTED }
    let methods = instance.methods[Int(start.interface)]
    guard Int(start.method) < methods.count, let contract = methods[Int(start.method)] else {
        return JACKFIELD_UNSUPPORTED
    }
    guard contract.fault(request: start.request) == nil,
        start.context.size == 0 || PayloadFault(context: start.context) == nil
    else { return JACKFIELD_INVALID_ARGUMENT }
    return instance.dispatcher.dispatch(start, on: instance)
}

private func emitEvent(
    _ pointer: UnsafeMutableRawPointer?, _ call: jackfield_call, _ event: UInt32, _ payload: jackfield_view
) -> Int32 {
    guard let call = instance(pointer)?.outgoing(call) else { return JACKFIELD_STALE }
    return call.received(event: event, payload: payload)
}

private func finishCall(
    _ pointer: UnsafeMutableRawPointer?, _ call: jackfield_call, _ end: UnsafePointer<jackfield_end>
) -> Int32 {
    guard let call = instance(pointer)?.outgoing(call) else { return JACKFIELD_STALE }
    call.finished(end.pointee)
    return JACKFIELD_OK
}

private func cancelCall(_ pointer: UnsafeMutableRawPointer?, _ call: jackfield_call) -> Int32 {
    guard let call = instance(pointer)?.incoming(call) else { return JACKFIELD_STALE }
    call.cancel()
    return JACKFIELD_OK
}

private func resumeCall(_ pointer: UnsafeMutableRawPointer?, _ call: jackfield_call) -> Int32 {
    guard let call = instance(pointer)?.incoming(call) else { return JACKFIELD_STALE }
    call.resumed()
    return JACKFIELD_OK
}

private func closeInstance(_ pointer: UnsafeMutableRawPointer?) { instance(pointer)?.close() }

private func destroyInstance(_ pointer: UnsafeMutableRawPointer?) {
    guard let pointer else { return }
    let instance = Unmanaged<PluginInstance>.fromOpaque(pointer)
    instance.takeUnretainedValue().close()
    instance.release()
}
