import Conformance
import Foundation
import JackfieldJSON
import TestSupport
import Testing

@Suite("jackfield plugin check")
struct PluginCheckCommandTests {
    private func check(_ arguments: String...) throws -> EndedProcess {
        try ChildProcess.run(Repository.jackfield, ["plugin", "check"] + arguments)
    }

    @Test("exit code 0 and one line for each check where all is well; 1 where a check fails")
    func codes() throws {
        let folder = try TemporaryFolder("jackfield-check")
        let home = Repository.root + "/Tests/Conformance/Fixtures"
        try FixturePlugin.compile(source: home + "/sound.c", name: "agent/sound", into: folder.path + "/sound")
        let sound = try check(folder.path + "/sound", "--only", "entry,descriptor")
        #expect(sound.status == .exited(0), "\(sound.output)\(sound.errors)")
        #expect(sound.output.contains("pass  entry-loads"))

        var manifest = try Repository.read("Tests/Conformance/Fixtures/sound.json")
        manifest.replace("1.0.0", with: "1.0.1")
        _ = try folder.write("sound/plugin.json", manifest)
        let output = folder.path + "/report.json"
        let other = try check(folder.path + "/sound", "--only", "descriptor", "--format", "json", "--output", output)
        #expect(other.status == .exited(1))
        #expect(other.output.contains("FAIL  descriptor-matches-manifest"))
        #expect(other.output.contains("--only descriptor-matches-manifest --seed 1"))
        let report = try JSON(parsing: String(contentsOfFile: output, encoding: .utf8))
        #expect(report["failed"]?.int == 1)
    }

    @Test("2 for a command line that is wrong, 78 for a plugin that cannot be read or configured")
    func mistakes() throws {
        #expect(try check().status == .exited(2))
        let unknown = try check("/nowhere", "--only", "no-such-check")
        #expect(unknown.status == .exited(2))
        #expect(unknown.errors.contains("no-such-check"))
        #expect(try check("/nowhere/plugin.json").status == .exited(78))
        let folder = try TemporaryFolder("jackfield-check")
        let home = Repository.root + "/Tests/Conformance/Fixtures"
        try FixturePlugin.compile(source: home + "/sound.c", name: "agent/sound", into: folder.path)
        _ = try folder.write("check.json", #"{ "htpp": [] }"#)
        let rehearsal = try check(folder.path)
        #expect(rehearsal.status == .exited(78))
        #expect(rehearsal.errors.contains("`htpp`"))
    }

    @Test(
        "2 where nothing was checked, with the reason",
        arguments: [
            (["--only", ""], "--only '' names no check and no group"),
            (["--only", ",,"], "--only ,, names no check and no group"),
            (["--only", "entry", "--without", "entry"], "nothing would be checked"),
            (["--only", "entry", "--without", "entry-loads,entry"], "nothing would be checked"),
            (
                [
                    "--without",
                    CheckCatalogue.all.map(\.id).filter { !$0.hasPrefix("role-notifier") }.joined(separator: ","),
                ],
                "nothing would be checked: all that --without leaves is about roles other than jackfield.agent"
            ),
            (
                ["--only", "role-validator-spans"],
                "nothing was checked: all of 1 were skipped, the first because it is about"
            ),
        ])
    func nothing(arguments: [String], sentence: String) throws {
        let folder = try TemporaryFolder("jackfield-check")
        let home = Repository.root + "/Tests/Conformance/Fixtures"
        try FixturePlugin.compile(source: home + "/sound.c", name: "agent/sound", into: folder.path)
        let ended = try ChildProcess.run(Repository.jackfield, ["plugin", "check", folder.path] + arguments)
        #expect(ended.status == .exited(2), "\(arguments): \(ended.output)")
        #expect(ended.errors.contains(sentence), "\(arguments): \(ended.errors)")
    }

    @Test("a rehearsal may come from another command")
    func rehearsalFromPipe() throws {
        let folder = try TemporaryFolder("jackfield-check")
        let home = Repository.root + "/Tests/Conformance/Fixtures"
        try FixturePlugin.compile(source: home + "/sound.c", name: "agent/sound", into: folder.path)
        let line = "\(Repository.jackfield) plugin check \(folder.path) --only entry-loads --rehearsal <(echo '{}')"
        let ended = try ChildProcess.run("/bin/bash", ["-c", line], environment: ["PATH": "/usr/bin:/bin"])
        #expect(ended.status == .exited(0), "\(ended.output)\(ended.errors)")
    }

    @Test(
        "a number that is too small or too large is told what is allowed",
        arguments: [
            ("--limit", "0", "1 to 3600 seconds"), ("--limit", "10000000000", "1 to 3600 seconds"),
            ("--limit", "9223372036854775807", "1 to 3600 seconds"),
            ("--fuzz", "0", "1 to 2592000 seconds"), ("--fuzz", "9223372036854775807", "1 to 2592000 seconds"),
            ("--jobs", "9223372036854775807", "1 to 1024 processes"), ("--jobs", "0", "1 to 1024 processes"),
            ("--fuzz-rounds", "18446744073709551615", "1 to 1000000 rounds"),
            ("--fuzz-rounds", "5", "goes with --fuzz-seed"),
        ])
    func numbers(option: String, value: String, sentence: String) throws {
        let ended = try check("/nowhere", option, value)
        #expect(ended.status == .exited(2), "\(option) \(value): \(ended.errors)")
        #expect(ended.errors.contains(sentence), "\(ended.errors)")
    }
}
