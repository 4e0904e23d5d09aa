import ArgumentParser
import Glibc

/// The entry point. Exit codes: 0 fine, 1 the thing asked for failed, 2 usage, 78 configuration.
@main
enum Main {
    static func main() async {
        // A client that closes its connection is an error of one write, not the end of the process.
        signal(SIGPIPE, SIG_IGN)
        RunnerCommand.runIfAsked()
        ConformCommand.runIfAsked()
        do {
            var command = try JackfieldCommand.parseAsRoot()
            if command is ServeCommand { Allocator.tune() }
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch let failure as CommandFailure {
            for line in failure.sentences { Terminal.error(line) }
            exit(failure.exitCode)
        } catch {
            let code = JackfieldCommand.exitCode(for: error)
            let message = JackfieldCommand.fullMessage(for: error)
            if code.isSuccess {
                print(message)
                exit(0)
            }
            if !message.isEmpty { Terminal.error(message, prefix: false) }
            exit(code == .validationFailure ? 2 : code.rawValue)
        }
    }
}

struct JackfieldCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "jackfield",
        abstract: "A plugin host for LLM agents.",
        discussion: """
            Agents, language model providers, validators and exporters are shared libraries behind a stable C ABI; a \
            manifest, jackfield.yaml, says which ones run and how they are wired.
            """,
        version: Version.text,
        subcommands: [
            ServeCommand.self, CheckCommand.self, AskCommand.self, PluginCommand.self, ConfigCommand.self,
            DoctorCommand.self, RunnerCommand.self,
        ])
}

/// What this build is.
enum Version {
    static let text = "0.1.0"
}

/// Why a command ends badly: one sentence for each reason, and the exit code.
struct CommandFailure: Error {
    var sentences: [String]
    var exitCode: Int32

    static func failed(_ sentence: String) -> CommandFailure { CommandFailure(sentences: [sentence], exitCode: 1) }
    static func configuration(_ sentences: [String]) -> CommandFailure {
        CommandFailure(sentences: sentences, exitCode: 78)
    }
}
