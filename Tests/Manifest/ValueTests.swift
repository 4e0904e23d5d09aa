import Testing

@testable import Manifest

@Suite struct ValueTests {
    @Test(arguments: [
        ("250ms", Duration.milliseconds(250)), ("60s", .seconds(60)), ("2m", .seconds(120)), ("1h", .seconds(3600)),
        ("1.5s", .milliseconds(1500)), ("7d", .seconds(604_800)), ("0s", .zero),
    ])
    func durationsHaveAUnit(text: String, duration: Duration) throws {
        #expect(try Duration(configured: text) == duration)
        #expect(try Duration(configured: duration.configured) == duration)
    }

    @Test(arguments: ["60", "s", "-1s", "1 s", "1w", "", "1e3s", "1.2.3s", "99999d", "٣s"])
    func oddDurationsAreRefused(text: String) {
        #expect(throws: InvalidValue.self) { try Duration(configured: text) }
    }

    @Test(arguments: [("16MiB", 16 << 20), ("512KB", 512_000), ("1024", 1024), ("2 GiB", 2 << 30), ("7B", 7)])
    func sizesMayHaveAUnit(text: String, bytes: Int) throws {
        #expect(try ByteCount(text).bytes == bytes)
        #expect(try ByteCount(ByteCount(bytes: bytes).description).bytes == bytes)
    }

    @Test(arguments: ["MiB", "16mib", "-1", "1.5MiB", "", "9223372036854775807KB"])
    func oddSizesAreRefused(text: String) {
        #expect(throws: InvalidValue.self) { try ByteCount(text) }
    }

    @Test func modelRoutesSplitAtTheFirstSlash() throws {
        let route = try ModelRoute("router/meta-llama/llama-3")
        #expect(route.instance.text == "router")
        #expect(route.upstreamModel == "meta-llama/llama-3")
        for text in ["openai", "openai/", "/gpt", "Open AI/x", "openai/a b"] {
            #expect(throws: InvalidValue.self) { try ModelRoute(text) }
        }
    }

    @Test func pluginReferencesNameTheKnownKinds() throws {
        #expect(try PluginReference("agent/system-monitoring").kind == .agent)
        #expect {
            try PluginReference("robot/x")
        } throws: {
            "\($0)".contains("agent, llm, validator, exporter, notifier, tool, store")
        }
        for text in ["agent", "agent/", "agent/Big", "agent/a/b", "agent/../x"] {
            #expect(throws: InvalidValue.self) { try PluginReference(text) }
        }
    }

    @Test func idsKeepTheirRule() {
        for text in ["a", "openai-2", String(repeating: "a", count: 63)] {
            #expect(throws: Never.self) { try PluginInstanceID(text) }
        }
        for text in ["", "-a", "a-", "A", "a_b", "ä", "a/b", String(repeating: "a", count: 64)] {
            #expect(throws: InvalidValue.self) { try PluginInstanceID(text) }
        }
    }

    @Test func originsAreNormalised() throws {
        let origin = try Origin("HTTPS://API.Example.com/v1/")
        #expect(origin.description == "https://api.example.com/v1")
        #expect(origin.port == 443)
        #expect(origin == (try Origin("https://api.example.com:443/v1")))
        #expect(try Origin("http://[::1]:8080").description == "http://[::1]:8080")
        for text in [
            "api.example.com", "ftp://x", "https://", "https://u:p@x", "https://x?q", "https://x/a/../b", "https://x:0",
            "https://x:99999", "https://x y", "https://*.example.com",
        ] {
            #expect(throws: InvalidValue.self, "\(text)") { try Origin(text) }
        }
    }

    @Test func listenAddressesHaveAPort() throws {
        #expect(try ListenAddress("127.0.0.1:0").port == 0)
        #expect(try ListenAddress("[::1]:8080").host == "::1")
        #expect(try ListenAddress("[::1]:8080").isLoopback)
        #expect(try !ListenAddress("0.0.0.0:80").isLoopback)
        for text in ["127.0.0.1", "8080", ":8080", "localhost:", "localhost:http", "[::1]", "h:70000"] {
            #expect(throws: InvalidValue.self, "\(text)") { try ListenAddress(text) }
        }
    }

    @Test func secretsCannotBePrinted() {
        let secret = Secret("hunter2")
        var dumped = ""
        dump(secret, to: &dumped)
        for text in [
            "\(secret)", String(describing: secret), String(reflecting: secret), String(describing: [secret]), dumped,
        ] {
            #expect(!text.contains("hunter2"))
        }
        #expect(secret.reveal() == "hunter2")
    }

    @Test func pathsReadWhatTheyWrite() {
        for text in ["models.default.route[1]", "models.\"gpt-4.1\".timeout", "plugins.a.config.list[0][2].x", ""] {
            #expect(ConfigPath(text).description == text)
        }
    }
}
