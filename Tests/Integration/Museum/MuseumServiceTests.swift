import JackfieldJSON
import TestSupport
import Testing

/// What the visitor of the museum, an agent that was built for a released ABI, hears from each service.
@Suite("A plugin that was built for a released ABI uses the services of the host", .serialized)
struct MuseumServiceTests {
    /// What it is asked, and what it says that it heard. Sentences of the host are no part of the ABI: their beginning, which
    /// is the code, is what counts.
    static let heard: [(question: String, answer: String)] = [
        ("log hello there", "finish 0"),
        ("metrics visits 2", "finish 0"),
        ("timer 1000000", "finish 0"),
        ("secrets MUSEUM_KEY", "finish 0\nbytes 18"),
        ("llm museum good day", "You said: good day\nstop stop\nusage 10\nfinish 0\nfrom scribe/museum-1"),
        ("models", "finish 0\nmodel museum"),
        ("embed museum abc", "finish 0\nvector 3 97 1"),
        ("agents", "finish 0\nagent guide: Shows visitors around the museum of the ABI."),
        (
            "agent guide hi",
            "finding museum.humidity\nWelcome. You asked: hi\nfinish 0\nnote The tour was given from memory."
        ),
    ]

    /// What it is asked and may not have, with the code that it must be told.
    static let refused: [(question: String, code: Int32)] = [
        ("secrets OTHER", 5), ("llm nothing x", 5), ("embed nothing x", 5), ("agent scribe x", 5),
        ("http GET http://127.0.0.1:2/x", 5), ("http GET nonsense", 3), ("metrics visits -1", 3),
    ]

    @Test("and hears from each what it always said", arguments: Museum.releases, BothModes.isolations)
    func services(release: String, isolation: String) throws {
        let upstream = try ProgrammableUpstream(.rubbish("a page of old", contentType: "text/plain"))
        try Museum.serving(release, isolation, upstream: upstream.origin) { host in
            let given = try host.client.visit("given")
            #expect(given.hasPrefix("log/1 metrics/1 http/1 llm/1 agents/1 timer/1 secrets/1 "), "\(given)")
            for (question, answer) in Self.heard {
                #expect(try host.client.visit(question) == answer, "\(question)")
            }
            for (question, code) in Self.refused {
                let answer = try host.client.visit(question)
                #expect(answer.hasPrefix("finish \(code) ") || answer == "start \(code)", "\(question): \(answer)")
            }
            #expect(
                try host.client.visit("http GET \(upstream.origin)/old")
                    == "status 200 text/plain\na page of old\nfinish 0")
            #expect(
                try host.client.visit("http POST \(upstream.origin)/new")
                    == "status 200 text/plain\na page of old\nfinish 0")
            #expect(upstream.requests.map(\.text) == ["", "admit one"])
            #expect(upstream.requests.map { $0.headers["x-museum"] } == ["1.0.0", "1.0.0"])

            let line = try host.logLine("of the guest book") {
                $0["message"]?.string == "a visitor writes into the guest book"
            }
            #expect(line["level"]?.string == "notice" && line["words"]?.string == "hello there")
            #expect(line["plugin"]?.string == "visitor" && line["request_id"]?.string?.isEmpty == false)
            #expect(try host.metric("plugin.visits") == 2)
        }
    }

    @Test("and is told that there is nothing, where nothing listens", arguments: Museum.releases, BothModes.isolations)
    func nothingThere(release: String, isolation: String) throws {
        // Port 1 is nobody's.
        try Museum.serving(release, isolation) { host in
            let answer = try host.client.visit("http GET http://127.0.0.1:1/x")
            #expect(answer.hasPrefix("finish 10 "), "\(answer)")
        }
    }
}

extension HTTPTestClient {
    /// Ask the visitor, and give what it answered.
    fileprivate func visit(_ question: String) throws -> String {
        let response = try invoke("visitor", question)
        guard response.status == 200, let answer = try response.json()["answer"]?.string else {
            throw TestFailure("\(question): \(response.status) \(response.text)")
        }
        return answer
    }
}
