import Glibc
import JackfieldJSON
import KernelCalls

/// A running child of one check, as the parent sees it: what it says, and how it ends.
final class CheckProcess {
    let check: Check
    let index: Int
    let process: pid_t
    /// Readable when the process has ended.
    let ended: Int32
    let wire: Int32
    let errors: Int32
    let started = BenchClock.now()
    private var said: [UInt8] = []
    private var complained: [UInt8] = []
    /// What the child does now, or was about to do when it ended.
    private(set) var step = "the start of the check"
    /// Those of `Bench.beginnings` that the plugin came back from.
    private(set) var survived: Set<String> = []
    private var verdict: JSON?
    private(set) var isTooLate = false

    /// - Throws: failed where the system starts no process.
    init(_ check: Check, index: Int, job: CheckJob, executable: String, environment: [String]) throws {
        self.check = check
        self.index = index
        var pair: [Int32] = [-1, -1]
        var pipe: [Int32] = [-1, -1]
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, kind, 0, &pair) == 0, socketpair(AF_UNIX, kind, 0, &pipe) == 0
        else { throw Finding.failed("no socket could be made: \(String(cString: strerror(errno)))") }
        let arguments = CStringArray([executable, "conform"])
        let variables = CStringArray(environment)
        let status = kernel_spawn(executable, arguments.pointer, variables.pointer, pipe[1], pair[1], -1)
        Glibc.close(pair[1])
        Glibc.close(pipe[1])
        guard status > 0 else {
            Glibc.close(pair[0])
            Glibc.close(pipe[0])
            throw Finding.failed("no process could be started: \(String(cString: strerror(-status)))")
        }
        process = status
        wire = pair[0]
        errors = pipe[0]
        ended = kernel_pidfd_open(status)
        _ = fcntl(wire, F_SETFL, O_NONBLOCK)
        _ = fcntl(errors, F_SETFL, O_NONBLOCK)
        send(job)
    }

    /// A job fits into the socket's buffer unless a rehearsal is huge; then the child reads while this waits.
    private func send(_ job: CheckJob) {
        var rest = Array((job.json.text + "\n").utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.send(wire, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            if count < 0, errno == EAGAIN {
                var one = pollfd(fd: wire, events: Int16(POLLOUT), revents: 0)
                poll(&one, 1, 1000)
            } else if count < 0, errno == EINTR {
                continue
            } else if count <= 0 {
                return
            }
            rest = rest.dropFirst(max(0, count))
        }
    }

    /// Read what is there.
    func listen() {
        Self.drain(wire) { said += $0 }
        // Nobody but a plugin that writes on this descriptor says so much without an end.
        if said.count > 1 << 20, !said.contains(0x0A) {
            said = []
            end()
        }
        while let end = said.firstIndex(of: 0x0A) {
            let line = said[..<end]
            if Bench.beginnings.contains(step) { survived.insert(step) }
            if line.first == 0x40 {
                step = String(decoding: line.dropFirst(), as: UTF8.self)
            } else {
                verdict = try? JSON(parsing: Array(line))
            }
            said.removeSubrange(...end)
        }
        Self.drain(errors) {
            complained += $0
            if complained.count > 16384 { complained.removeFirst(complained.count - 8192) }
        }
    }

    private static func drain(_ descriptor: Int32, _ take: (ArraySlice<UInt8>) -> Void) {
        var chunk = [UInt8](repeating: 0, count: 1 << 14)
        // What is left is read the next time: one who floods holds up nobody.
        for _ in 0..<64 {
            let count = read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return }
            take(chunk[..<count])
        }
    }

    /// It took too long: end it, and all that it started.
    func end() {
        isTooLate = true
        kill(-process, SIGKILL)
    }

    /// The step that it did not come back from; nil where it has given its verdict.
    var lastStep: String? { verdict == nil || isTooLate ? step : nil }

    /// After `ended` was readable: what came of the check.
    func result(seed: UInt64, limit: Int64) -> CheckResult {
        listen()
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        // What the plugin started and left behind.
        kill(-process, SIGKILL)
        listen()
        for descriptor in [ended, wire, errors] { Glibc.close(descriptor) }
        var result = CheckResult(check: check, seed: seed, verdict: .failed)
        result.duration = BenchClock.now() - started
        result.isTooLate = isTooLate
        let signal = status & 0x7F
        let tail = String(decoding: complained.suffix(2000), as: UTF8.self).split(separator: "\n").suffix(8)
        if isTooLate {
            result.sentence = "the plugin did not come back within \(limit / BenchClock.second) s, in: \(step)"
        } else if let verdict, signal == 0 {
            result.take(verdict)
        } else if signal != 0 {
            result.sentence = "the plugin was ended by signal \(signal) (\(Self.name(signal))) in: \(step)"
        } else {
            result.sentence = "the plugin ended the process with exit code \((status >> 8) & 0xFF) in: \(step)"
        }
        if result.verdict == .failed { result.evidence += tail.map { "standard error: \($0)" } }
        result.makePrintable()
        return result
    }

    private static func name(_ signal: Int32) -> String {
        switch signal {
        case SIGSEGV: "segmentation fault"
        case SIGABRT: "abort"
        case SIGBUS: "bus error"
        case SIGFPE: "arithmetic error"
        case SIGILL: "illegal instruction"
        case SIGTRAP: "trap"
        case SIGKILL: "kill"
        case SIGPIPE: "broken pipe"
        case SIGSYS: "forbidden system call"
        case SIGTERM: "termination"
        default: String(cString: strsignal(signal))
        }
    }
}

/// A list of C strings that ends with null.
private final class CStringArray {
    let pointer: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
    private let count: Int

    init(_ texts: [String]) {
        count = texts.count
        pointer = .allocate(capacity: texts.count + 1)
        for (index, text) in texts.enumerated() { pointer[index] = strdup(text) }
        pointer[texts.count] = nil
    }

    deinit {
        for index in 0..<count { free(pointer[index]) }
        pointer.deallocate()
    }
}
