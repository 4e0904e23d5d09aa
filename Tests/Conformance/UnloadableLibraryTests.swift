import Foundation
import Glibc
import JackfieldJSON
import TestSupport
import Testing

/// Plugins with which nearly every check would end where it begins.
@Suite("Plugins that do not come back from being loaded", .serialized)
struct UnloadableLibraryTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder("jackfield-loading") }

    /// The sound plugin, with code that runs when it is loaded, and in its entry function.
    private func plugin(constructor: String = "", entry: String = "") throws -> String {
        let home = "Tests/Conformance/Fixtures"
        let place = "const jackfield_plugin *jackfield_plugin_v1(void) {"
        var source = try Repository.read("\(home)/sound.c")
        try #require(source.contains(place))
        source = source.replacing(place, with: "\(place) \(entry)")
        source = "#include <fcntl.h>\n#include <stdio.h>\n#include <unistd.h>\n\(source)"
        source += "\n__attribute__((constructor)) static void loaded(void) { \(constructor) }\n"
        let file = try folder.write("sound.c", source)
        _ = try folder.write("sound.json", Repository.read("\(home)/sound.json"))
        try FixturePlugin.compile(source: file, name: "agent/sound", into: folder.path + "/built")
        return folder.path + "/built"
    }

    private func results(_ built: String, _ arguments: String...) throws -> (ended: EndedProcess, checks: [JSON]) {
        let ended = try ChildProcess.run(
            Repository.jackfield, ["plugin", "check", built, "--format", "json"] + arguments,
            environment: ["PATH": "/usr/bin:/bin"], within: .seconds(300))
        return (ended, try #require(try JSON(parsing: ended.output)["checks"]?.array, "\(ended.errors)"))
    }

    @Test("a library that hangs or crashes while it is loaded fails in one check, and the others are not tried")
    func loading() throws {
        for (code, found) in [("pause();", "did not come back within 10 s"), ("abort();", "signal 6 (abort)")] {
            let (ended, checks) = try results(
                plugin(constructor: code), "--fuzz", "1", "--jobs", "4")
            #expect(ended.status == .exited(1))
            let failed = checks.filter { $0["verdict"] == "failed" }
            #expect(failed.map { $0["id"]?.string } == ["entry-loads"])
            #expect(failed.first?["found"]?.string?.contains("\(found)") == true, "\(failed)")
            #expect(checks.count > 60 && checks.last?["id"] == "fuzz")
            for check in checks where check["verdict"] != "failed" {
                #expect(check["verdict"] == "skipped")
                #expect(
                    check["found"]?.string?.hasPrefix("not tried after entry-loads: the plugin ") == true, "\(check)")
            }
        }
    }

    @Test("so does one whose entry function does, and a check that was asked for alone")
    func entry() throws {
        let (ended, checks) = try results(plugin(entry: "abort();"), "--without", "modes", "--jobs", "1")
        #expect(ended.status == .exited(1))
        #expect(checks.filter { $0["verdict"] == "failed" }.map { $0["id"]?.string } == ["entry-descriptor"])
        #expect(
            checks.filter { $0["verdict"] == "passed" }.map { $0["id"]?.string } == ["entry-loads", "entry-one-export"])
        let (alone, others) = try results(plugin(entry: "abort();"), "--only", "cancel", "--jobs", "1")
        #expect(alone.status == .exited(1))
        #expect(others.count { $0["verdict"] == "failed" } == 1 && others.count > 2)
    }

    /// The pipe has one writer, the process of the check: it ends when that process does.
    @Test("the process of a check ends with the one that started it", arguments: [SIGTERM, SIGKILL])
    func orphans(signal: Int32) throws {
        let pipe = folder.path + "/pipe"
        try #require(mkfifo(pipe, 0o600) == 0)
        let reader = open(pipe, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        defer { close(reader) }
        let built = try plugin(
            constructor: """
                FILE *out = fopen("\(pipe)", "we");
                fprintf(out, "%d\\n", getpid());
                fflush(out);
                for (;;) pause();
                """)
        let parent = try ChildProcess(Repository.jackfield, ["plugin", "check", built, "--limit", "3600"])
        let child = try #require(Int32(line(reader).dropLast()))
        parent.signal(signal)
        #expect(try parent.wait().status == .killed(signal: signal))
        #expect(line(reader) == "", "it is still there")
        kill(child, SIGKILL)
    }

    /// What somebody writes next; "" at the end, "…" where neither comes.
    private func line(_ descriptor: Int32) -> String {
        var one = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&one, 1, 60_000) > 0 else { return "…" }
        var bytes = [UInt8](repeating: 0, count: 64)
        return String(decoding: bytes[..<max(0, read(descriptor, &bytes, bytes.count))], as: UTF8.self)
    }
}
