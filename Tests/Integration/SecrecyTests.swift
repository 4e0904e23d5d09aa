import JackfieldJSON
import TestSupport
import Testing

@Suite("A secret")
struct SecrecyTests {
    @Test("is never in a log line or an answer, whatever goes wrong")
    func neverPrinted() throws {
        let upstream = try ProgrammableUpstream()
        let manifest = Manifests.gateway([upstream.baseURL]).replacing("level: debug", with: "level: trace")
        try HostProcess.serving(manifest, environment: Manifests.environment) { host in
            var said = ""
            // An upstream that repeats the key in its refusal, as some do.
            let scripts: [UpstreamScript] = [
                .completion("ok"), .close, .rubbish(), .error(401, "Incorrect API key provided: \(Manifests.key)."),
                .bytes("HTTP/1.1 500 Bad \(Manifests.key)\r\ncontent-length: 0\r\n\r\n"),
            ]
            for script in scripts {
                upstream.answer(script)
                said += try host.client.complete("hello").text
                said += String(decoding: try host.client.streamCompletion("hello").rest(), as: UTF8.self)
            }
            for path in [
                "/api/v1/plugins", "/api/v1/models", "/api/v1/health/detailed", "/api/v1/metrics/prometheus",
                "/v1/models",
            ] {
                said += try host.client.get(path).text
            }
            let ended = try host.stop()
            #expect(upstream.requests.allSatisfy { $0.headers["authorization"] == "Bearer \(Manifests.key)" })
            #expect(!said.contains(Manifests.key))
            #expect(!ended.errors.contains(Manifests.key))
            #expect(!ended.output.contains(Manifests.key))
        }
    }

    @Test("is not in what `config print` prints, nor in what `check` complains of")
    func configPrint() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("jackfield.yaml", Manifests.gateway(["http://127.0.0.1:1/v1"]))
        let printed = try HostProcess.run(["config", "print", "--manifest", file], environment: Manifests.environment)
        #expect(printed.status == .exited(0), "\(printed.errors)")
        #expect(printed.output.contains("llm/openai"))
        #expect(!(printed.output + printed.errors).contains(Manifests.key))

        let bad = try folder.write(
            "bad.yaml", Manifests.gateway(["http://127.0.0.1:1/v1"]).replacing("base_url:", with: "base_uri:"))
        let checked = try HostProcess.run(["check", "--manifest", bad], environment: Manifests.environment)
        #expect(checked.status == .exited(1))
        #expect(!(checked.output + checked.errors).contains(Manifests.key))
    }
}
