import CJackfield
import ExceptionBarrier
import JackfieldVocabulary
import Synchronization

/// The function table that the host hands to one plugin. Its memory lives as long as the process, so that a plugin that
/// calls after `destroy` is answered instead of crashing.
final class HostSideTable: @unchecked Sendable {
    let table: UnsafeMutablePointer<jackfield_side>
    /// Holds the host's side until `destroy` has returned, so that a thread of the plugin that is inside it then is safe.
    let link: HostLink

    init(_ link: HostLink) {
        self.link = link
        table = .allocate(capacity: 1)
        table.initialize(
            to: jackfield_side(
                size: UInt32(MemoryLayout<jackfield_side>.size), reserved: 0,
                instance: Unmanaged.passRetained(link).toOpaque(),
                start: { HostSideTable.host($0)?.started(reading: $1) ?? JACKFIELD_UNAVAILABLE },
                emit: { HostSideTable.host($0)?.emitted($1, event: $2, payload: $3) ?? JACKFIELD_STALE },
                finish: { HostSideTable.host($0)?.finished($1, reading: $2) ?? JACKFIELD_STALE },
                cancel: { HostSideTable.host($0)?.cancelled($1) ?? JACKFIELD_STALE },
                resume: { HostSideTable.host($0)?.resumed($1) ?? JACKFIELD_STALE }))
    }

    private static func host(_ pointer: UnsafeMutableRawPointer?) -> (any HostSide)? {
        pointer.flatMap { Unmanaged<HostLink>.fromOpaque($0).takeUnretainedValue().target }
    }
}

extension HostSide {
    /// The structs that a plugin fills in begin with their size: what is shorter than version 1 is not read, and what is
    /// longer is accepted if the tail is zero.
    private func isReadable<Frame>(_ frame: UnsafePointer<Frame>, _ name: String) -> Bool {
        let raw = UnsafeRawPointer(frame)
        let size = Int(raw.load(as: UInt32.self))
        let known = MemoryLayout<Frame>.size
        if size == known { return true }
        if size > known, size <= 4096, (known..<size).allSatisfy({ raw.load(fromByteOffset: $0, as: UInt8.self) == 0 })
        {
            return true
        }
        broke("the plugin \(id) passed a \(name) of \(size) bytes; version 1 has \(known)")
        return false
    }

    func started(reading start: UnsafePointer<jackfield_start>) -> Int32 {
        guard isReadable(start, "jackfield_start"), start.pointee.call != 0, start.pointee.reserved == 0 else {
            return JACKFIELD_INVALID_ARGUMENT
        }
        return started(start.pointee)
    }

    func finished(_ call: jackfield_call, reading end: UnsafePointer<jackfield_end>) -> Int32 {
        if isReadable(end, "jackfield_end"), end.pointee.reserved == 0 { return finished(call, end.pointee) }
        // The plugin means to finish, so the call ends; what it says of it cannot be read.
        let error = CallError(.internal, "the plugin \(id) finished with an end that cannot be read")
        return error.withEnd { finished(call, $0) }
    }
}

extension LoadedLibrary: PluginImage {
    package func create(_ setup: InstanceSetup) throws(LoadError) -> any PluginSide {
        let library = self
        let id = setup.id
        let name = Array(id.utf8)
        // The threads of one that may block stand between it and the host.
        let host = HostSideTable(descriptor.concurrency == nil ? setup.host : HostLink())
        let made = LifecycleThread.run(limit: LifecycleThread.startLimit) {
            library.create(name: name, config: setup.config, host: host, granted: setup.granted)
        }
        guard var made else {
            throw LoadError(.stuck, "\(id) could not be created: `create` did not return within five seconds")
        }
        guard made.status == JACKFIELD_OK else {
            throw LoadError(.createFailed, "\(id) could not be created: \(Self.sentence(&made.failure, made.status))")
        }
        guard !made.hasUnknown else {
            throw LoadError(
                .needsNewerHost,
                "\(id): create filled in functions that this host does not know; the plugin needs a newer host")
        }
        let direct = try DirectSide(made.side, of: self, id: id, host: host)
        guard let concurrency = descriptor.concurrency else { return direct }
        let threaded = ThreadedSide(direct, id: id, concurrency: concurrency, host: setup.host)
        host.link.target = threaded
        return threaded
    }

