import Foundation
import JackfieldJSON
import TestSupport
import Testing

@Suite("A plugin that was dropped in")
struct DropInPluginTests {
    /// The C file is copied away from the sources and compiled with nothing but the ABI's headers, as an author would.
    @Test("written in C outside the repository, is listed and answers through the API")
    func plugsIn() throws {
        let author = try TemporaryFolder("jackfield-author")
        let source = try author.write("greeter.c", Repository.read("Tests/Fixtures/Plugins/agent/hello.c"))
        let folder = author.path + "/plugins/agent/hello"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let compiled = try ChildProcess.run(
            "/usr/bin/env",
            [
                "cc", "-shared", "-fPIC", "-I", Repository.root + "/PluginAPI/C/include", "-o",
                folder + "/libagent-hello.so", source,
            ], environment: ["PATH": "/usr/local/bin:/usr/bin:/bin"])
        try #require(compiled.status == .exited(0), "\(compiled.errors)")
        try author.write(
            "plugins/agent/hello/plugin.json", FixturePlugin.manifest(of: "agent/hello", library: "libagent-hello.so"))
        try author.write(
            "plugins/agent/hello/config.schema.json", #"{"type": "object", "additionalProperties": false}"#)

        let listed = try HostProcess.run(["plugin", "list", "--plugin-path", author.path + "/plugins"])
        #expect(listed.status == .exited(0))
        #expect(listed.output.contains("agent/hello"))

        let manifest = Manifests.plugins(["agent/hello"])
        try HostProcess.serving(manifest, arguments: ["--plugin-path", author.path + "/plugins"]) { host in
            let answer = try host.client.invoke("hello", "who are you?").json()
            #expect(answer["answer"]?.string == "Hello! You asked: who are you?")
            let finding = answer["findings"]?[0]
            #expect(finding?["id"]?.string == "question.size")
            #expect(finding?["severity"]?.string == "info")
            #expect(finding?["value"]?.double == 12)
            #expect(finding?["unit"]?.string == "By")
            #expect(finding?["agent"]?.string == "hello")

            let agents = try host.client.get("/api/v1/agents").text
            #expect(agents.contains("\"hello\""))
        }
    }

    @Test("is found through JACKFIELD_PLUGIN_PATH too")
    func environmentPath() throws {
        let plugins = try FixturePath(["agent/hello"])
        let listed = try HostProcess.run(["plugin", "list"], environment: ["JACKFIELD_PLUGIN_PATH": plugins.path])
        #expect(listed.status == .exited(0))
        #expect(listed.output.contains("agent/hello"))
        #expect(listed.output.contains("llm/offline"), "the bundled ones are still there")
    }

    @Test("says what it is to `plugin inspect`")
    func inspected() throws {
        let plugins = try FixturePath(["agent/hello"])
        let library = plugins.path + "/agent/hello/libagent-hello.so"
        let inspected = try HostProcess.run(["plugin", "inspect", library])
        #expect(inspected.status == .exited(0))
        #expect(inspected.output.contains("agent/hello"))
        #expect(inspected.output.contains("jackfield.agent/1"))
        #expect(inspected.output.contains("1.0.0"))
    }

    @Test(
        "of any working kind answers",
        arguments: ["agent/blocking", "agent/threaded", "agent/newer-tail", "agent/unknown-event"])
    func answers(fixture: String) throws {
        let expected = [
            "agent/blocking": "waited on a worker thread", "agent/threaded": "answered from a thread of the plugin",
            "agent/newer-tail": "a longer descriptor is no obstacle", "agent/unknown-event": "still here",
        ]
        try HostProcess.serving(Manifests.plugins([fixture]), plugins: FixturePath([fixture])) { host in
            // More at once than a blocking plugin has threads.
            let answers = try inParallel(8) { [client = host.client] _ in
                try client.invoke(Manifests.instance(fixture), "go").json()["answer"]?.string
            }
            #expect(answers == Array(repeating: expected[fixture], count: 8))
        }
    }

    @Test("as a provider serves a model")
    func provider() throws {
        let manifest = Manifests.plugins(["llm/echo"], rest: "models: { default: { route: [\"echo/echo\"] } }")
        try HostProcess.serving(manifest, plugins: FixturePath(["llm/echo"])) { host in
            #expect(try Asking.content(host.client.complete("say it again")) == "say it again")
            let events = try host.client.streamCompletion("and once more").events()
            #expect(try Asking.content(events) == "and once more")
        }
    }
}
