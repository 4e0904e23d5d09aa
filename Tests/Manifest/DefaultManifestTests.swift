import JackfieldJSON
import Testing

@testable import Manifest

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The files that a newcomer meets first.
@Suite struct DefaultManifestTests {
    private func manifest(_ environment: [String: String] = [:]) throws -> Manifest {
        try ManifestLoader.load([.file("\(repository())/Host/Packaging/jackfield.yaml")], environment: environment)
    }

    @Test func itNeedsNothing() throws {
        let manifest = try self.manifest()
        #expect(manifest.plugins.filter { !$0.enabled }.map(\.id.text) == ["openai", "anthropic", "ollama"])
        #expect(manifest.models[0].upstreams.map(\.description) == ["offline/notes"])
        #expect(manifest.server.listen.isLoopback)
    }

    @Test func aKeyEnablesTheProvider() throws {
        let manifest = try self.manifest(["OPENAI_API_KEY": "sk-1"])
        #expect(manifest.models[0].upstreams.map(\.description) == ["openai/gpt-4o-mini", "offline/notes"])
        let openai = try #require(manifest.plugin(try PluginInstanceID("openai")))
        #expect(openai.configuration.reveal()["api_key"] == "sk-1")
        #expect(openai.grants.http.map(\.description) == ["https://api.openai.com/v1"])
    }

    @Test func aLocalServerNeedsNoKey() throws {
        let manifest = try self.manifest(["OPENAI_BASE_URL": "http://127.0.0.1:11434/v1", "OPENAI_MODEL": "llama3.2"])
        let openai = try #require(manifest.plugin(try PluginInstanceID("openai")))
        #expect(openai.enabled)
        #expect(openai.configuration.reveal()["api_key"] == "")
        #expect(openai.grants.http.map(\.description) == ["http://127.0.0.1:11434/v1"])
        #expect(manifest.models[0].upstreams[0].description == "openai/llama3.2")
    }

    @Test func everyProviderHasItsVariable() throws {
        let claude = try self.manifest(["ANTHROPIC_API_KEY": "key-1"])
        #expect(claude.models[0].upstreams.map(\.description) == ["anthropic/claude-haiku-4-5", "offline/notes"])
        let ollama = try self.manifest(["OLLAMA_MODEL": "qwen3:8b"])
        #expect(ollama.models[0].upstreams.map(\.description) == ["ollama/qwen3:8b", "offline/notes"])
        let remote = try self.manifest(["OLLAMA_BASE_URL": "http://gpu-3.lab:11434"])
        #expect(
            remote.plugin(try PluginInstanceID("ollama"))?.grants.http.map(\.description) == ["http://gpu-3.lab:11434"])
    }

    @Test func whatIsPrintedOfItCanBeStarted() throws {
        let manifest = try self.manifest()
        let again = try ManifestLoader.load([.text(manifest.redactedYAML())], environment: [:])
        #expect(again.redactedJSON() == manifest.redactedJSON())
    }

    @Test func itsPluginsAreThereWithAllTheirRooms() throws {
        let manifest = try self.manifest(
            ["OPENAI_API_KEY": "sk-1", "ANTHROPIC_API_KEY": "key-1", "OLLAMA_MODEL": "llama3.2"])
        let found = Self.pluginManifests()
        for plugin in manifest.plugins {
            let (folder, description) = try #require(found.first { $0.1.id == plugin.use }, "\(plugin.id)")
            let schema = try ConfigSchema(
                JSON(
                    parsing: FileReading.bytes(
                        of: "\(folder)/\(try #require(description.configSchema))", limit: 1 << 20)))
            #expect(manifest.problems(inConfigurationOf: plugin.id, by: schema) == [])
            #expect(schema.validate(schema.fillingDefaults(plugin.configuration.reveal())) == [])
        }
    }

    /// Every `plugin.json` below `Plugins`, with its folder.
    private static func pluginManifests() -> [(String, PluginManifest)] {
        var found: glob_t = glob_t()
        defer { globfree(&found) }
        glob("\(repository())/Plugins/*/*/plugin.json", 0, nil, &found)
        return (0..<Int(found.gl_pathc)).compactMap { index in
            let path = String(cString: found.gl_pathv[index]!)
            return (try? PluginManifest(file: path)).map { (String(path.dropLast("/plugin.json".count)), $0) }
        }
    }
}

@Suite struct ValidationCostTests {
    @Test func fiftyPluginsAreCheckedInNoTime() throws {
        var text = "plugins:\n"
        for index in 0..<50 {
            text += """
                  p\(index):
                    use: llm/openai
                    enabled: "${KEY:+true}"
                    config: { base_url: "${URL:-https://api.example.com/v1}", api_key: "${secret:KEY}", list: [1, 2, { a: b }] }
                    grants: { http: ["https://api.example.com"], models: [m\(index)] }

                """
        }
        text += "models:\n" + (0..<50).map { "  m\($0): { route: [p\($0)/a, p\((($0 + 1) % 50))/b] }\n" }.joined()
        var best = Int64.max
        for _ in 0..<3 {
            let started = processorNanoseconds()
            let manifest = try load(text, environment: ["KEY": "k", "JACKFIELD_SERVER__LOOPS": "1"])
            best = min(best, processorNanoseconds() - started)
            #expect(manifest.plugins.count == 50)
        }
        print("a manifest of 50 plugins and 50 models is read and checked in \(Double(best) / 1e6) ms")
        // Optimised it takes a few milliseconds, without optimisation some tens. Time of this thread on the processor, so
        // that what else the machine does is not counted.
        #expect(best < 1_000_000_000)
    }

    /// How long this thread has had the processor.
    private func processorNanoseconds() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
