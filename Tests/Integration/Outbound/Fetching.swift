import JackfieldJSON
import TestSupport

/// A host with one plugin, `fetches`, that asks the http service for what a test tells it.
enum Fetching {
    /// - Parameters:
    ///   - grants: origins.
    ///   - outbound: the inside of the plugin's `outbound`.
    ///   - isolation: where the plugin's code runs, which is nothing to the host's checks.
    static func manifest(
        _ grants: [String], outbound: String = "", secrets: [String] = [], requestTimeout: String = "60s",
        isolation: String = "in-process"
    ) -> String {
        let origins = grants.map { "\"\($0)\"" }.joined(separator: ", ")
        let names = secrets.joined(separator: ", ")
        return """
            jackfield: 1
            profile: testing
            server: { request_timeout: \(requestTimeout) }
            logging: { level: trace, format: json }
            plugins:
              fetches: { use: agent/fetches, isolation: \(isolation), grants: { http: [\(origins)], secrets: [\(names)] }, outbound: { \(outbound) } }
            """
    }

    static func serving(
        _ manifest: String, environment: [String: String] = [:], body: (HostProcess) throws -> Void
    ) throws {
        try HostProcess.serving(
            manifest, plugins: try FixturePath(["agent/fetches"]), environment: environment, body: body)
    }
}

extension HTTPTestClient {
    /// What the plugin says of one request: its method and URL, then headers and "+N" for a body, a line each.
    func fetch(_ request: String, _ more: String...) throws -> String {
        let response = try invoke("fetches", ([request] + more).joined(separator: "\n"))
        guard response.status == 200, let answer = try response.json()["answer"]?.string else {
            throw TestFailure("\(request): \(response.status) \(response.text)")
        }
        return answer
    }
}

extension HostProcess {
    /// The audit's lines so far, oldest first; waits until there are `count`.
    func refusals(_ count: Int) throws -> [JSON] {
        try eventually("\(count) lines of the audit") {
            let lines = log.filter { $0["message"]?.string == "outbound refused" }
            return lines.count >= count ? lines : nil
        }
    }
}
