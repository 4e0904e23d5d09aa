import ArgumentParser
import Loading
import Logging
import Manifest
import Orchestration
import Registry
import Telemetry

/// `jackfield check`: everything that `serve` would find wrong, without serving.
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Validate the manifest and load every plugin, without starting the host.",
        discussion: "Prints every problem with its place and exits with 1, or prints what would run and exits with 0.")

    @OptionGroup var options: ManifestOptions

    func run() async throws {
        let manifest: Manifest
        var problems: [ManifestProblem]
        do {
            (manifest, problems) = try options.inspect()
        } catch {
            // The contract of `check` is 0 or 1, whatever is wrong.
            throw CommandFailure(sentences: error.sentences, exitCode: 1)
        }
        let path = options.path
        var badConfig: Set<PluginInstanceID> = []
        for plugin in manifest.plugins where plugin.enabled {
            for problem in PluginRegistry.configProblems(plugin, path: path) {
                let at = "plugins.\(plugin.id).config\(problem.path.isEmpty ? "" : ".\(problem.path)")"
                problems.append(manifest.problem(at: at, problem.message))
                badConfig.insert(plugin.id)
            }
        }
        var tolerant = manifest
        for index in tolerant.plugins.indices { tolerant.plugins[index].required = false }
        let host = try await HostAssembly(tolerant, path: path, level: .critical, keepsSessions: false)
        for plugin in host.registry.plugins where !badConfig.contains(plugin.id) {
            if let error = plugin.now.error {
                problems.append(manifest.problem(at: "plugins.\(plugin.id)", error.message))
            }
        }
        for problem in host.tools.grantProblems {
            problems.append(manifest.problem(at: problem.place, problem.message))
        }
        let rows = host.registry.plugins.map { plugin in
            [plugin.id.text, plugin.config.source?.description ?? "", plugin.now.status.rawValue]
        }
        let unpriced = host.router.accounts.unpriced
        await host.stop(deadline: .now())
        guard problems.isEmpty else {
            // A plugin that the manifest gets wrong may be named by both steps.
            var seen: Set<ManifestProblem> = []
            let sentences = problems.filter { seen.insert($0).inserted }.map(\.description)
            throw CommandFailure(sentences: sentences, exitCode: 1)
        }
        Terminal.out(Terminal.table(["PLUGIN", "USE", "STATUS"], rows))
        for note in manifest.notes { Terminal.note("note: \(note)") }
        for upstream in unpriced {
            Terminal.note("note: budgets: \(upstream) has no price, so its cost counts for nothing; add it to prices")
        }
        Terminal.out(Terminal.styled("The manifest is right.\n", .green))
    }
}
