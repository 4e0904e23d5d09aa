import CJackfield
public import JackfieldJSON
public import JackfieldPlugin
public import JackfieldVocabulary
import Synchronization

/// A host for the tests of one plugin: no network, no clock, no thread of its own.
///
/// It speaks to the plugin through the C functions of its descriptor, as every host does. What a service is asked is
/// answered before the plugin's call returns, so a call is usually over when it has been started:
///
///     let host = try TestHost(MyAgentPlugin.definition, config: ["limit": 3])
///     let call = host.invoke("How are you?")
///     let result = try await call.result()
///     #expect(call.events == [.text("Well.")])
///
/// The tests of one process test one plugin, as a shared library holds one.
public final class TestHost: Sendable {
    /// How the one who reads a call's events behaves.
    public enum Reader: Sendable, Hashable {
        case eager
        /// Turns every event away once: the plugin has to wait and offer it again.
        case slow
        /// Wants no more after so many events.
        case leaving(after: Int)
    }

    /// A metric, a log line, a wait: what the plugin told or asked, in order.
    public struct Record: Sendable {
        /// Requests to the network.
        public var requests: [HTTPRequest] = []
        public var log: [LogLine] = []
        public var metrics: [MetricRecord] = []
        /// Waits. They take no time.
        public var sleeps: [Duration] = []
        /// Names of secrets that were asked for.
        public var secrets: [String] = []
        public var completions: [LLM.CompletionRequest] = []
        public var toolCalls: [Tool.ServiceInvocation] = []
        public var invocations: [Agent.ServiceInvocation] = []
        /// Calls on services that the plugin gave up.
        public var cancelled = 0
        /// Malformed payloads of the plugin; empty with the kit.
        public var faults: [String] = []
    }

    struct State {
        var record = Record()
        var calls: [jackfield_call: any CallReceiver] = [:]
        var answers: [jackfield_call: ServiceAnswer] = [:]
        var lastCall: jackfield_call = 0
    }

    /// Memory that lives as long as the host.
    struct Tables: @unchecked Sendable {
        let descriptor: UnsafePointer<jackfield_plugin>
        let host: UnsafeMutablePointer<jackfield_side>
        let plugin: UnsafeMutablePointer<jackfield_side>

        init(_ descriptor: UnsafePointer<jackfield_plugin>) {
            self.descriptor = descriptor
            host = .allocate(capacity: 1)
            // The room that `create` is promised: zeroed, and its size says so.
            let room = UnsafeMutableRawPointer.allocate(byteCount: Int(JACKFIELD_SIDE_ROOM), alignment: 16)
            room.initializeMemory(as: UInt8.self, repeating: 0, count: Int(JACKFIELD_SIDE_ROOM))
            room.storeBytes(of: JACKFIELD_SIDE_ROOM, as: UInt32.self)
            plugin = room.assumingMemoryBound(to: jackfield_side.self)
        }
    }

    let tables: Tables
    let definition: PluginDefinition
    let services: TestServices
    let reader: Reader
    let context: CallContext
    /// Nanoseconds of CLOCK_MONOTONIC, or 0 for none.
    let deadline: Int64
    let state = Mutex(State())

    /// Make and open an instance of the plugin.
    ///
    /// - Parameters:
    ///   - config: what the manifest would give it. No schema is read: defaults are the plugin's own.
    ///   - services: what the host offers, and what it answers.
    ///   - deadline: of every call: nanoseconds of CLOCK_MONOTONIC, or 0 for none.
    /// - Throws: what the plugin says of a configuration that it does not take.
    public init(
        _ definition: PluginDefinition, instance: String = "test", config: JSON = [:],
        services: TestServices = TestServices(), reader: Reader = .eager,
        context: CallContext = CallContext(requestID: "test"), deadline: Int64 = 0
    ) throws(CallError) {
        guard let descriptor = definition.descriptor else { throw CallError(.internal, "the plugin has no descriptor") }
        let id = String(cString: descriptor.pointee.id)
        guard id == definition.id else {
            throw CallError(
                .conflict, "this process tests \(id) already; test \(definition.id) in a process of its own")
        }
        tables = Tables(descriptor)
        self.definition = definition
        self.services = services
        self.reader = reader
        self.context = context
        self.deadline = deadline
        tables.host.initialize(to: jackfield_side(testHost: Unmanaged.passUnretained(self).toOpaque()))
        let failure = create(instance: instance, config: config.bytes)
        if let failure {
            // Nothing was made that `deinit` could destroy.
            tables.plugin.pointee.instance = nil
            throw failure
        }
    }

    private func create(instance: String, config: [UInt8]) -> CallError? {
        let offered: [UInt32] = definition.services.map { services.withheld.contains($0.service) ? 0 : 1 }
        if let missing = definition.services.first(where: { $0.isRequired && services.withheld.contains($0.service) }) {
            return CallError(.unsupported, "the plugin requires \(missing.service.rawValue), which is withheld")
        }
        return Array(instance.utf8).withUnsafeBytes { name in
            config.withUnsafeBytes { config in
                offered.withUnsafeBufferPointer { offered in
                    var setup = jackfield_setup(
                        size: UInt32(MemoryLayout<jackfield_setup>.size), service_count: UInt32(offered.count),
                        host: UnsafePointer(tables.host), services: offered.baseAddress,
                        instance_id: jackfield_view(name), config: jackfield_view(config),
                        abi_revision: JACKFIELD_ABI_REVISION, reserved: 0)
                    var failure = jackfield_failure()
                    failure.size = UInt32(MemoryLayout<jackfield_failure>.size)
                    let status = tables.descriptor.pointee.create(&setup, tables.plugin, &failure)
                    guard status == JACKFIELD_OK else { return CallError(status, failure) }
                    let opened = tables.descriptor.pointee.open(tables.plugin.pointee.instance, &failure)
                    guard opened == JACKFIELD_OK else {
                        tables.descriptor.pointee.destroy(tables.plugin.pointee.instance)
                        return CallError(opened, failure)
                    }
                    return nil
                }
            }
        }
    }

    deinit {
        if let instance = tables.plugin.pointee.instance {
            tables.descriptor.pointee.close(instance)
            tables.descriptor.pointee.destroy(instance)
        }
        tables.host.deallocate()
        tables.plugin.deallocate()
    }

    /// What the plugin asked and told so far.
    public var record: Record { state.withLock { $0.record } }
}

extension CallError {
    init(_ status: Int32, _ failure: jackfield_failure) {
        let message = withUnsafeBytes(of: failure.message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        self.init(Code(rawValue: status) ?? .internal, message)
    }
}
