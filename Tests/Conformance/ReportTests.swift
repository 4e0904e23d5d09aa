import Conformance
import Foundation
import FoundationXML
import JackfieldJSON
import TestSupport
import Testing

@Suite("Reports for machines")
struct ReportTests {
    private static let subject = Subject(
        library: "/tmp/a folder/libagent-x.so", id: "agent/x", version: "1.0.0", role: "jackfield.agent",
        roleRevision: 1,
        required: [], optional: [], exports: [], needed: [], config: .object([:]), rehearsal: Rehearsal())

    /// One of each verdict, with everything in it that a format could trip over.
    private static let results: [CheckResult] = {
        let checks = CheckCatalogue.all
        var failed = CheckResult(check: checks[0], seed: 7, verdict: .failed)
        failed.sentence = "it said <\"&'>\u{1}\u{7F}\u{FFFE}, grüße"
        failed.evidence = ["]]> & more", "\u{0}\u{B}"]
        failed.duration = 1_234_567_890
        var skipped = CheckResult(check: checks[20], seed: 7, verdict: .skipped)
        skipped.sentence = "there is nothing to <look> at"
        return [failed, CheckResult(check: checks[1], seed: 7, verdict: .passed), skipped]
    }()

    private func written(_ format: ReportFormat) throws -> String {
        try #require(
            format.write(Self.results, subject: Self.subject, words: CommandWords(file: "a folder"), version: "1"))
    }

    @Test("JSON has the counts, and for a failure what was found, its page and how to see it again")
    func json() throws {
        let report = try JSON(parsing: written(.json))
        #expect(report["passed"]?.int == 1 && report["failed"]?.int == 1 && report["skipped"]?.int == 1)
        let failure = try #require(report["checks"]?[0])
        #expect(failure["found"]?.string == Self.results[0].sentence)
        #expect(failure["seconds"]?.double == 1.234)
        #expect(
            failure["again"]?.string == "jackfield plugin check 'a folder' --only \(Self.results[0].check.id) --seed 7")
        #expect(report["file"]?.string == "a folder")
    }

    @Test("the command that does it again names the surroundings too, and a shell takes each word as it was")
    func again() throws {
        let words = CommandWords(
            file: "-it's $HOME \"and\" more\n", options: ["--config", "{\"a\": \"b c\"}", "--rehearsal", ""])
        let report = try #require(
            ReportFormat.json.write(Self.results, subject: Self.subject, words: words, version: "1"))
        let command = try #require(try JSON(parsing: report)["checks"]?[0]?["again"]?.string)
        // What a shell makes of it.
        let ended = try ChildProcess.run(
            "/bin/sh", ["-c", "jackfield() { printf '%s\\0' \"$@\"; }; \(command)"],
            environment: ["PATH": "/usr/bin:/bin"])
        let read = ended.output.split(separator: "\0", omittingEmptySubsequences: false).dropLast().map(String.init)
        #expect(
            read == [
                "plugin", "check", "./\(words.file)", "--config", "{\"a\": \"b c\"}", "--rehearsal", "", "--only",
                Self.results[0].check.id, "--seed", "7",
            ])
        var text = TextReport(words: words, isColoured: false)
        #expect(text.lines(Self.results[0]).contains("Again: \(command)\n"))
        for format in [ReportFormat.junit, .sarif] {
            let report = try #require(format.write(Self.results, subject: Self.subject, words: words, version: "1"))
            // The apostrophe stands for itself in both forms.
            #expect(report.contains("'./-it'"), "\(format)")
        }
    }

    @Test("JUnit is XML that a parser takes, whatever a plugin has said")
    func junit() throws {
        final class Reader: NSObject, XMLParserDelegate {
            var cases: [String] = []
            var failures: [String] = []
            var skipped = 0
            func parser(
                _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
                attributes: [String: String]
            ) {
                if name == "testcase" { cases.append(attributes["name"] ?? "") }
                if name == "failure" { failures.append(attributes["message"] ?? "") }
                if name == "skipped" { skipped += 1 }
            }
        }
        let reader = Reader()
        let parser = XMLParser(data: Data(try written(.junit).utf8))
        parser.delegate = reader
        #expect(parser.parse(), "\(String(describing: parser.parserError))")
        #expect(Set(reader.cases) == Set(Self.results.map(\.check.id)))
        #expect(reader.failures == ["it said <\"&'>\u{FFFD}\u{7F}\u{FFFD}, grüße"])
        #expect(reader.skipped == 1)
    }

    @Test("SARIF has what its schema requires: a driver, rules, and results that refer to them")
    func sarif() throws {
        let report = try JSON(parsing: written(.sarif))
        #expect(report["version"]?.string == "2.1.0")
        let run = try #require(report["runs"]?[0])
        let rules = try #require(run["tool"]?["driver"]?["rules"]?.array)
        #expect(run["tool"]?["driver"]?["name"]?.string?.isEmpty == false)
        let results = try #require(run["results"]?.array)
        #expect(results.count == 1)
        for result in results {
            let index = try #require(result["ruleIndex"]?.int)
            #expect(rules[index]["id"] == result["ruleId"])
            #expect(result["message"]?["text"]?.string?.isEmpty == false)
            #expect(result["level"]?.string == "error")
            let place = result["locations"]?[0]?["physicalLocation"]?["artifactLocation"]?["uri"]?.string
            #expect(place == "file:///tmp/a%20folder/libagent-x.so")
        }
    }
}
