import JackfieldJSON
import TestSupport

/// What the tests of resilience need besides a gateway: several upstreams in one step, and slow answers.
enum UpstreamPool {
    /// A model `pool` whose only step holds these upstreams of `Manifests.gateway`: "up0", "up1 weight=3".
    static func model(_ members: [String], _ settings: String) -> String {
        let names = members.map { member -> String in
            let parts = member.split(separator: " ", maxSplits: 1)
            let weight = parts.count > 1 ? " \(parts[1])" : ""
            return "\"\(parts[0])/upstream-model\(weight)\""
        }
        return "  pool: { route: [[\(names.joined(separator: ", "))]], \(settings) }"
    }

    /// Answers after this time, or not at all if the host leaves before. The wait is on the connection, and its length is
    /// what the test is about.
    static func slow(_ delay: Duration, _ script: UpstreamScript = .completion("slowly")) -> UpstreamScript {
        UpstreamScript { exchange in
            do {
                try exchange.waitForClientToLeave(within: delay)
            } catch {
                return try script.play(exchange)
            }
        }
    }

    /// Answers when the gate opens.
    static func behind(_ gate: Gate, _ script: UpstreamScript = .completion("let through")) -> UpstreamScript {
        UpstreamScript { exchange in
            try gate.wait()
            try script.play(exchange)
        }
    }
}

/// How the host sees one upstream, from /api/v1/models.
struct UpstreamState {
    let state: String
    /// Seconds.
    let restsFor: Double
    let running: Int
    let queued: Int

    /// - Parameter upstream: the instance: "up0".
    init(of upstream: String, model: String = "default", in host: HostProcess) throws {
        let response = try host.client.get("/api/v1/models")
        let models = try response.json()["models"]?.array
        let entry = models?.first { $0["name"]?.string == model }?["upstreams"]?.array?
            .first { $0["upstream"]?.string == "\(upstream)/upstream-model" }
        guard let entry else { throw TestFailure("/api/v1/models does not list \(upstream): \(response.text)") }
        state = entry["state"]?.string ?? ""
        restsFor = entry["rests_for_s"]?.double ?? 0
        running = entry["running"]?.int ?? -1
        queued = entry["queued"]?.int ?? -1
    }
}

extension HostProcess {
    /// Wait until /api/v1/models shows the upstream as it should be.
    func wait(for what: String, at upstream: String, model: String = "default", _ isRight: (UpstreamState) -> Bool)
        throws
    {
        _ = try eventually("\(upstream) to be \(what)") {
            try isRight(UpstreamState(of: upstream, model: model, in: self)) ? true : nil
        }
    }

    /// The samples of a metric that bear these labels, added up; 0 if there are none.
    func metric(_ name: String, where labels: [String: String]) throws -> Double {
        let families = try client.get("/api/v1/metrics").json()["metrics"]?.array ?? []
        let samples = families.first { $0["name"]?.string == name }?["samples"]?.array ?? []
        return samples.filter { sample in
            labels.allSatisfy { sample["labels"]?[$0.key]?.string == $0.value }
        }.compactMap { $0["value"]?.double }.reduce(0, +)
    }

    /// Send a completion and do not wait for its answer.
    func begin(_ text: String = "hello", model: String = "default", headers: [(String, String)] = []) throws
        -> HTTPTestConnection
    {
        let connection = try HTTPTestConnection(port: port)
        try connection.write(
            "POST", "/v1/chat/completions", headers: [("content-type", "application/json")] + headers,
            body: Asking.completion(text, model: model).bytes)
        return connection
    }
}
