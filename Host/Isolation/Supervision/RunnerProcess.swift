import Glibc
import KernelCalls
import Loading
import Synchronization

/// One process of `jackfield runner`, from its start to its end; watched by the supervisor's thread.
final class RunnerProcess: @unchecked Sendable {
    /// How a process ended.
    enum End: Sendable, Hashable {
        case exited(Int32)
        case signalled(Int32)
        /// Somebody else in the host waited for it.
        case unknown
        /// By the host, which said why.
        case killed(String)

        /// What follows "the plugin x …".
        var sentence: String {
            switch self {
            case .exited(let code): "exited with code \(code)"
            case .signalled(SIGSYS):
                // Of one that can be answered, the answer is EPERM, and the report names it.
                "was ended by signal SIGSYS: a forbidden system call, made while signals were blocked (as posix_spawn, "
                    + "popen and system do) or by numbers that are not this architecture's"
            case .signalled(let number): "was ended by \(Self.name(number))"
            case .unknown: "ended, and something else in the host took the news of how"
            case .killed(let why): "was ended by the host: \(why)"
            }
        }

        private static func name(_ number: Int32) -> String {
            let names: [Int32: String] = [
                SIGABRT: "SIGABRT", SIGSEGV: "SIGSEGV", SIGBUS: "SIGBUS", SIGILL: "SIGILL", SIGFPE: "SIGFPE",
                SIGKILL: "SIGKILL", SIGTERM: "SIGTERM", SIGSYS: "SIGSYS", SIGTRAP: "SIGTRAP", SIGALRM: "SIGALRM",
                SIGXCPU: "SIGXCPU", SIGXFSZ: "SIGXFSZ", SIGPIPE: "SIGPIPE", SIGINT: "SIGINT", SIGHUP: "SIGHUP",
                SIGQUIT: "SIGQUIT", SIGVTALRM: "SIGVTALRM", SIGPROF: "SIGPROF", SIGUSR1: "SIGUSR1",
                SIGUSR2: "SIGUSR2",
            ]
            return names[number].map { "signal \($0)" } ?? "signal \(number)"
        }
    }

    let pid: Int32
    private let supervisor: Supervisor
    private let handle: Int32
    private let errors: Int32

    private struct State {
        var reason: String?
        var end: End?
    }
    private let state = Mutex(State())
    private let ended = Latch()

    // Confined to the supervisor's thread.
    private var onOutput: ((UnsafeRawBufferPointer) -> Void)?
    private var onEnd: ((End) -> Void)?
    private var usage: RunnerUsage

    private init(pid: Int32, handle: Int32, errors: Int32, processors: Double, supervisor: Supervisor) {
        self.pid = pid
        self.handle = handle
        self.errors = errors
        self.supervisor = supervisor
        usage = RunnerUsage(processors: processors, now: MonotonicClock.now())
    }

    /// Start one and watch it. To be called on the supervisor's thread; the two closures are, too.
    ///
    /// - Parameters:
    ///   - library: a descriptor that it gets as its 4; negative: none.
    ///   - processors: that it may keep busy; 0: all.
    ///   - used: hears once a second what it uses.
    ///   - output: pieces of what it writes to standard output and error.
    ///   - end: called once, when it is gone and nothing of its group is left.
    /// - Returns: the process, and the host's end of its wire.
    /// - Throws: what the system said.
    static func start(
        _ executable: String, library: Int32, processors: Double, supervisor: Supervisor,
        used: @escaping (RunnerUsage) -> Void, output: @escaping (UnsafeRawBufferPointer) -> Void,
        end: @escaping (End) -> Void
    ) throws(WireFault) -> (process: RunnerProcess, wire: Int32) {
        var ends: [Int32] = [-1, -1]
        guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &ends) == 0 else {
            throw WireFault("no socket pair: \(String(cString: strerror(errno)))")
        }
        var pipes: [Int32] = [-1, -1]
        guard pipe(&pipes) == 0 else {
            for end in ends { close(end) }
            throw WireFault("no pipe: \(String(cString: strerror(errno)))")
        }
        for end in pipes { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        defer {
            close(ends[1])
            close(pipes[1])
        }
        let pid = spawn(executable, wire: ends[1], errors: pipes[1], library: library)
        let handle = pid > 0 ? kernel_pidfd_open(pid) : pid
        guard handle >= 0 else {
            if pid > 0 {
                Glibc.kill(pid, SIGKILL)
                waitpid(pid, nil, 0)
            }
            close(ends[0])
            close(pipes[0])
            throw WireFault("\(executable) cannot be started: \(String(cString: strerror(-handle)))")
        }
        _ = fcntl(pipes[0], F_SETFL, O_NONBLOCK)
        let process = RunnerProcess(
            pid: pid, handle: handle, errors: pipes[0], processors: processors, supervisor: supervisor)
        process.onOutput = output
        process.onEnd = end
        supervisor.watch(pipes[0]) { process.readOutput() }
        supervisor.watch(handle) { process.reap() }
        process.sample(used)
        return (process, ends[0])
    }

