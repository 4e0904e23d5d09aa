import TestSupport

/// Manifests for the tests: small ones, with what the test is about put in.
enum Manifests {
    /// A gateway in front of these upstreams, in this order of preference. No validators, short deadlines, and breakers
    /// that never open: what is tested is each request by itself.
    static func gateway(
        _ baseURLs: [String], timeout: String = "20s", requestTimeout: String = "30s", server: String = "",
        plugins: String = "", models: String = "", rest: String = "",
        upstream: String = "breaker: { enabled: false }", model: String = "retries: 0"
    ) -> String {
        let providers = baseURLs.enumerated().map { index, baseURL in
            """
              up\(index): { use: llm/openai, config: { base_url: "\(baseURL)", api_key: "${secret:UPSTREAM_KEY}" }, grants: { http: ["\(baseURL)"] }, upstream: { \(upstream) } }
            """
        }
        let route = baseURLs.indices.map { "\"up\($0)/upstream-model\"" }.joined(separator: ", ")
        return """
            jackfield: 1
            profile: testing
            server: { request_timeout: \(requestTimeout)\(server.isEmpty ? "" : ", " + server) }
            logging: { level: debug, format: json }
            plugins:
            \((providers + (plugins.isEmpty ? [] : [plugins])).joined(separator: "\n"))
            models:
              default: { route: [\(route)], timeout: \(timeout), \(model) }
            \(models)
            \(rest)
            """
    }

    /// A host with these plugins from the plugin path and nothing else, each as an instance named after it: "agent/hello"
    /// is `hello`.
    static func plugins(
        _ fixtures: [String], options: String = "", requestTimeout: String = "30s", server: String = "",
        rest: String = ""
    ) -> String {
        """
        jackfield: 1
        profile: testing
        server: { request_timeout: \(requestTimeout)\(server.isEmpty ? "" : ", " + server) }
        logging: { level: debug, format: json }
        plugins:
        \(fixtures.map { "  \(instance($0)): { use: \($0)\(options.isEmpty ? "" : ", " + options) }" }.joined(separator: "\n"))
        \(rest)
        """
    }

    static func instance(_ fixture: String) -> String { String(fixture.split(separator: "/").last ?? "") }

    /// What a provider's key is in the environment of the tests. No answer and no log may ever hold it.
    static let key = "sk-test-5up3r53cr3t-do-not-print"
    static let environment = ["UPSTREAM_KEY": key]
}
