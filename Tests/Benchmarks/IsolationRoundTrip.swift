import CJackfield
import EventLoops
import Foundation
import Glibc
import JackfieldVocabulary
import Loading
import TestSupport

extension LoadedFixture {
    /// Nanoseconds of so many calls to a validator, one after the other, each with 256 bytes.
    func roundTrips(_ count: Int, on executor: LoopExecutor) async throws -> [Double] {
        let request = try Validator.Subject.payload(of: 256)
        return try await perform(on: executor) { running, scope in
            var seen: [Double] = []
            seen.reserveCapacity(count)
            for _ in 0..<count {
                let start = monotonicNanoseconds()
                _ = try await running.start(method: JACKFIELD_VALIDATOR_CHECK, request: request, scope: scope).result()
                seen.append(Double(monotonicNanoseconds() - start))
            }
            return seen
        }
    }
}

extension Validator.Subject {
    /// A text to check, in a payload of exactly this size.
    static func payload(of size: Int) throws -> [UInt8] {
        let words = String(repeating: "Is this machine healthy, and what does it do? ", count: 8)
        for length in 1..<size {
            let subject = Validator.Subject(
                direction: .input, segments: [Validator.Segment(role: "user", text: String(words.prefix(length)))])
            let payload = subject.payload()
            if payload.count == size { return payload }
        }
        throw TestFailure("no text gives a payload of \(size) bytes")
    }
}

/// The least that a call to another process can cost: a socket pair, blocking reads and writes, `cat` at the other end.
final class EchoProcess: Sendable {
    private let descriptor: Int32
    private let pid: pid_t

    /// A frame's head and the payload.
    private static let size = 48 + 256

    init() throws {
        var ends: [Int32] = [-1, -1]
        guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &ends) == 0 else {
            throw TestFailure.system("socketpair")
        }
        defer { close(ends[1]) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, ends[1], 0)
        posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
        let name = strdup("cat")
        defer { free(name) }
        var child = pid_t()
        let status = posix_spawn(&child, "/bin/cat", &actions, nil, [name, nil], [nil])
        guard status == 0 else { throw TestFailure.system("posix_spawn /bin/cat", status) }
        descriptor = ends[0]
        pid = child
    }

    deinit {
        // It ends with its input.
        close(descriptor)
        waitpid(pid, nil, 0)
    }

    func roundTrips(_ count: Int) throws -> [Double] {
        var bytes = [UInt8](repeating: 7, count: Self.size)
        return try (0..<count).map { _ in
            let start = monotonicNanoseconds()
            guard write(descriptor, bytes, bytes.count) == bytes.count else { throw TestFailure.system("write") }
            var got = 0
            while got < bytes.count {
                let more = read(descriptor, &bytes, bytes.count - got)
                guard more > 0 else { throw TestFailure.system("read") }
                got += more
            }
            return Double(monotonicNanoseconds() - start)
        }
    }
}
