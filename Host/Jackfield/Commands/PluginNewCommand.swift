import ArgumentParser
import Conformance
import Manifest
import Scaffolding

/// `jackfield plugin new`: a folder with a plugin that builds, has a test, and passes `plugin check`.
struct PluginNewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new",
        abstract: "Begin a plugin: a folder that builds on its own, has a test and passes the check.",
        discussion: """
            PLUGIN is KIND/NAME. The kind is agent, llm, validator, exporter, notifier or tool. The folder holds what \
            it needs of the kit, so it can be moved anywhere; a plugin in Swift refers to the kit where it lies.
            """)

    @Argument(help: "KIND/NAME, such as agent/uptime.")
    var plugin: String

    @Option(name: .long, help: "c, cpp, rust or swift.")
    var language: String

    @Option(name: .long, help: "The folder to make. Without it: NAME, here.", completion: .directory)
    var into: String?

    @Option(
        name: .long,
        help: "The kit: the folder PluginAPI. Without it: JACKFIELD_KIT, or the one that came with the program.",
        completion: .directory)
    var kit: String?

    func run() throws {
        let reference: PluginReference
        do throws(InvalidValue) {
            reference = try PluginReference(plugin)
        } catch {
            throw CommandFailure(sentences: [error.reason], exitCode: 2)
        }
        let folder = into ?? reference.name
        do throws(ScaffoldError) {
            let language = try TemplateLanguage(named: language)
            let kit = try KitFolder(
                given: kit, environment: ManifestOptions.environment, executable: ManifestOptions.executable)
            try PluginScaffold(reference, language: language, kit: kit).write(to: folder)
        } catch {
            throw CommandFailure.failed(error.message)
        }
        Terminal.out(
            """
            \(reference) is in \(folder). README.md says what it does. Next:
              cd \(CommandWords.quoted(folder))
              make test
              make check

            """)
    }
}
