import Conformance
import JackfieldJSON
import Registry
import TestSupport
import Testing

/// Runs real checks on real plugins, each in a process of the built program.
@Suite("A run of checks", .serialized)
struct CheckRunTests {
    private func plugin(_ replaced: [(String, String)] = [], blocking: Bool = false) throws -> (
        Subject, TemporaryFolder
    ) {
        let folder = try TemporaryFolder("jackfield-conformance")
        let location = try PluginPath.at(file: AlteredPlugin.build(replaced, blocking: blocking, in: folder))
        return (try Subject(at: location, config: nil, rehearsal: nil), folder)
    }

    private func run(_ subject: Subject, _ names: String?, seed: UInt64 = 1, limit: Int64 = 60) throws -> [CheckResult]
    {
        let checks = try names.map { try CheckCatalogue.select($0).get() } ?? CheckCatalogue.all
        let run = CheckRun(
            subject: subject, checks: checks, seed: seed, jobs: 2, limit: limit * 1_000_000_000,
            executable: Repository.jackfield)
        return run.run { _ in }
    }

    /// A coin falls the same twice half of the time, and then the other way in the other process half of that.
    @Test("a plugin that tosses a coin is not blamed for how it falls")
    func coin() throws {
        let (subject, folder) = try plugin([
            ("#include <string.h>", "#include <string.h>\n#include <sys/random.h>"),
            (
                "const char *word = words[w->said] ? words[w->said] : w->input;",
                """
                unsigned char coin = 0;
                if (w->said == 0 && getrandom(&coin, 1, 0) != 1) abort();
                const char *word = coin & 1 ? "Heads. " : words[w->said] ? words[w->said] : w->input;
                """
            ),
        ])
        try withExtendedLifetime(folder) {
            for seed in 1...12 {
                let result = try run(subject, "modes-same-answers", seed: UInt64(seed))[0]
                #expect(result.verdict == .passed, "\(result.sentence) \(result.evidence)")
            }
        }
    }

    @Test(
        "a plugin that does everything right passes everything, on a loop and on threads of its own",
        arguments: [false, true])
    func sound(blocking: Bool) throws {
        let (subject, folder) = try plugin(blocking: blocking)
        let results = try withExtendedLifetime(folder) { try run(subject, nil) }
        #expect(results.count == CheckCatalogue.all.count)
        for result in results where result.verdict == .failed {
            Issue.record("\(result.check.id): \(result.sentence) \(result.evidence)")
        }
        // The general checks find something to look at.
        let general = results.filter { $0.check.roles == nil && $0.check.group != .modes && $0.check.group != .role }
        #expect(general.count { $0.verdict == .passed } >= 85)
    }

    @Test("a crash is the result of one check, with the signal and the function that the plugin was in")
    func crash() throws {
        let (subject, folder) = try plugin([
            ("  w->call = start->call;", "  w->call = start->call;\n  *(volatile int *)8 = 1;")
        ])
        let results = try withExtendedLifetime(folder) { try run(subject, "calls-answer,lifecycle-create") }
        let answer = try #require(results.first { $0.check.id == "calls-answer" })
        #expect(answer.verdict == .failed)
        #expect(answer.sentence == "the plugin was ended by signal 11 (segmentation fault) in: start (invoke)")
        #expect(results.first { $0.check.id == "lifecycle-create" }?.verdict == .passed)
    }

    @Test("an exit of the plugin is no success of the check")
    func exits() throws {
        let (subject, folder) = try plugin([("  w->call = start->call;", "  w->call = start->call;\n  exit(0);")])
        let result = try withExtendedLifetime(folder) { try run(subject, "calls-answer")[0] }
        #expect(result.verdict == .failed)
        #expect(result.sentence == "the plugin ended the process with exit code 0 in: start (invoke)")
    }

    @Test("a plugin that does not come back is ended when the time of the check is over")
    func hangs() throws {
        let (subject, folder) = try plugin([
            (
                "  w->call = start->call;",
                "  w->call = start->call;\n  for (;;) pthread_cond_wait(&self->changed, &self->lock);"
            )
        ])
        let result = try withExtendedLifetime(folder) { try run(subject, "calls-answer", limit: 6)[0] }
        #expect(result.verdict == .failed)
        #expect(result.sentence == "the plugin did not come back within 6 s, in: start (invoke)")
    }

    @Test("what the plugin wrote to standard error stands with the failure")
    func complains() throws {
        let (subject, folder) = try plugin([
            ("#include <stdlib.h>", "#include <stdio.h>\n#include <stdlib.h>"),
            (
                "  w->call = start->call;",
                "  w->call = start->call;\n  fprintf(stderr, \"the cat is out\\n\");\n  abort();"
            ),
        ])
        let result = try withExtendedLifetime(folder) { try run(subject, "calls-answer")[0] }
        #expect(result.sentence.contains("signal 6 (abort)"))
        #expect(result.evidence.contains("standard error: the cat is out"))
    }

    /// One fault of each group that the engine itself must see; the faulty plugins have one for every check.
    @Test(
        "a fault is found by the check that is about it, and by no other",
        arguments: [
            (
                "calls-finish-once", "  finish(self, call, JACKFIELD_OK, \"\", jackfield_built(&b, &result));",
                "  for (int i = 0; i < 2; i++) finish(self, call, JACKFIELD_OK, \"\", jackfield_built(&b, &result));"
            ),
            ("flow-slow-reader", "      w->held = 1;", "      w->held = 1;\n      w->said++;"),
            (
                "ownership-host-table-constant", "  self->host = setup->host;",
                "  self->host = setup->host;\n  ((volatile jackfield_side *)setup->host)->reserved = 0;"
            ),
            ("lifecycle-close-twice", "  self->closed = 1;", "  if (self->closed) abort();\n  self->closed = 1;"),
            (
                "deadline-none", "  w->call = start->call;",
                "  w->call = start->call;\n  if (start->deadline == 0) w->cancelled = 1;"
            ),
        ])
    func fault(id: String, old: String, new: String) throws {
        let (subject, folder) = try plugin([(old, new)])
        let groups = "calls,flow,ownership,lifecycle,deadline"
        let results = try withExtendedLifetime(folder) { try run(subject, groups) }
        #expect(results.filter { $0.verdict == .failed }.map(\.check.id) == [id])
    }

    @Test("the same seed makes the same choices")
    func seed() {
        var first = SeededGenerator(seed: 42)
        var second = SeededGenerator(seed: 42)
        let numbers = (0..<8).map { _ in first.next() }
        #expect(numbers == (0..<8).map { _ in second.next() })
        // Published values of SplitMix64 from 1234567.
        var known = SeededGenerator(seed: 1_234_567)
        #expect(
            (0..<3).map { _ in known.next() } == [
                6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
            ])
    }
}
