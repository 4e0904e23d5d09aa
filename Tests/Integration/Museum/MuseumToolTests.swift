import JackfieldJSON
import TestSupport
import Testing

@Suite("Tools that were built for a released ABI", .serialized)
struct MuseumToolTests {
    private func serving(_ release: String, _ isolation: String, body: (HostProcess) throws -> Void) throws {
        let manifest = """
            jackfield: 1
            profile: testing
            logging: { level: debug, format: json }
            plugins:
              abacus: { use: tool/museum-abacus, isolation: \(isolation) }
              visitor: { use: agent/museum-visitor, isolation: \(isolation), grants: { tools: [abacus] } }
            """
        try HostProcess.serving(manifest, plugins: Museum.path(release)) { host in
            try BothModes.expect(host, isolation)
            try body(host)
        }
    }

    @Test("are listed and called over HTTP as they always were", arguments: Museum.releases, BothModes.isolations)
    func overHTTP(release: String, isolation: String) throws {
        try serving(release, isolation) { host in
            let tools = try host.client.get("/api/v1/tools").json()["tools"]?.array ?? []
            #expect(tools.map { $0["name"]?.string } == ["abacus/add", "abacus/break"])
            #expect(tools.first?["description"]?.string == "Adds two whole numbers.")
            #expect(tools.first?["parameters"]?["required"]?.text == #"["a","b"]"#)
            #expect(tools.first?["read_only"]?.bool == true && tools.first?["idempotent"]?.bool == true)
            #expect(tools.last?["destructive"]?.bool == true)

            let sum = try host.client.post("/api/v1/tools/abacus/add", ["a": 2, "b": 40]).json()
            #expect(sum["content"]?.text == #"{"sum":42}"# && sum["failed"]?.bool == false, "\(sum.text)")
            let failed = try host.client.post("/api/v1/tools/abacus/break", [:]).json()
            #expect(failed["content"]?.string == "a bead has rolled under the cupboard", "\(failed.text)")
            #expect(failed["failed"]?.bool == true && failed["media_type"]?.string == "text/plain")
            let wrong = try host.client.post("/api/v1/tools/abacus/add", ["a": 1])
            #expect(wrong.status == 400, "\(wrong.text)")
        }
    }

    @Test("are called through the service, also by a plugin as old", arguments: Museum.releases, BothModes.isolations)
    func throughTheService(release: String, isolation: String) throws {
        try serving(release, isolation) { host in
            for (question, answer) in [
                ("given", "log/1 metrics/1 http/1 llm/1 agents/1 timer/1 secrets/1 tools/1 "),
                ("tools", "finish 0\ntool abacus/add (abacus__add) 3\ntool abacus/break (abacus__break) 4"),
                (#"tool abacus/add {"a":2,"b":3}"#, "progress moving beads\n\nfinish 0\ncontent {\"sum\":5}"),
                (#"tool abacus__add {"a":2,"b":3}"#, "progress moving beads\n\nfinish 0\ncontent {\"sum\":5}"),
                ("tool abacus/break {}", "finish 0\nfailed a bead has rolled under the cupboard"),
            ] {
                #expect(try host.client.invoke("visitor", question).json()["answer"]?.string == answer, "\(question)")
            }
            for (question, code) in [("tool abacus/add {}", 3), ("tool other/x {}", 5), ("tool abacus/nope {}", 5)] {
                let heard = try host.client.invoke("visitor", question).json()["answer"]?.string ?? ""
                #expect(heard.hasPrefix("finish \(code) "), "\(question): \(heard)")
            }
        }
    }
}