    private struct Instance: @unchecked Sendable { var pointer: UnsafeMutableRawPointer? }

    /// What `create` or `open` said, and what `create` filled in.
    private struct Creation: @unchecked Sendable {
        var status: Int32 = 0
        var side = jackfield_side(
            size: UInt32(MemoryLayout<jackfield_side>.size), reserved: 0, instance: nil,
            start: { _, _ in JACKFIELD_UNSUPPORTED },
            emit: { _, _, _, _ in JACKFIELD_STALE }, finish: { _, _, _ in JACKFIELD_STALE },
            cancel: { _, _ in JACKFIELD_STALE },
            resume: { _, _ in JACKFIELD_STALE })
        var failure = jackfield_failure()
        /// Bytes behind the side that this host does not know, of which one is not zero.
        var hasUnknown = false
    }

    private func create(name: [UInt8], config: [UInt8], host: HostSideTable, granted: [UInt32]) -> Creation {
        var creation = Creation()
        creation.failure.size = UInt32(MemoryLayout<jackfield_failure>.size)
        // A plugin of a later revision writes a longer side, in the usual way: as a whole struct.
        let room = UnsafeMutableRawBufferPointer.allocate(byteCount: Int(JACKFIELD_SIDE_ROOM), alignment: 16)
        defer { room.deallocate() }
        room.initializeMemory(as: UInt8.self, repeating: 0)
        room.storeBytes(of: JACKFIELD_SIDE_ROOM, as: UInt32.self)
        let side = room.baseAddress!.assumingMemoryBound(to: jackfield_side.self)
        creation.status = granted.withUnsafeBufferPointer { granted in
            name.withUnsafeBytes { name in
                config.withUnsafeBytes { config in
                    var setup = jackfield_setup(
                        size: UInt32(MemoryLayout<jackfield_setup>.size), service_count: UInt32(granted.count),
                        host: UnsafePointer(host.table), services: granted.isEmpty ? nil : granted.baseAddress,
                        instance_id: jackfield_view(name), config: jackfield_view(config),
                        abi_revision: JACKFIELD_ABI_REVISION, reserved: 0)
                    return barrier_create(plugin, &setup, side, &creation.failure)
                }
            }
        }
        if creation.status == JACKFIELD_OK {
            // Null where the plugin left a function out, which `DirectSide` looks at: as bytes, not as Swift sees it.
            withUnsafeMutableBytes(of: &creation.side) { $0.copyBytes(from: room.prefix($0.count)) }
            let known = MemoryLayout<jackfield_side>.size
            creation.hasUnknown =
                creation.side.size > JACKFIELD_SIDE_ROOM || room[known...].contains { $0 != 0 }
        }
        return creation
    }

    func open(instance: UnsafeMutableRawPointer?, id: String) throws(LoadError) {
        let instance = Instance(pointer: instance)
        let library = self
        let opened = LifecycleThread.run(limit: LifecycleThread.startLimit) {
            var creation = Creation()
            creation.failure.size = UInt32(MemoryLayout<jackfield_failure>.size)
            creation.status = barrier_open(library.plugin, instance.pointer, &creation.failure)
            return creation
        }
        guard var opened else {
            throw LoadError(.stuck, "\(id) could not be opened: `open` did not return within five seconds")
        }
        guard opened.status == JACKFIELD_OK else {
            throw LoadError(.openFailed, "\(id) could not be opened: \(Self.sentence(&opened.failure, opened.status))")
        }
    }

    private static func sentence(_ failure: inout jackfield_failure, _ status: Int32) -> String {
        if status == BARRIER_THREW { return "it let a C++ exception out, which no function of the ABI may do" }
        let text = withUnsafeBytes(of: &failure.message) { bytes in
            bytes.contains(0) ? String(validating: bytes.prefix { $0 != 0 }, as: UTF8.self) : nil
        }
        let code = CallError.Code(rawValue: status)?.label ?? "an unknown status \(status)"
        guard let text else { return "it answered \(code) and gave a reason that is not UTF-8 text ending with NUL" }
        return text.isEmpty ? "it answered \(code) and gave no reason" : text
    }
}
