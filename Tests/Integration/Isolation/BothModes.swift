import JackfieldJSON
import TestSupport
import Testing

/// What is the same wherever a plugin runs: the test does something once with the plugins in the host and once with the
/// same files in processes of their own, and every byte that came of it is compared.
enum BothModes {
    static let isolations = ["in-process", "process"]

    /// Run the body on two hosts, one after the other, whose manifests differ in one word.
    ///
    /// - Parameter manifest: given the word, makes the manifest. Every plugin in it must be marked with it.
    static func compare(
        _ manifest: (_ isolation: String) -> String, plugins: FixturePath? = nil, environment: [String: String] = [:],
        upstreams: [ProgrammableUpstream] = [], body: (HostProcess) throws -> Void
    ) throws {
        var records: [[String]] = []
        for isolation in isolations {
            try HostProcess.serving(manifest(isolation), plugins: plugins, environment: environment) { host in
                try expect(host, isolation)
                records.append(try record(upstreams) { try body(host) })
            }
        }
        expectEqual(records[0], records[1])
    }

    /// That the host runs all of its plugins as the manifest says, the isolated ones in a strict sandbox.
    static func expect(_ host: HostProcess, _ isolation: String) throws {
        let plugins = try host.client.get("/api/v1/plugins").json()["plugins"]?.array ?? []
        #expect(!plugins.isEmpty)
        for plugin in plugins {
            #expect(plugin["status"]?.string == "ready", "\(plugin.text)")
            #expect(plugin["isolation"]?.string == isolation, "\(plugin.text)")
            #expect(plugin["sandbox_level"]?.string == (isolation == "process" ? "strict" : nil), "\(plugin.text)")
        }
    }

    /// What the host answered while the body ran, and what it asked the upstreams, with what is never the same masked.
    static func record(_ upstreams: [ProgrammableUpstream], _ body: () throws -> Void) throws -> [String] {
        let before = upstreams.map(\.requests.count)
        let answers = try HTTPTranscript.record(body).map(BothModesMask.text)
        let asked = zip(upstreams, before).flatMap { upstream, count in
            upstream.requests.dropFirst(count).map(BothModesMask.text)
        }
        return answers + asked
    }

    static func expectEqual(_ inside: [String], _ apart: [String]) {
        #expect(!inside.isEmpty, "nothing was asked")
        #expect(inside.count == apart.count, "\(inside.count) messages in the host, \(apart.count) from a process")
        for (number, (inside, apart)) in zip(inside, apart).enumerated() where inside != apart {
            Issue.record("message \(number):\n--- in the host\n\(inside)\n--- from a process of its own\n\(apart)")
        }
    }
}
