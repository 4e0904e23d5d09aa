import JackfieldJSON
import TestSupport

/// A plugin that means harm, as an instance of the host under test.
struct HostileInstance: Sendable {
    /// In the manifest, and in the address of the agent.
    let id: String
    /// KIND/NAME of the fixture.
    let fixture: String
    /// What the manifest says beside `use`.
    let options: String

    /// An agent of Fixtures/Plugins/hostile, alone in its process.
    init(_ name: String, id: String? = nil, options: String = "isolation: process") {
        self.id = id ?? name
        fixture = "agent/hostile-\(name)"
        self.options = options
    }

    var line: String { "  \(id): { use: \(fixture)\(options.isEmpty ? "" : ", " + options) }" }
}

/// A host with hostile plugins, and beside them two innocent ones, `hello` in the host and `apart` in a process of its
/// own, which are asked all the time: neither may ever fail.
enum HostileHost {
    static func serving(
        _ hostile: [HostileInstance], requestTimeout: String = "30s", server: String = "drain_timeout: 1s",
        plugins: String = "", fixtures: [String] = [], rest: String = "", environment: [String: String] = [:],
        body: (HostProcess) throws -> Void
    ) throws {
        let manifest = """
            jackfield: 1
            profile: testing
            server: { request_timeout: \(requestTimeout), \(server) }
            logging: { level: debug, format: json }
            plugins:
              hello: { use: agent/hello }
              apart: { use: agent/hello, isolation: process }
            \(hostile.map(\.line).joined(separator: "\n"))
            \(plugins)
            \(rest)
            """
        let path = try FixturePath(["agent/hello"] + Array(Set(hostile.map(\.fixture) + fixtures)).sorted())
        try HostProcess.serving(manifest, plugins: path, environment: environment) { host in
            let innocent = Innocent(host.client)
            do {
                try body(host)
            } catch {
                _ = try? innocent.stop()
                throw error
            }
            let failures = try innocent.stop()
            guard failures.isEmpty else {
                throw TestFailure("innocent plugins failed meanwhile: \(failures.prefix(3).joined(separator: "; "))")
            }
        }
    }
}

/// Asks the innocent plugins, one question after the other, until it is stopped.
final class Innocent: Sendable {
    private struct State: Sendable {
        var isStopping = false
        var answers = 0
        var failures: [String] = []
        var hasEnded = false
    }
    private let state = Monitor(State())

    init(_ client: HTTPTestClient) {
        onThread { [state] in
            while !state.withLock({ $0.isStopping }) {
                let failures = Self.ask(client)
                state.withLock {
                    $0.answers += 1
                    $0.failures += failures
                }
                // A pause, so that the asking does not take the processor from what is tested; ended by `stop`.
                _ = try? state.wait(for: "the stop", within: .milliseconds(5)) { $0.isStopping ? true : nil }
            }
            state.withLock { $0.hasEnded = true }
        }
    }

    private static func ask(_ client: HTTPTestClient) -> [String] {
        ["hello", "apart"].compactMap { id in
            do {
                let response = try client.invoke(id, "still there?")
                let answer = try response.json()["answer"]?.string
                return answer == "Hello! You asked: still there?" ? nil : "\(id): \(response.status) \(response.text)"
            } catch {
                return "\(id): \(error)"
            }
        }
    }

    /// Asks once more after what happened, and gives everything that went wrong.
    func stop() throws -> [String] {
        let before = state.withLock { $0.answers }
        _ = try state.wait(for: "an answer of the innocent plugins") { $0.answers > before ? true : nil }
        state.withLock { $0.isStopping = true }
        return try state.wait(for: "the last answer of the innocent plugins") { $0.hasEnded ? $0.failures : nil }
    }
}

/// An expectation for a thread of a test's own: recorded there, it would belong to no test.
func demand(_ isRight: Bool, _ sentence: @autoclosure () -> String) throws {
    if !isRight { throw TestFailure(sentence()) }
}

extension HostProcess {
    /// What the host says of the process of an isolated plugin.
    func isolation(of id: String) throws -> JSON {
        let plugin = try client.get("/api/v1/plugins/\(id)").json()
        guard let process = plugin["process"] else { throw TestFailure("\(id) has no process: \(plugin.text)") }
        return process
    }

    /// Wait until a plugin that ended so many times takes calls again.
    func restarted(_ id: String, times: Int = 1, within duration: Duration = .generous) throws {
        _ = try eventually("\(id) to be started again", within: duration) {
            let process = try isolation(of: id)
            return process["state"]?.string == "running" && process["restarts"]?.int ?? 0 >= times ? true : nil
        }
    }

    /// The log's word on the end of a plugin's process.
    @discardableResult
    func end(of id: String, _ reason: String, within duration: Duration = .generous) throws -> JSON {
        try logLine("the end of \(id): \(reason)", within: duration) {
            $0["message"]?.string == "plugin process ended" && $0["plugin"]?.string == id
                && $0["reason"]?.string?.contains(reason) == true
        }
    }
}
