import Synchronization

#if canImport(Glibc)
    package import Glibc
#endif

/// How a process ended.
package enum ExitStatus: Sendable, Hashable, CustomStringConvertible {
    case exited(Int32)
    case killed(signal: Int32)

    package var description: String {
        switch self {
        case .exited(let code): "exit code \(code)"
        case .killed(let signal): "killed by signal \(signal)"
        }
    }
}

/// What a process said until it ended.
package struct EndedProcess: Sendable {
    package let status: ExitStatus
    package let output: String
    package let errors: String
}

/// One of the two streams of a process: collected by a thread, and waited on line by line.
package final class ProcessOutput: Sendable {
    private struct State: Sendable {
        var bytes: [UInt8] = []
        var hasEnded = false
    }
    private let state = Monitor(State())

    init(descriptor: Int32) {
        onThread { [state] in
            var buffer = [UInt8](repeating: 0, count: 65536)
            while true {
                let count = read(descriptor, &buffer, buffer.count)
                if count < 0, errno == EINTR { continue }
                if count <= 0 { break }
                state.withLock { $0.bytes.append(contentsOf: buffer[..<count]) }
            }
            close(descriptor)
            state.withLock { $0.hasEnded = true }
        }
    }

    package var text: String { state.withLock { String(decoding: $0.bytes, as: UTF8.self) } }
    package var lines: [String] { text.split(separator: "\n").map(String.init) }

    /// The first whole line that `pick` makes something of. Throws when the stream ends or the time is up, with what was
    /// said instead.
    package func firstLine<Result>(
        _ what: String, within duration: Duration = .generous, _ pick: (String) -> Result?
    ) throws -> Result {
        var seen = 0
        let found: Result?? = try state.wait(
            for: "\(what); so far it said:\n\(text.suffix(2000))", within: duration
        ) { state in
            while let end = state.bytes[seen...].firstIndex(of: UInt8(ascii: "\n")) {
                let line = String(decoding: state.bytes[seen..<end], as: UTF8.self)
                seen = end + 1
                if let result = pick(line) { return .some(.some(result)) }
            }
            return state.hasEnded ? .some(.none) : nil
        }
        guard let found = found.flatMap({ $0 }) else {
            throw TestFailure("the process ended without \(what); it said:\n\(text.suffix(4000))")
        }
        return found
    }

    func waitForEnd(within duration: Duration) throws {
        _ = try state.wait(for: "the end of a process's output", within: duration) { $0.hasEnded ? true : nil }
    }
}

/// Held while a descriptor exists that a child would inherit: there is no call that makes it and sets the flag at once.
let descriptorsWithoutFlags = Mutex(())

/// A process that was started by a test, ended with it, and reaped.
package final class ChildProcess: Sendable {
    package let pid: pid_t
    package let output: ProcessOutput
    package let errors: ProcessOutput
    private let ended = Monitor<ExitStatus?>(nil)

    /// Start a program. It gets this environment and nothing else, no descriptor beside the three, and nothing to read.
    package init(
        _ executable: String, _ arguments: [String], environment: [String: String] = [:],
        workingDirectory: String? = nil
    ) throws(TestFailure) {
        let started = try descriptorsWithoutFlags.withLock { _ throws(TestFailure) in
            try Self.spawn(executable, arguments, environment: environment, workingDirectory: workingDirectory)
        }
        let pid = started.pid
        self.pid = pid
        output = ProcessOutput(descriptor: started.output)
        errors = ProcessOutput(descriptor: started.errors)
        onThread { [ended] in
            // Waits without reaping, so that the number stays this child's until the lock is held.
            var info = siginfo_t()
            while waitid(P_PID, id_t(pid), &info, WEXITED | WNOWAIT) != 0, errno == EINTR {}
            ended.withLock { ended in
                var status: Int32 = 0
                waitpid(pid, &status, 0)
                let signal = status & 0x7f
                ended = signal == 0 ? .exited((status >> 8) & 0xff) : .killed(signal: signal)
            }
        }
    }

    private static func spawn(
        _ executable: String, _ arguments: [String], environment: [String: String], workingDirectory: String?
    ) throws(TestFailure) -> (pid: pid_t, output: Int32, errors: Int32) {
        var out: [Int32] = [0, 0]
        var err: [Int32] = [0, 0]
        guard pipe(&out) == 0, pipe(&err) == 0 else { throw .system("pipe") }
        for descriptor in out + err { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, out[1], 1)
        posix_spawn_file_actions_adddup2(&actions, err[1], 2)

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

        // env(1) changes the folder and then becomes the program: the process id stays.
        let program = workingDirectory == nil ? executable : "/usr/bin/env"
        let words = workingDirectory.map { ["env", "-C", $0, executable] } ?? [executable]
        let argv = (words + arguments).map { strdup($0) } + [nil]
        let envp = environment.sorted { $0.key < $1.key }.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for pointer in argv + envp { free(pointer) } }
        var child = pid_t()
        let status = posix_spawn(&child, program, &actions, &attributes, argv, envp)
        close(out[1])
        close(err[1])
        guard status == 0 else {
            close(out[0])
            close(err[0])
            throw .system("posix_spawn \(executable)", status)
        }
        return (child, out[0], err[0])
    }

    deinit { signal(SIGKILL) }

    package var isRunning: Bool { ended.withLock { $0 == nil } }

    /// Nothing happens if it has ended.
    package func signal(_ number: Int32) {
        ended.withLock { if $0 == nil { kill(pid, number) } }
    }

    /// Wait for its end and give what it said.
    package func wait(within duration: Duration = .generous) throws -> EndedProcess {
        let status = try ended.wait(
            for: "the end of process \(pid); its errors so far:\n\(errors.text.suffix(4000))", within: duration
        ) { $0 }
        try output.waitForEnd(within: duration)
        try errors.waitForEnd(within: duration)
        return EndedProcess(status: status, output: output.text, errors: errors.text)
    }

    /// Start, wait, and kill if it takes too long.
    package static func run(
        _ executable: String, _ arguments: [String], environment: [String: String] = [:],
        workingDirectory: String? = nil, within duration: Duration = .seconds(60)
    ) throws(TestFailure) -> EndedProcess {
        let process = try ChildProcess(
            executable, arguments, environment: environment, workingDirectory: workingDirectory)
        do {
            return try process.wait(within: duration)
        } catch {
            process.signal(SIGKILL)
            throw TestFailure("\(executable) \(arguments.joined(separator: " ")): \(error)")
        }
    }
}
