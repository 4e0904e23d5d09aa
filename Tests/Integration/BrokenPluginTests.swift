import Foundation
import JackfieldJSON
import TestSupport
import Testing

@Suite("A plugin that cannot be loaded")
struct BrokenPluginTests {
    /// What is wrong with each, and what its reason must name.
    static let broken: [(fixture: String, names: String)] = [
        ("agent/no-entry-point", "jackfield_plugin_v1"),
        ("agent/null-descriptor", "null"),
        ("agent/wrong-major", "major version 2"),
        ("agent/short-descriptor", "24"),
        ("agent/unknown-tail", "newer host"),
        ("agent/future-revision", "900"),
        ("agent/missing-service", "jackfield.teleport/1"),
        ("agent/other-id", "agent/somebody-else"),
        ("agent/no-roles", "role"),
        ("agent/unknown-role-revision", "jackfield.agent/9"),
        ("agent/null-functions", "null"),
        ("agent/failing-create", "the fixture has no flux capacitor"),
        ("agent/garbage-create", "create"),
        ("agent/unnamed-create", "create"),
        ("agent/failing-open", "the fixture's door is stuck"),
    ]

    /// One host for all of them: they must not harm each other either.
    @Test("leaves the host running, and is listed with its reason")
    func listed() throws {
        let plugins = try FixturePath(Self.broken.map(\.fixture) + ["agent/hello"])
        try plugins.add("agent/not-elf", library: Array("#!/bin/sh\necho I am a script\n".utf8))
        try plugins.add("agent/empty-file", library: [])
        try plugins.add("agent/cut-off", library: Array(try cutOff()))
        try plugins.add("agent/no-library", library: nil)
        try plugins.folder.write("agent/bad-manifest/plugin.json", #"{"id": 7"#)
        let files = [
            ("agent/not-elf", "ELF"), ("agent/empty-file", "ELF"), ("agent/cut-off", "libagent-cut-off.so"),
            ("agent/no-library", "libagent-no-library.so"), ("agent/bad-manifest", "plugin.json"),
            ("agent/nowhere", "agent/nowhere"),
        ]
        let all = Self.broken.map { ($0.fixture, $0.names) } + files

        let manifest = Manifests.plugins(["agent/hello"] + all.map(\.0))
        try HostProcess.serving(manifest, plugins: plugins) { host in
            for (fixture, names) in all {
                let state = try PluginState(of: Manifests.instance(fixture), in: host)
                #expect(state.status == "failed", "\(fixture): \(state)")
                #expect(state.reason.contains(names), "\(fixture): \(state)")
                #expect(state.reason.utf8.count < 600, "\(fixture): a sentence, not a dump")
            }
            #expect(try PluginState(of: "hello", in: host).status == "ready")
            #expect(try host.client.invoke("hello", "still there?").status == 200)

            let asked = try host.client.invoke("failing-create", "hello?")
            #expect(asked.status == 503 || asked.status == 404, "\(asked.text)")
            #expect(asked.headers["content-type"]?.hasPrefix("application/problem+json") == true)
        }
    }

    private func cutOff() throws -> Data {
        let whole = try Data(
            contentsOf: URL(fileURLWithPath: FixturePlugin.build("agent/hello") + "/libagent-hello.so"))
        return whole.prefix(whole.count / 3)
    }

    @Test(
        "stops the start with exit code 78 and the reason if it is required",
        arguments: [
            ("agent/failing-create", "the fixture has no flux capacitor"),
            ("agent/missing-service", "jackfield.teleport/1"),
            ("agent/no-entry-point", "jackfield_plugin_v1"),
        ])
    func required(fixture: String, names: String) throws {
        let plugins = try FixturePath([fixture, "agent/hello"])
        let manifest = Manifests.plugins(["agent/hello"]).replacingOccurrences(
            of: "plugins:\n", with: "plugins:\n  needed: { use: \(fixture), required: true }\n")
        let ended = try HostProcess.failing(manifest, plugins: plugins)
        #expect(ended.status == .exited(78), "\(ended.errors)")
        #expect(ended.errors.contains(names))
        #expect(ended.errors.contains("needed"))
    }

    @Test("is not loaded if its hash is not the one that was pinned")
    func pinned() throws {
        let plugins = try FixturePath(["agent/hello"])
        let wrong = String(repeating: "0", count: 64)
        try HostProcess.serving(Manifests.plugins(["agent/hello"], options: "sha256: \"\(wrong)\""), plugins: plugins) {
            host in
            let state = try PluginState(of: "hello", in: host)
            #expect(state.status == "failed")
            #expect(state.reason.contains(wrong) && state.reason.contains("SHA-256"), "\(state)")
        }
    }
}
