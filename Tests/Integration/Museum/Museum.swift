import Foundation
import JackfieldJSON
import TestSupport
import Testing

/// The exhibits of Tests/ABI/museum: plugins as authors of a release have shipped them.
///
/// On x86-64 they are the binaries that were built when the release was made, and nothing else. On another processor
/// they cannot run, so their sources are built instead, which the test's output says.
enum Museum {
    static let releases = ["1.0.0"]

    /// KIND/NAME of each.
    static let exhibits = [
        "agent/museum-guide", "agent/museum-visitor", "llm/museum-scribe", "validator/museum-guard",
        "exporter/museum-clerk", "notifier/museum-crier", "tool/museum-abacus",
    ]

    private static let folder = Repository.root + "/Tests/ABI/museum"

    /// A plugin path with the exhibits of a release.
    static func path(_ release: String) throws -> FixturePath {
        let path = try FixturePath()
        #if arch(x86_64)
            for exhibit in exhibits {
                let target = path.path + "/" + exhibit
                try FileManager.default.createDirectory(
                    atPath: (target as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
                try FileManager.default.copyItem(atPath: "\(folder)/\(release)/\(exhibit)", toPath: target)
            }
        #else
            print("The exhibits of \(release) were built for x86-64: here their sources are built and run instead.")
            try build(release, into: path.path)
        #endif
        return path
    }

    /// Build the sources of a release against today's headers.
    static func build(_ release: String, into target: String) throws {
        let ended = try ChildProcess.run(
            "/usr/bin/env", ["bash", folder + "/build", release, target],
            environment: ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"])
        guard ended.status == .exited(0) else { throw TestFailure("\(folder)/build: \(ended.errors)") }
    }

    /// A host with all exhibits that it can have without anything else around it, all of them in the host or all in
    /// processes of their own.
    ///
    /// - Parameters:
    ///   - upstream: an origin that the visitor may reach.
    ///   - validators: whether what comes in and goes out is looked at by the guard.
    static func manifest(_ isolation: String, upstream: String = "http://127.0.0.1:1", validators: Bool = true)
        -> String
    {
        """
        jackfield: 1
        profile: testing
        logging: { level: debug, format: json }
        plugins:
          guide: { use: agent/museum-guide, isolation: \(isolation) }
          visitor:
            use: agent/museum-visitor
            isolation: \(isolation)
            grants: { http: ["\(upstream)"], models: [museum], agents: [guide], secrets: [MUSEUM_KEY] }
          scribe: { use: llm/museum-scribe, isolation: \(isolation) }
          guard: { use: validator/museum-guard, isolation: \(isolation) }
          clerk: { use: exporter/museum-clerk, isolation: \(isolation) }
        models:
          museum: { route: ["scribe/museum-1"], retries: 0 }
        \(validators ? "validators: { input: [guard], output: [guard] }" : "")
        exporters: [clerk]
        """
    }

    /// A host with the exhibits of a release. At the end, none of them may be blamed for anything.
    static func serving(
        _ release: String, _ isolation: String, upstream: String = "http://127.0.0.1:1", validators: Bool = true,
        body: (HostProcess) throws -> Void
    ) throws {
        let manifest = manifest(isolation, upstream: upstream, validators: validators)
        try HostProcess.serving(manifest, plugins: path(release), environment: environment) { host in
            try BothModes.expect(host, isolation)
            try body(host)
            for plugin in try host.client.get("/api/v1/plugins").json()["plugins"]?.array ?? [] {
                #expect(plugin["status"]?.string == "ready", "\(plugin.text)")
                #expect(plugin["faults"] == nil, "\(plugin.text)")
            }
        }
    }

    static let environment = ["MUSEUM_KEY": "a key of 18 bytes."]
}
