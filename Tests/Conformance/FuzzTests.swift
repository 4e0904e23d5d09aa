import TestSupport
import Testing

/// The fuzzer of `jackfield plugin check`, on a plugin that is right and on one that is wrong at one odd moment.
@Suite("The fuzzer", .serialized)
struct FuzzTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder("jackfield-fuzz") }

    private func check(_ replaced: [(String, String)], _ arguments: String...) throws -> EndedProcess {
        let home = "Tests/Conformance/Fixtures"
        var source = try Repository.read("\(home)/sound.c")
        for (old, new) in replaced {
            try #require(source.contains(old), "sound.c has no \(old)")
            source = source.replacing(old, with: new)
        }
        let file = try folder.write("sound.c", source)
        _ = try folder.write("sound.json", Repository.read("\(home)/sound.json"))
        try FixturePlugin.compile(source: file, name: "agent/sound", into: folder.path + "/built")
        return try ChildProcess.run(
            Repository.jackfield, ["plugin", "check", folder.path + "/built"] + arguments,
            environment: ["PATH": "/usr/bin:/bin"], within: .seconds(300))
    }

    @Test func aSoundPluginPassesManyRounds() throws {
        let ended = try check([], "--only", "entry", "--fuzz", "1")
        #expect(ended.status == .exited(0), "\(ended.output)\(ended.errors)")
        let line = ended.output.split(separator: "\n").first { $0.contains("fuzz") } ?? ""
        #expect(line.split(separator: " ").last.flatMap { Int($0) } ?? 0 > 0, "\(line)")
    }

    /// Aborts at the third cancel of an instance: an odd moment that the seed alone brings about.
    @Test func whatItFindsIsFoundAgainByItsSeed() throws {
        let fault = [
            ("typedef struct plugin {", "typedef struct plugin {\n  int cancels;"),
            (
                "{ return tell(instance, call, 0, 1); }",
                "{\n  if (++((plugin *)instance)->cancels == 3) abort();\n  return tell(instance, call, 0, 1);\n}"
            ),
        ]
        let ended = try check(fault, "--only", "entry", "--fuzz", "60")
        #expect(ended.status == .exited(1), "\(ended.output)")
        #expect(ended.output.contains("signal 6 (abort)"), "\(ended.output)")
        let place = try #require(ended.output.firstRange(of: "--fuzz-seed "), "\(ended.output)")
        let seed = String(ended.output[place.upperBound...].prefix { $0.isNumber })
        for _ in 0..<3 {
            let again = try check(fault, "--fuzz-seed", seed)
            #expect(again.status == .exited(1), "seed \(seed) alone: \(again.output)")
            #expect(again.output.contains("signal 6 (abort)"), "\(again.output)")
        }
    }
}
