import CFFI
import CJackfield
import EventLoops
import Foundation
import Glibc
import JackfieldVocabulary
import Loading
import NIOCore
import NIOPosix
import TestSupport

/// What it costs to call something that does nothing, by what lies between: a function pointer, libffi, the ABI, the host
/// around the ABI, Extism. All in turn, round by round.
struct BoundaryBenchmark {
    let python: String

    private static let rounds = 15
    private static let calls = 20_000

    func run() async throws -> [Figure] {
        let library = try Self.library()
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 2)
        let host = IsolationHost(loops: Array(group.makeIterator()))
        let fixture = try host.load("validator/allow", role: "jackfield.validator/1", isIsolated: false)
        let bare = try BareValidator()
        let foreign = try ForeignCall(library.address)
        let extism = ExtismPeer.found(python)
        var seen: [(what: String, goal: Double?, times: [Double])] = [
            ("a plain C function pointer", nil, []), ("the same function through libffi", nil, []),
            ("a no-op validator, called through the ABI alone", nil, []),
            ("the same with all that the host puts around a call", 1000, []),
        ]
        if let extism { seen.append(("a no-op call of Extism \(extism.version), its C interface", nil, [])) }
        for round in 0...Self.rounds {
            var times = [
                Self.time { _ = library.function(nil, 0) }, Self.time { _ = foreign.call() },
                Self.time { bare.call() },
                try await fixture.roundTrips(Self.calls, on: host.wireLoop).median,
            ]
            if let extism { times.append(Self.time(Self.calls / 10) { _ = extism.plugin.nothing() }) }
            // The first one warms the caches.
            guard round > 0 else { continue }
            for (index, time) in times.enumerated() { seen[index].times.append(time) }
        }
        guard bare.isRight, library.function(nil, 1) == 1, foreign.call() == 0 else {
            throw TestFailure("what was timed did not do what it should")
        }
        fixture.stop()
        host.stop()
        try await group.shutdownGracefully()
        return seen.map { row in
            Figure(
                what: row.what, value: row.times.median, unit: "ns",
                goal: row.goal.map { .init(bound: $0, text: "under 1 µs") },
                note: "rounds \(row.times.min()!.text(1)) to \(row.times.max()!.text(1)) ns",
                digits: row.times.median < 100 ? 1 : 0)
        }
    }

    /// Nanoseconds for each of many calls.
    private static func time(_ count: Int = calls, _ call: () -> Void) -> Double {
        let start = monotonicNanoseconds()
        for _ in 0..<count { call() }
        return Double(monotonicNanoseconds() - start) / Double(count)
    }

    private typealias Function = @convention(c) (UnsafeRawPointer?, UInt64) -> Int32

    private static func library() throws -> (function: Function, address: UnsafeMutableRawPointer) {
        let path = NSTemporaryDirectory() + "jackfield-nothing-\(getpid()).so"
        let source = Repository.root + "/Tests/Benchmarks/Peers/nothing.c"
        let built = try ChildProcess.run(
            "/usr/bin/env", ["cc", "-O2", "-shared", "-fPIC", "-o", path, source],
            environment: ProcessInfo.processInfo.environment, within: .seconds(30))
        defer { unlink(path) }
        guard built.status == .exited(0), let handle = dlopen(path, RTLD_NOW | RTLD_LOCAL),
            let address = dlsym(handle, "nothing")
        else { throw TestFailure("\(source) could not be built and loaded: \(built.errors)") }
        return (unsafeBitCast(address, to: Function.self), address)
    }
}

/// `int32_t nothing(const void *, uint64_t)`, called as tool/native calls functions.
private final class ForeignCall {
    private let interface = UnsafeMutablePointer<ffi_cif>.allocate(capacity: 1)
    private let types = UnsafeMutablePointer<UnsafeMutablePointer<ffi_type>?>.allocate(capacity: 2)
    private let values = UnsafeMutablePointer<UnsafeMutableRawPointer?>.allocate(capacity: 2)
    private let address: UnsafeMutableRawPointer

    init(_ address: UnsafeMutableRawPointer) throws {
        self.address = address
        types[0] = cffi_pointer()
        types[1] = cffi_integer(8, 0)
        for index in 0..<2 {
            let value = UnsafeMutablePointer<UInt64>.allocate(capacity: 1)
            value.pointee = 0
            values[index] = UnsafeMutableRawPointer(value)
        }
        let status = ffi_prep_cif(interface, FFI_DEFAULT_ABI, 2, cffi_integer(4, 1), types)
        guard status == FFI_OK else { throw TestFailure("libffi knows no such function") }
    }

    func call() -> Int {
        var result = 0
        ffi_call(interface, unsafeBitCast(address, to: (@convention(c) () -> Void).self), &result, values)
        return result
    }
}
