import Foundation
import Glibc
import JackfieldJSON
import TestSupport

/// Extism, as its Python package brings it: the library itself is called here, as the plugins are, and the package is
/// timed by a program of its own.
struct ExtismPeer {
    let plugin: ExtismPlugin
    let version: String
    private let python: String

    private static var program: String { Repository.root + "/Tests/Benchmarks/Peers/extism_echo.py" }
    private static var module: String { Repository.root + "/Tests/Benchmarks/Peers/echo.wat" }

    /// Nil, with a word to standard error, where it cannot be had.
    static func found(_ python: String) -> ExtismPeer? {
        do {
            let said = try ask(python, calls: 1)
            guard let library = said["library"]?.string, let version = said["version"]?.string else {
                throw TestFailure("\(program) says nothing of the library")
            }
            let module = try Array(Data(contentsOf: URL(fileURLWithPath: module)))
            return ExtismPeer(
                plugin: try ExtismPlugin(library: library, module: module), version: version, python: python)
        } catch {
            FileHandle.standardError.write(Data("Extism is not beside the others: \(error)\n".utf8))
            return nil
        }
    }

    /// Nanoseconds of so many calls of the Python package, made by a program of its own.
    func pythonRoundTrips(_ count: Int) throws -> [Double] {
        let times = try Self.ask(python, calls: count)["nanoseconds"]?.array?.compactMap(\.double) ?? []
        guard times.count == count else { throw TestFailure("\(times.count) times came of \(count)") }
        return times
    }

    private static func ask(_ python: String, calls: Int) throws -> JSON {
        let ended = try ChildProcess.run(
            "/usr/bin/env", [python, program, module, "\(calls)"],
            environment: ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"],
            within: .seconds(60))
        guard ended.status == .exited(0) else { throw TestFailure("\(ended.status): \(ended.errors.suffix(500))") }
        return try JSON(parsing: Array(ended.output.utf8))
    }
}

/// One WASM module in libextism (extism.h).
final class ExtismPlugin: @unchecked Sendable {
    private typealias New =
        @convention(c) (
            UnsafePointer<UInt8>, UInt64, UnsafeRawPointer?, UInt64, Bool,
            UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
        ) -> OpaquePointer?
    private typealias Call = @convention(c) (OpaquePointer, UnsafePointer<CChar>, UnsafePointer<UInt8>, UInt64) -> Int32
    private typealias Length = @convention(c) (OpaquePointer) -> UInt64
    private typealias Output = @convention(c) (OpaquePointer) -> UnsafePointer<UInt8>

    private let call: Call
    private let length: Length
    private let output: Output
    private let instance: OpaquePointer

    /// The library stays loaded: it has threads of its own.
    init(library: String, module: [UInt8]) throws {
        guard let handle = dlopen(library, RTLD_NOW | RTLD_LOCAL) else {
            throw TestFailure("\(library): \(String(cString: dlerror()))")
        }
        func function<Function>(_ name: String, _: Function.Type) throws -> Function {
            guard let address = dlsym(handle, name) else { throw TestFailure("\(library) has no \(name)") }
            return unsafeBitCast(address, to: Function.self)
        }
        let new = try function("extism_plugin_new", New.self)
        call = try function("extism_plugin_call", Call.self)
        length = try function("extism_plugin_output_length", Length.self)
        output = try function("extism_plugin_output_data", Output.self)
        var reason: UnsafeMutablePointer<CChar>?
        guard let instance = new(module, UInt64(module.count), nil, 0, false, &reason) else {
            throw TestFailure("Extism: \(reason.map { String(cString: $0) } ?? "no reason")")
        }
        self.instance = instance
    }

    /// Call the function that does nothing.
    func nothing() -> Bool {
        let none: UInt8 = 0
        return withUnsafePointer(to: none) { call(instance, "nothing", $0, 0) == 0 }
    }

    /// Nanoseconds of so many calls with 256 bytes, the copy of the answer into memory of one's own included.
    func roundTrips(_ count: Int) throws -> [Double] {
        let bytes = (0..<256).map { UInt8($0) }
        return try (0..<count).map { _ in
            let start = monotonicNanoseconds()
            let status = call(instance, "echo", bytes, UInt64(bytes.count))
            let answer = Array(UnsafeBufferPointer(start: output(instance), count: Int(length(instance))))
            let duration = Double(monotonicNanoseconds() - start)
            guard status == 0, answer == bytes else {
                throw TestFailure("Extism answered \(status): \(answer.count) bytes")
            }
            return duration
        }
    }
}
