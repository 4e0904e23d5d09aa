import Glibc
import Integrity
import JackfieldJSON
import KernelCalls
import Loading
import Synchronization

/// The process of one isolated plugin: locks itself up, loads the plugin, and passes on what host and plugin say to each
/// other until one of them is gone.
package enum Runner {
    /// Where the wire is.
    package static let descriptor: Int32 = 3
    /// Where the library's verified file is, if the order says that there is one.
    static let libraryDescriptor: Int32 = 4

    /// Never returns. To be called while the process has one thread.
    ///
    /// - Parameter host: the process that started this one; where it is gone already, so is the reason to be here.
    package static func run(host: Int32) -> Never {
        // The host's death is this process's, also if a plugin's endless loop is all that runs here.
        kernel_die_with_parent()
        guard getppid() == host else { _exit(0) }
        // Without one it would bear the name of the link that it was started by.
        _ = kernel_name_process("jackfield-runner")
        // What the loader was told by it, the plugin need not know.
        clearenv()
        let wire = RunnerWire(descriptor)
        var session: RunnerSession?
        do throws(WireFault) {
            try wire.read { header, head, body throws(WireFault) in
                if let session {
                    try session.take(header, head, body)
                } else {
                    guard header.kind == .load, let json = try? JSON(parsing: Array(head)) else {
                        throw WireFault("no order")
                    }
                    session = RunnerSession(wire: wire, order: try RunnerOrder(json))
                }
            }
        } catch {
            complain("jackfield runner: the host sent \(error)\n")
            _exit(2)
        }
    }

    private static func complain(_ sentence: String) {
        var sentence = sentence
        sentence.withUTF8 { _ = write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}

/// One plugin in this process, from its order to its end. Frames come on one thread.
final class RunnerSession: @unchecked Sendable {
    private let wire: RunnerWire
    private let order: RunnerOrder
    private var library: LoadedLibrary?
    private var relay: Relay?
    private var side: (any PluginSide)?
    private let link = HostLink()

    /// Lock up and load; the host hears what came of it.
    init(wire: RunnerWire, order: RunnerOrder) {
        self.wire = wire
        self.order = order
        do throws(LoadError) {
            let (library, report) = try Self.load(order)
            self.library = library
            wire.send(
                FrameHeader(.loaded), head: RunnerReport(descriptor: library.descriptor, sandbox: report).json.text)
        } catch {
            fail(.loaded, error)
        }
    }

    private static func load(_ order: RunnerOrder) throws(LoadError) -> (LoadedLibrary, SandboxReport) {
        var sealed: SealedFile?
        if order.isSealed {
            sealed = try LoadError.ofFiles { () throws(IntegrityError) in
                try SealedFile(inherited: Runner.libraryDescriptor, path: order.library)
            }
        }
        let report: SandboxReport
        do throws(SandboxError) {
            report = try Sandbox.enter(order.sandbox)
        } catch {
            throw LoadError(.notIsolated, "\(order.id) cannot be isolated as its manifest asks: \(error)")
        }
        // The one variable of its environment.
        if let temporary = order.sandbox.temporary { setenv("TMPDIR", temporary, 1) }
        let library: LoadedLibrary
        if let sealed {
            library = try LoadedLibrary.open(sealed)
        } else {
            library = try LoadedLibrary.open(path: order.library)
        }
        for granted in order.sandbox.libraries { try map(granted, for: order.id) }
        do throws(SandboxError) {
            try Sandbox.seal()
        } catch {
            throw LoadError(.notIsolated, "\(order.id) cannot be isolated as its manifest asks: \(error)")
        }
        return (library, report)
    }

    /// The plugin finds it again with `dlopen`, which maps nothing for what is mapped already. Its constructors run here,
    /// within the sandbox.
    private static func map(_ library: String, for id: String) throws(LoadError) {
        guard dlopen(library, RTLD_NOW | RTLD_LOCAL | Int32(RTLD_NODELETE)) == nil else { return }
        throw LoadError(
            .cannotOpen,
            "\(library), from plugins.\(id).grants.libraries, cannot be loaded: "
                + (dlerror().map { String(cString: $0) } ?? "no reason given"))
    }

    func take(
        _ header: FrameHeader, _ head: UnsafeRawBufferPointer, _ body: UnsafeRawBufferPointer
    ) throws(WireFault) {
        switch header.kind {
        case .load: throw WireFault("a second order")
        case .create: try create(head, config: Array(body))
        case .open: open()
        case .drain: drain(deadline: header.amount)
        case .close: close(limit: header.amount)
        default:
            guard let relay else { throw WireFault("a call before there is an instance") }
            try relay.take(header, head, body)
        }
    }

    private func create(_ head: UnsafeRawBufferPointer, config: [UInt8]) throws(WireFault) {
        guard let library, relay == nil, let granted = (try? JSON(parsing: Array(head)))?.array else {
            throw WireFault("an instance to be made when none can be")
        }
        let revisions = granted.map { UInt32(clamping: $0.int ?? 0) }
        let relay = Relay(id: order.id, wire: wire, granted: revisions)
        do throws(LoadError) {
            let side = try library.create(
                InstanceSetup(id: order.id, config: config, granted: revisions, host: link))
            self.side = side
            relay.attach(side)
            link.target = relay
            self.relay = relay
            wire.send(FrameHeader(.created))
        } catch {
            fail(.created, error)
        }
    }

    // What follows may take its time, and the plugin may need this wire meanwhile: on threads of their own.

    private func open() {
        guard let side else { return }
        apart {
            do throws(LoadError) {
                try side.open()
                self.wire.send(FrameHeader(.opened))
            } catch {
                self.fail(.opened, error)
            }
        }
    }

    private func drain(deadline: Int64) {
        guard let side else { return }
        // The host waits for as long as it wants to; this end does not give up by itself.
        apart {
            let stuck = side.drain(deadline: deadline, limit: MonotonicClock.now() + 3_600_000_000_000)
            self.wire.send(FrameHeader(.drained), head: stuck ?? "")
        }
    }

    private func close(limit: Int64) {
        guard let side else { return }
        apart {
            let stuck = side.end(limit: limit)
            self.wire.send(FrameHeader(.closed), head: stuck ?? "")
            // Not `exit`: what the plugin has registered for that does not run in a host either.
            if stuck == nil {
                fflush(nil)
                _exit(0)
            }
        }
    }

    private func apart(_ body: @escaping @Sendable () -> Void) {
        // Where no thread is to be had, it runs here.
        _ = LifecycleThread.run(limit: 0, body)
    }

    private func fail(_ kind: FrameKind, _ error: LoadError) {
        let reason: JSON = ["code": .string(error.code.rawValue), "message": .string(error.message)]
        wire.send(FrameHeader(kind, first: 1), head: reason.text)
    }
}
