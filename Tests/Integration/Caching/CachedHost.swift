import JackfieldJSON
import TestSupport

/// A host whose model `default` keeps its answers, before an upstream that never says the same twice.
enum Cached {
    /// "answer 1", "answer 2" and so on, streamed in two words.
    static func numbered() -> UpstreamScript {
        let next = RetryTests.Counter()
        return UpstreamScript { try UpstreamScript.completion("answer \(next.increment() + 1)").play($0) }
    }

    static func manifest(
        _ upstream: ProgrammableUpstream, ttl: String = "600s", plugins: String = "", models: String = "",
        rest: String = ""
    ) -> String {
        Manifests.gateway(
            [upstream.baseURL], plugins: plugins, models: models, rest: rest,
            model: "retries: 0, cache: { enabled: true, ttl: \(ttl) }")
    }

    static func serving(
        _ script: UpstreamScript = numbered(), ttl: String = "600s", plugins: String = "", models: String = "",
        rest: String = "", fixtures: [String] = [], _ body: (HostProcess, ProgrammableUpstream) throws -> Void
    ) throws {
        let upstream = try ProgrammableUpstream(script)
        try HostProcess.serving(
            manifest(upstream, ttl: ttl, plugins: plugins, models: models, rest: rest),
            plugins: fixtures.isEmpty ? nil : FixturePath(fixtures), environment: Manifests.environment
        ) { host throws in try body(host, upstream) }
    }

    static func control(_ directives: String) -> [(String, String)] { [("cache-control", directives)] }

    /// What the cache did, and what the client got.
    static func outcome(_ response: HTTPTestResponse) throws -> String {
        "\(response.headers["x-jackfield-cache"] ?? "nothing"): \(try Asking.content(response) ?? "")"
    }

    /// Wait until so many completions are on their way through the host.
    static func waitForActive(_ count: Double, _ host: HostProcess) throws {
        _ = try host.eventually("\(count) requests to be under way") {
            // The one that asks is under way too.
            try host.metric("http.server.active_requests").flatMap { $0 >= count + 1 ? true : nil }
        }
    }
}
