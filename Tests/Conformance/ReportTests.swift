import Conformance
import Foundation
import FoundationXML
import JackfieldJSON
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
        try #require(format.write(Self.results, subject: Self.subject, file: "a folder", version: "1"))
    }

    @Test("JSON has the counts, and for a failure what was found, its page and how to see it again")
    func json() throws {
        let report = try JSON(parsing: written(.json))
        #expect(report["passed"]?.int == 1 && report["failed"]?.int == 1 && report["skipped"]?.int == 1)
        let failure = try #require(report["checks"]?[0])
        #expect(failure["found"]?.string == Self.results[0].sentence)
        #expect(failure["seconds"]?.double == 1.234)
        #expect(
            failure["again"]?.string == "jackfield plugin check a folder --only \(Self.results[0].check.id) --seed 7")
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
