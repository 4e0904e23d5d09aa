import CJackfield
import Glibc
import JackfieldVocabulary
import TestSupport

/// The fixture validator that allows everything, called with nothing between: `start`, and the `finish` inside it.
final class BareValidator {
    private let side = UnsafeMutablePointer<jackfield_side>.allocate(capacity: 1)
    private let host = UnsafeMutablePointer<jackfield_side>.allocate(capacity: 1)
    private let finished = UnsafeMutablePointer<(count: Int, code: Int32)>.allocate(capacity: 1)
    private let request: [UInt8]
    private var number: UInt64 = 1

    init() throws {
        finished.initialize(to: (0, -1))
        request = try Validator.Subject.payload(of: 256)
        host.initialize(
            to: jackfield_side(
                size: UInt32(MemoryLayout<jackfield_side>.size), reserved: 0, instance: finished,
                start: { _, _ in JACKFIELD_UNSUPPORTED }, emit: { _, _, _, _ in JACKFIELD_OK },
                finish: { instance, _, end in
                    let finished = instance!.assumingMemoryBound(to: (count: Int, code: Int32).self)
                    finished.pointee = (finished.pointee.count + 1, end.pointee.code)
                    return JACKFIELD_OK
                },
                cancel: { _, _ in JACKFIELD_STALE }, resume: { _, _ in JACKFIELD_STALE }))
        let library = "\(try FixturePlugin.build("validator/allow"))/libvalidator-allow.so"
        typealias Entry = @convention(c) () -> UnsafePointer<jackfield_plugin>?
        guard let handle = dlopen(library, RTLD_NOW | RTLD_LOCAL), let entry = dlsym(handle, "jackfield_plugin_v1"),
            let plugin = unsafeBitCast(entry, to: Entry.self)()
        else { throw TestFailure("\(library) could not be loaded") }
        let room = UnsafeMutableRawPointer.allocate(byteCount: Int(JACKFIELD_SIDE_ROOM), alignment: 16)
        memset(room, 0, Int(JACKFIELD_SIDE_ROOM))
        var failure = jackfield_failure()
        failure.size = UInt32(MemoryLayout<jackfield_failure>.size)
        let config = Array("{}".utf8)
        let status = config.withUnsafeBytes { config in
            var setup = jackfield_setup(
                size: UInt32(MemoryLayout<jackfield_setup>.size), service_count: 0, host: host, services: nil,
                instance_id: jackfield_view(config), config: jackfield_view(config),
                abi_revision: JACKFIELD_ABI_REVISION, reserved: 0)
            return plugin.pointee.create(&setup, room.assumingMemoryBound(to: jackfield_side.self), &failure)
        }
        guard status == JACKFIELD_OK else { throw TestFailure("\(library) made no instance: \(status)") }
        side.initialize(to: room.load(as: jackfield_side.self))
        guard plugin.pointee.open(side.pointee.instance, &failure) == JACKFIELD_OK else {
            throw TestFailure("\(library) did not open")
        }
    }

    func call() {
        number += 1
        request.withUnsafeBytes { request in
            var start = jackfield_start()
            start.size = UInt32(MemoryLayout<jackfield_start>.size)
            start.method = UInt32(JACKFIELD_VALIDATOR_CHECK)
            start.call = number
            start.request = jackfield_view(request)
            _ = side.pointee.start(side.pointee.instance, &start)
        }
    }

    /// Every call was finished, and well.
    var isRight: Bool { finished.pointee.count == Int(number) - 1 && finished.pointee.code == JACKFIELD_OK }
}
