import JackfieldJSON
import TestSupport
import Testing

@Suite("Health")
struct HealthTests {
    @Test("is told at every address of the family")
    func family() throws {
        try HostProcess.serving(Manifests.plugins(["agent/hello"]), plugins: FixturePath(["agent/hello"])) { host in
            for path in [
                "/health", "/ready", "/api/health", "/api/ready", "/api/v1/health", "/api/v1/health/detailed",
            ] {
                let response = try host.client.get(path)
                #expect(response.status == 200, "\(path): \(response.status) \(response.text)")
                #expect(try response.json()["status"]?.string?.isEmpty == false, "\(path)")
                let head = try host.client.send("HEAD", path)
                #expect(head.status == 200 && head.body.isEmpty, "HEAD \(path)")
            }
        }
    }

    @Test("the metrics are Prometheus text, with the requests that were made")
    func metrics() throws {
        let manifest = Manifests.plugins(["agent/hello"], rest: "exporters: [prometheus]").replacing(
            "plugins:\n", with: "plugins:\n  prometheus: { use: exporter/prometheus }\n")
        try HostProcess.serving(manifest, plugins: FixturePath(["agent/hello"])) { host in
            _ = try host.client.invoke("hello", "count me")
            let response = try host.client.get("/api/v1/metrics/prometheus")
            #expect(response.status == 200)
            #expect(response.headers["content-type"]?.hasPrefix("text/plain; version=0.0.4") == true)
            #expect(response.text.contains("# TYPE http_server_request_duration_seconds histogram"))
            #expect(response.text.contains("jackfield_plugin_calls_total"))
        }
    }

    @Test("the API describes itself")
    func openAPI() throws {
        try HostProcess.serving(Manifests.plugins(["agent/hello"]), plugins: FixturePath(["agent/hello"])) { host in
            let json = try host.client.get("/openapi.json").json()
            #expect(json["openapi"]?.string?.hasPrefix("3.") == true)
            #expect(json["paths"]?["/v1/chat/completions"] != nil)
            #expect(json["paths"]?["/api/v1/orchestrate"] != nil)
        }
    }
}