    /// End it, with all of its group. From any thread, also when it is gone.
    ///
    /// - Parameter reason: of the host; nil: it is taken for dead, and how it ended says why.
    func kill(because reason: String?) {
        state.withLock { state in
            guard state.end == nil else { return }
            // One that has ended by itself was not ended by the host, though nobody has looked at it yet.
            var info = siginfo_t()
            let status = waitid(P_PIDFD, id_t(handle), &info, WEXITED | WNOHANG | WNOWAIT)
            if status == 0, info.si_signo != 0 { return }
            if state.reason == nil { state.reason = reason }
            _ = kernel_pidfd_signal(handle, SIGKILL)
        }
    }

    /// Wait until it is gone.
    ///
    /// - Parameter limit: nanoseconds of CLOCK_MONOTONIC.
    /// - Returns: false if it was not by then.
    func waitForEnd(until limit: Int64) -> Bool {
        guard ended.wait(until: limit) else { return false }
        // For the next one who asks.
        ended.post()
        return true
    }

    // MARK: On the supervisor's thread

    private func readOutput() {
        withUnsafeTemporaryAllocation(byteCount: 16 * 1024, alignment: 1) { buffer in
            let count = read(errors, buffer.baseAddress, buffer.count)
            if count > 0 {
                onOutput?(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            } else if count == 0 {
                // Nobody can write any more; the process may go on without.
                supervisor.forget(errors)
            }
        }
    }

    /// Once a second, until it is gone.
    private func sample(_ used: @escaping (RunnerUsage) -> Void) {
        guard onEnd != nil else { return }
        let now = MonotonicClock.now()
        if let excess = usage.sample(process: pid, now: now) { kill(because: excess) }
        used(usage)
        nonisolated(unsafe) let used = used
        supervisor.at(now + 1_000_000_000) { [weak self] in self?.sample(used) }
    }

    private func reap() {
        var info = siginfo_t()
        // Called when there is an end to be had. That there is no child any more says that somebody else has had it: a
        // plugin in this process that waits for all children.
        let isOurs = waitid(P_PIDFD, id_t(handle), &info, WEXITED | WNOWAIT) == 0
        guard isOurs || errno == ECHILD else { return }
        // Its number belongs to it until it is waited for, and so does its group's: nobody else is hit.
        if isOurs { Glibc.kill(-pid, SIGKILL) }
        // What it said last is still in the pipe.
        for _ in 0..<8 { readOutput() }
        var status: Int32 = 0
        if isOurs { waitpid(pid, &status, 0) }
        supervisor.forget(handle)
        supervisor.forget(errors)
        let signal = status & 0x7f
        let end: End = state.withLock { state in
            let natural: End = !isOurs ? .unknown : signal == 0 ? .exited(status >> 8 & 0xff) : .signalled(signal)
            // What the host killed, it killed with SIGKILL; what ended otherwise was quicker.
            let end = signal == SIGKILL ? state.reason.map { .killed($0) } ?? natural : natural
            state.end = end
            close(handle)
            close(errors)
            return end
        }
        ended.post()
        let onEnd = onEnd
        self.onEnd = nil
        onOutput = nil
        onEnd?(end)
    }

    // MARK: The start

    /// - Returns: the process, or a negative errno.
    private static func spawn(_ executable: String, wire: Int32, errors: Int32, library: Int32) -> Int32 {
        var arguments: [UnsafeMutablePointer<CChar>?] =
            ["jackfield", "runner", "\(getpid())"].map { (text: String) in strdup(text) }
        // The loader looks for the runtime's libraries by it, where the host itself was started with it.
        var environment: [UnsafeMutablePointer<CChar>?] = []
        if let path = getenv("LD_LIBRARY_PATH") {
            environment.append(strdup("LD_LIBRARY_PATH=" + String(cString: path)))
        }
        defer { for text in arguments + environment { free(text) } }
        arguments.append(nil)
        environment.append(nil)
        return kernel_spawn(executable, &arguments, &environment, errors, wire, library)
    }
}
