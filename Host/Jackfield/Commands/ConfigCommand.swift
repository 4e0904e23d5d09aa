import ArgumentParser
import JackfieldJSON
import Manifest

/// `jackfield config`: what the manifest comes to, and what it may say.
struct ConfigCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "Show the resolved manifest or its schema.",
        subcommands: [Print.self, Schema.self, Reference.self])

    struct Print: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "print", abstract: "Print the manifest as the host understands it, with secrets redacted.")

        @OptionGroup var options: ManifestOptions

        func run() async throws { Terminal.out(try options.load().redactedYAML()) }
    }

    struct Schema: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "schema", abstract: "Print the manifest's JSON Schema, for editors.")

        func run() async throws { Terminal.out(ManifestSchema.json.text + "\n") }
    }

    struct Reference: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "reference", abstract: "Print the reference of every key, as docs/configuration.md has it.")

        func run() async throws { Terminal.out(ConfigurationReference.markdown) }
    }
}
