import Manifest
import Registry
import TestSupport

/// All that `check` does short of loading libraries: read the text, decode and cross-check it, and hold every plugin's
/// configuration against its schema.
enum ManifestBenchmark {
    private static let plugins = 50
    private static let runs = 21

    static func run() throws -> [Figure] {
        try Staging.ensure()
        let source = ManifestSource.text(manifest)
        let path = PluginPath(folders: [Repository.buildFolder + "/plugins"])
        var milliseconds: [Double] = []
        for run in 0...runs {
            let began = monotonicNanoseconds()
            let loaded = try ManifestLoader.load([source], environment: ["BENCH_KEY": "sk-bench"])
            let problems = loaded.plugins.flatMap { PluginRegistry.configProblems($0, path: path) }
            if run > 0 { milliseconds.append(Double(monotonicNanoseconds() - began) / 1e6) }
            guard loaded.plugins.count == plugins, problems.isEmpty else {
                throw TestFailure("the manifest has \(loaded.plugins.count) plugins and these problems: \(problems)")
            }
        }
        return [
            Figure(
                what: "manifest validation, \(plugins) plugins", value: milliseconds.median, unit: "ms",
                goal: .init(bound: 100, text: "under 100 ms"),
                note: "slowest of \(runs) \(milliseconds.max()!.text(1)) ms")
        ]
    }

    /// Every instance with a configuration and grants of its own, and a model in front of it.
    private static var manifest: String {
        let instances = (1...plugins).map { number in
            """
              upstream-\(number):
                use: llm/openai
                config:
                  base_url: "http://127.0.0.1:\(9000 + number)/v1"
                  api_key: "${secret:BENCH_KEY}"
                  headers: { X-Team: "team-\(number)", X-Region: "${REGION:-eu}" }
                grants:
                  http: ["http://127.0.0.1:\(9000 + number)/v1"]
            """
        }
        let models = (1...plugins).map { number in
            let next = number % plugins + 1
            return "  model-\(number): { route: [upstream-\(number)/large, upstream-\(next)/small], timeout: 30s }"
        }
        return """
            jackfield: 1
            profile: production
            plugins:
            \(instances.joined(separator: "\n"))
            models:
            \(models.joined(separator: "\n"))
            """
    }
}
