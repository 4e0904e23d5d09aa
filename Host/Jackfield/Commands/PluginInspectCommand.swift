import ArgumentParser
import Integrity
import JackfieldJSON
import Loading
import Manifest
import Registry

/// `jackfield plugin inspect`: what a plugin is, from its files, and from its own descriptor read in a child process.
struct PluginInspectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Show what a plugin is and needs.",
        discussion: """
            FILE is a plugin's folder, its plugin.json or its library. The library is loaded in a sandboxed process of \
            its own, and no instance is made. Exits with 1 if it cannot be loaded.
            """)

    @Argument(help: "A plugin's folder, plugin.json or library.", completion: .file())
    var file: String

    @Flag(name: .long, help: "Print JSON.")
    var json = false

    func run() throws {
        var facts: PluginFacts
        do throws(LoadError) { facts = try PluginFacts(file: file) } catch {
            if json {
                let nothing: JSON = [
                    "library": .string(file), "loaded": false, "problems": [.string(error.message)],
                ]
                Terminal.out(nothing.text + "\n")
            }
            throw CommandFailure.failed(error.message)
        }
        var trial: PluginTrial?
        var failure: LoadError?
        do throws(LoadError) { trial = try PluginTrial(library: facts.library) } catch { failure = error }
        if let manifest = facts.location?.manifest, let trial {
            facts.problems += PluginDisagreements.between(manifest, trial.descriptor)
        }
        if let failure, !facts.problems.contains(failure.message) { facts.problems.append(failure.message) }
        let report = PluginReport(facts: facts, trial: trial)
        Terminal.out(json ? report.json.text + "\n" : report.text)
        if let failure { throw CommandFailure.failed(failure.message) }
    }
}
