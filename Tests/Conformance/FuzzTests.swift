import TestSupport
import Testing

/// The fuzzer of `jackfield plugin check`, on a plugin that is right and on one that is wrong at one odd moment.
@Suite("The fuzzer", .serialized)
struct FuzzTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder("jackfield-fuzz") }

    private func check(_ replaced: [(String, String)], _ arguments: String...) throws -> EndedProcess {
        try check(replaced, arguments)
    }

    private func check(_ replaced: [(String, String)], _ arguments: [String]) throws -> EndedProcess {
        let plugin = try AlteredPlugin.build(replaced, in: folder)
        return try ChildProcess.run(
            Repository.jackfield, ["plugin", "check", plugin] + arguments,
            environment: ["PATH": "/usr/bin:/bin"], within: .seconds(300))
    }

    @Test func aSoundPluginPassesManyRounds() throws {
        let ended = try check([], "--only", "entry", "--fuzz", "1")
        #expect(ended.status == .exited(0), "\(ended.output)\(ended.errors)")
        let line = ended.output.split(separator: "\n").first { $0.contains("fuzz") } ?? ""
        #expect(line.split(separator: " ").last.flatMap { Int($0) } ?? 0 > 0, "\(line)")
    }

    /// Aborts when an instance is told a third time to cancel what it does not know: the seed alone brings that about.
    @Test func whatItFindsIsFoundAgainByItsSeed() throws {
        let fault = [
            ("typedef struct plugin {", "typedef struct plugin {\n  int cancels;"),
            (
                "{ return tell(instance, call, 0, 1); }",
                "{\n  if (call >> 63 && ++((plugin *)instance)->cancels == 3) abort();\n  return tell(instance, call, 0, 1);\n}"
            ),
        ]
        let ended = try check(fault, "--only", "entry", "--fuzz", "60")
        #expect(ended.status == .exited(1), "\(ended.output)")
        #expect(ended.output.contains("signal 6 (abort)"), "\(ended.output)")
        let words = try rounds(in: ended.output)
        #expect(words.count == 2, "one round is enough: \(words)")
        try isFoundAgain(fault, words)
    }

    /// Aborts when a seventh instance of a process is told to cancel what it does not know: no round does that alone, and
    /// when it comes does not hang on time.
    @Test func whatNeedsEarlierRoundsIsFoundAgainByAllOfThem() throws {
        let fault = [
            ("typedef struct plugin {", "static int cancelled;\n\ntypedef struct plugin {\n  int cancels;"),
            (
                "{ return tell(instance, call, 0, 1); }",
                """
                {
                  if (call >> 63 && ((plugin *)instance)->cancels++ == 0 && ++cancelled == 7) abort();
                  return tell(instance, call, 0, 1);
                }
                """
            ),
        ]
        let ended = try check(fault, "--only", "entry", "--fuzz", "60")
        #expect(ended.status == .exited(1), "\(ended.output)")
        #expect(ended.output.contains("signal 6 (abort)"), "\(ended.output)")
        let words = try rounds(in: ended.output)
        #expect(words.count == 4 && words.contains("--fuzz-rounds"), "\(words)")
        try isFoundAgain(fault, words)
    }

    /// Aborts once, and never again: nothing that could be printed reproduces that.
    @Test func whatDoesNotHappenAgainIsCalledThat() throws {
        let mark = folder.path + "/mark"
        let fault = [
            ("#include <stdlib.h>", "#include <fcntl.h>\n#include <stdlib.h>\n#include <unistd.h>"),
            (
                "{ return tell(instance, call, 0, 1); }",
                """
                {
                  int once = open("\(mark)", O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
                  if (once >= 0) abort();
                  return tell(instance, call, 0, 1);
                }
                """
            ),
        ]
        let ended = try check(fault, "--only", "entry", "--fuzz", "60", "--jobs", "1")
        #expect(ended.status == .exited(1), "\(ended.output)")
        #expect(ended.output.contains("signal 6 (abort)"), "\(ended.output)")
        #expect(ended.output.contains("It did not happen again in 2 tries of the command below"), "\(ended.output)")
    }

    /// The options that a report names behind the plugin: what does it again.
    private func rounds(in output: String) throws -> [String] {
        let place = try #require(output.firstRange(of: "--fuzz-seed "), "\(output)")
        return output[place.lowerBound...].prefix { !$0.isNewline }.split(separator: " ").map(String.init)
    }

    private func isFoundAgain(_ fault: [(String, String)], _ words: [String]) throws {
        for _ in 0..<3 {
            let again = try check(fault, words)
            #expect(again.status == .exited(1), "\(words): \(again.output)")
            #expect(again.output.contains("signal 6 (abort)"), "\(again.output)")
            #expect(again.output.contains(words.joined(separator: " ") + "\n"), "it names itself: \(again.output)")
        }
    }
}
