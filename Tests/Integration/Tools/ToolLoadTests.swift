import JackfieldJSON
import TestSupport
import Testing

@Suite("Loading a tool plugin")
struct ToolLoadTests {
    @Test("fails where its list cannot be used, and says why")
    func badList() throws {
        let manifest = Manifests.plugins(["tool/bad-list", "tool/basics"])
        try HostProcess.serving(manifest, plugins: FixturePath(["tool/bad-list", "tool/basics"])) { host in
            let state = try PluginState(of: "bad-list", in: host)
            #expect(state.status == "failed")
            #expect(
                state.reason
                    == "bad-list lists a tool 1 whose name \"rm -rf\" is not 1 to 64 of letters, digits, \"_\" and \"-\""
            )
            #expect(try PluginState(of: "basics", in: host).status == "ready")
            #expect(try host.client.get("/api/v1/tools").json()["tools"]?.array?.count == 8)
        }
    }

    private static let sentence =
        "tool/kept-out must not run in the host's process, as its plugin.json says: write `isolation: process` under plugins.kept-out"

    @Test(
        "is refused in the host's process where its plugin.json forbids that; serve, check and doctor say what to write"
    )
    func keptOut() throws {
        let plugins = try FixturePath(["tool/kept-out"])
        let manifest = Manifests.plugins(["tool/kept-out"])
        try HostProcess.serving(manifest, plugins: plugins) { host in
            let state = try PluginState(of: "kept-out", in: host)
            #expect(state.status == "failed" && state.reason == Self.sentence, "\(state)")
        }
        let folder = try TemporaryFolder()
        let file = try folder.write("jackfield.yaml", manifest)
        for command in ["check", "doctor"] {
            let ended = try HostProcess.run([command, "--manifest", file, "--plugin-path", plugins.path])
            #expect(ended.status == .exited(1))
            #expect((ended.output + ended.errors).contains(Self.sentence), "\(command): \(ended.output)\(ended.errors)")
        }
        let isolated = Manifests.plugins(["tool/kept-out"], options: "isolation: process")
        try HostProcess.serving(isolated, plugins: plugins) { host in
            let state = try PluginState(of: "kept-out", in: host)
            #expect(state.status == "ready", "\(state)")
        }
    }
}
