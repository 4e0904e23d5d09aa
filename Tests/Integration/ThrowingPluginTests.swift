import JackfieldJSON
import TestSupport
import Testing

@Suite("A plugin in C++ that throws through the ABI")
struct ThrowingPluginTests {
    @Test("out of `create` is not loaded, out of `start` fails that call, and the host goes on")
    func throwing() throws {
        let fixtures = ["agent/throwing-create", "agent/throwing-start", "agent/hello"]
        try HostProcess.serving(Manifests.plugins(fixtures), plugins: FixturePath(fixtures)) { host in
            let state = try PluginState(of: "throwing-create", in: host)
            #expect(state.status == "failed" && state.reason.contains("let a C++ exception out"), "\(state)")

            for input in ["throw", "throw a number"] {
                let response = try host.client.invoke("throwing-start", input)
                #expect(response.status >= 500, "\(response.status) \(response.text)")
                #expect(!response.text.contains("has thrown this"))
                let id = response.headers["x-request-id"]
                try host.logLine("the fault, under the request's id") {
                    $0["request_id"]?.string == id && $0.text.contains("let a C++ exception out")
                }
            }
            #expect(try host.client.invoke("throwing-start", "go on").json()["answer"]?.string == "well")
            #expect(try host.client.invoke("hello", "still there?").status == 200)
        }
    }
}
