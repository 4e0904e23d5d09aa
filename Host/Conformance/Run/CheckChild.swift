import Glibc
import JackfieldJSON
import KernelCalls

/// The process of one check: `jackfield conform`, started by the one that reports, never by hand.
///
/// Descriptor 3 is a socket. The job comes in on it as one line. What goes out: before each step a line `@STEP`, at the
/// end one line of JSON. A process that ends without that line was ended by the plugin.
package enum CheckChild {
    private static let wire: Int32 = 3

    package static func run() -> Never {
        // The one who reports would end a plugin that hangs. Where it is gone there is nobody who does.
        kernel_die_with_parent()
        guard let line = readLine(), let json = try? JSON(parsing: line), let job = CheckJob(json),
            let check = CheckCatalogue.check(job.check)
        else {
            write("{\"verdict\":\"failed\",\"sentence\":\"the job could not be read\"}\n")
            _exit(2)
        }
        // It may have gone before that was said.
        guard !isWireClosed else { _exit(2) }
        let bench = Bench(subject: job.subject, seed: job.seed, rounds: job.rounds, limit: job.limit) { step in
            write("@\(step)\n")
        }
        var verdict = CheckResult.Verdict.passed
        var sentence = ""
        var evidence: [String] = []
        do {
            try check.run(bench)
        } catch let finding as Finding {
            verdict = finding.kind == .failed ? .failed : .skipped
            sentence = finding.sentence
            evidence = finding.evidence
        } catch {
            verdict = .failed
            sentence = "\(error)"
        }
        write(
            CheckResult.json(verdict, sentence, evidence.prefix(20).map { String($0.prefix(600)) }, bench.figures).text
                + "\n")
        // Without the exit handlers: they are the plugin's too, and its threads may still run.
        _exit(0)
    }

    private static var isWireClosed: Bool {
        var one = pollfd(fd: wire, events: 0, revents: 0)
        return poll(&one, 1, 0) > 0 && one.revents & Int16(POLLHUP) != 0
    }

    private static func readLine() -> [UInt8]? {
        var line: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(wire, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return nil }
            if let end = chunk[..<count].firstIndex(of: 0x0A) { return line + chunk[..<end] }
            line += chunk[..<count]
        }
    }

    private static func write(_ text: String) {
        var text = text
        text.withUTF8 { bytes in
            var rest = UnsafeRawBufferPointer(bytes)
            while !rest.isEmpty {
                let count = send(wire, rest.baseAddress, rest.count, Int32(MSG_NOSIGNAL))
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return }
                rest = UnsafeRawBufferPointer(rebasing: rest[count...])
            }
        }
    }
}
