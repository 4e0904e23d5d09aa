import JackfieldJSON
import TestSupport
import Testing

@Suite("What an operator grants of the network")
struct EgressGrantTests {
    @Test("is reached: an address, and localhost by its name")
    func loopback() throws {
        let upstream = try ProgrammableUpstream(.rubbish("hello", contentType: "text/plain"))
        let origins = ["http://127.0.0.1:\(upstream.port)", "http://localhost:\(upstream.port)"]
        try Fetching.serving(Fetching.manifest(origins)) { host in
            for origin in origins { try #expect(host.client.fetch("GET \(origin)/").contains("hello"), "\(origin)") }
            #expect(upstream.requests.map { $0.headers["host"] } == origins.map { String($0.dropFirst(7)) })
        }
    }

    @Test("may be of the own network, where `outbound.private` says so for a name")
    func privateNames() throws {
        let upstream = try ProgrammableUpstream(.rubbish("hello", contentType: "text/plain"))
        guard let (name, _) = OwnName.special else { return }
        let origin = "http://\(name):\(upstream.port)"
        try Fetching.serving(Fetching.manifest([origin], outbound: "private: [\(name)]")) { host in
            let answer = try host.client.fetch("GET \(origin)/")
            // The name may lead to another address of this machine, where nothing listens.
            #expect(answer.contains("hello") || answer.hasPrefix("finish 10: "), "\(answer)")
            #expect(!host.log.contains { $0["message"]?.string == "outbound refused" })
        }
    }

    @Test("is said wrongly where `outbound.private` names what is not granted, or an address")
    func wrongNames() throws {
        for (name, sentence) in [
            ("ollama.internal", "which is the host of no origin in grants.http"),
            ("10.0.0.1", "is not the name of a host"),
            ("127.1", "is not the name of a host"), ("\"gpu:8000\"", "is not the name of a host"),
            ("\"http://gpu\"", "is not"), ("\"[::1]\"", "is not the name of a host"),
        ] {
            let ended = try HostProcess.failing(
                Fetching.manifest(["http://10.0.0.1"], outbound: "private: [\(name)]"),
                plugins: try FixturePath(["agent/fetches"]))
            #expect(ended.status == .exited(78), "\(name)")
            #expect(ended.errors.contains(sentence), "\(name): \(ended.errors)")
        }
    }

    @Test("does not come by way of a proxy that the environment names")
    func proxies() throws {
        let proxy = try ProgrammableUpstream(.rubbish("from the proxy"))
        let upstream = try ProgrammableUpstream(.rubbish("hello", contentType: "text/plain"))
        var environment: [String: String] = [:]
        for name in ["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"] {
            environment[name] = proxy.origin
        }
        try Fetching.serving(Fetching.manifest([upstream.origin]), environment: environment) { host in
            try #expect(host.client.fetch("GET \(upstream.origin)/").contains("hello"))
            #expect(proxy.requests.isEmpty)
        }
    }

    @Test(
        "is no address in odd clothes: resolvers read these as 127.0.0.1, and people do not",
        arguments: [
            "127.1", "2130706433", "0x7f.0.0.1", "0177.0.0.1", "127.0.0.1.", "0x7f000001", "127.0.0.01", "256.0.0.1",
        ])
    func oddAddresses(host: String) throws {
        let ended = try HostProcess.failing(
            Fetching.manifest(["http://\(host):8080"]), plugins: try FixturePath(["agent/fetches"]))
        #expect(ended.status == .exited(78), "\(ended.errors)")
        #expect(ended.errors.contains("four decimal parts without leading zeros"), "\(ended.errors)")
    }

    @Test("of one plugin is nothing to another one, whose connections are its own too")
    func others() throws {
        let upstream = try ProgrammableUpstream(.rubbish("hello", contentType: "text/plain"))
        let manifest =
            Fetching.manifest([upstream.origin])
            + "\n  other: { use: agent/fetches, grants: { http: [\"https://127.0.0.1\"] } }"
        try Fetching.serving(manifest) { host in
            try #expect(host.client.fetch("GET \(upstream.origin)/").contains("hello"))
            let answer = try host.client.invoke("other", "GET \(upstream.origin)/").json()["answer"]?.string
            #expect(answer?.hasPrefix("finish 5: ") == true)
            #expect(upstream.requests.count == 1)
        }
    }
}
