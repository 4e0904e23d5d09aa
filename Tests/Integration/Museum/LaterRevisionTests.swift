import JackfieldJSON
import TestSupport
import Testing

/// Plugins of a time to come against today's host: see Tests/ABI/later.
@Suite("A plugin that was built for a later revision of the ABI", .serialized)
struct LaterRevisionTests {
    /// What each needs, and the whole reason that the host gives. FILE is its library, HOME its folder, SERVICES what the host
    /// has, which gets more with time.
    static let refused: [(name: String, reason: String)] = [
        ("next-revision", "FILE needs revision 2 of plugin ABI 1, this host has revision 1"),
        ("next-service", "agent/next-service needs jackfield.http/2, which this host does not have; it has SERVICES"),
        (
            "hidden-service",
            "agent/hidden-service needs jackfield.http/2, which this host does not have; it has SERVICES"
        ),
        (
            "next-role",
            "agent/next-role plays jackfield.agent/2, which this host does not know; it knows jackfield.agent/1"
        ),
        ("hidden-role", "FILE plays jackfield.agent/2, but agent/hidden-role should play jackfield.agent/1"),
        ("next-abi", "HOME/plugin.json: abi: expected 1, found \"2\""),
        ("next-major", "FILE is for major version 2 of the plugin ABI, this host has version 1"),
        ("next-flag", "FILE: the descriptor has flags (2) that this host does not know; it needs a newer host"),
        (
            "next-tail",
            "FILE: the descriptor uses fields that this host does not know (byte 104); it needs a newer host"
        ),
    ]

    private static func path(_ names: [String]) throws -> FixturePath {
        let path = try FixturePath()
        for name in names {
            try FixturePlugin.compile(
                source: Repository.root + "/Tests/ABI/later/\(name).c", name: "agent/\(name)",
                into: path.path + "/agent/\(name)")
        }
        return path
    }

    @Test("is refused with a sentence that says what it needs and what the host has", arguments: BothModes.isolations)
    func refusal(isolation: String) throws {
        let plugins = try Self.path(Self.refused.map(\.name))
        let manifest = Manifests.plugins(Self.refused.map { "agent/\($0.name)" }, options: "isolation: \(isolation)")
        try HostProcess.serving(manifest, plugins: plugins) { host in
            for (name, reason) in Self.refused {
                let state = try PluginState(of: name, in: host)
                let home = "\(plugins.path)/agent/\(name)"
                let said = state.reason.replacing("\(home)/libagent-\(name).so", with: "FILE")
                    .replacing(home, with: "HOME")
                    .replacing(/it has (jackfield\.[a-z]+\/1(, )?)+$/, with: "it has SERVICES")
                #expect(state.status == "failed", "\(name): \(state)")
                #expect(said == reason, "\(name)")
                #expect(!reason.hasSuffix("SERVICES") || state.reason.contains("jackfield.http/1"), "\(state)")
            }
        }
    }

    @Test(
        "runs, where it was built with a later header but needs no more than there is", arguments: BothModes.isolations)
    func newerHeader(isolation: String) throws {
        let manifest = Manifests.plugins(["agent/next-header"], options: "isolation: \(isolation)")
        try HostProcess.serving(manifest, plugins: Self.path(["next-header"])) { host in
            try BothModes.expect(host, isolation)
            let answer = try host.client.invoke("next-header", "who are you?")
            #expect(answer.status == 200)
            #expect(
                try answer.json()["answer"]?.string
                    == "host 1, room 1024, log 1 and 0, unknown method 13, unknown event 0")
        }
    }
}
