import CJackfield
import JackfieldVocabulary

/// The function table that the host hands to one plugin. Its memory lives as long as the process, so that a plugin that
/// calls after `destroy` is answered instead of crashing.
final class HostSideTable: @unchecked Sendable {
    private final class Box: @unchecked Sendable {
        // Set once before `open` and cleared after `destroy`, both in [control].
        unowned(unsafe) var plugin: RunningPlugin?
        init() {}
    }

    let table: UnsafeMutablePointer<jackfield_side>
    private let box = Box()

    init() {
        table = .allocate(capacity: 1)
        table.initialize(
            to: jackfield_side(
                size: UInt32(MemoryLayout<jackfield_side>.size), reserved: 0,
                instance: Unmanaged.passRetained(box).toOpaque(),
                start: { HostSideTable.plugin($0)?.started($1.pointee) ?? JACKFIELD_UNAVAILABLE },
                emit: { HostSideTable.plugin($0)?.emitted($1, event: $2, payload: $3) ?? JACKFIELD_STALE },
                finish: { HostSideTable.plugin($0)?.finished($1, $2.pointee) ?? JACKFIELD_STALE },
                cancel: { HostSideTable.plugin($0)?.cancelled($1) ?? JACKFIELD_STALE },
                resume: { HostSideTable.plugin($0)?.resumed($1) ?? JACKFIELD_STALE }))
    }

    var plugin: RunningPlugin? {
        get { box.plugin }
        set { box.plugin = newValue }
    }

    private static func plugin(_ pointer: UnsafeMutableRawPointer?) -> RunningPlugin? {
        pointer.flatMap { Unmanaged<Box>.fromOpaque($0).takeUnretainedValue().plugin }
    }
}

extension LoadedLibrary {
    /// Make an instance.
    ///
    /// - Throws: `createFailed` with the plugin's own sentence, or `badDescriptor`.
    func create(id: String, config: [UInt8], host: HostSideTable, granted: [UInt32]) throws(LoadError) -> PluginSide {
        var side = jackfield_side(
            size: UInt32(MemoryLayout<jackfield_side>.size), reserved: 0, instance: nil, start: { _, _ in JACKFIELD_UNSUPPORTED },
            emit: { _, _, _, _ in JACKFIELD_STALE }, finish: { _, _, _ in JACKFIELD_STALE }, cancel: { _, _ in JACKFIELD_STALE },
            resume: { _, _ in JACKFIELD_STALE })
        var failure = jackfield_failure()
        failure.size = UInt32(MemoryLayout<jackfield_failure>.size)
        let name = Array(id.utf8)
        let status = granted.withUnsafeBufferPointer { granted in
            name.withUnsafeBytes { name in
                config.withUnsafeBytes { config in
                    var setup = jackfield_setup(
                        size: UInt32(MemoryLayout<jackfield_setup>.size), service_count: UInt32(granted.count),
                        host: UnsafePointer(host.table), services: granted.baseAddress, instance_id: jackfield_view(name),
                        config: jackfield_view(config))
                    return plugin.pointee.create(&setup, &side, &failure)
                }
            }
        }
        guard status == JACKFIELD_OK else {
            throw LoadError(.createFailed, "\(id) could not be created: \(Self.sentence(&failure, status))")
        }
        return try PluginSide(side, plugin: id)
    }

    func open(_ side: PluginSide, id: String) throws(LoadError) {
        var failure = jackfield_failure()
        failure.size = UInt32(MemoryLayout<jackfield_failure>.size)
        let status = plugin.pointee.open(side.table.instance, &failure)
        guard status == JACKFIELD_OK else {
            throw LoadError(.openFailed, "\(id) could not be opened: \(Self.sentence(&failure, status))")
        }
    }

    private static func sentence(_ failure: inout jackfield_failure, _ status: Int32) -> String {
        let text = withUnsafeBytes(of: &failure.message) { bytes in
            String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        let code = CallError.Code(rawValue: status)?.label ?? "an unknown status \(status)"
        return text.isEmpty ? "it answered \(code) and gave no reason" : text
    }
}
