import ArgumentParser
import Isolation

/// `jackfield runner`: the sandboxed process of one plugin. Started by a host, never by hand.
struct RunnerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "runner", abstract: "The process of an isolated plugin; started by the host.", shouldDisplay: false
    )

    @Argument(help: "The process id of the host.")
    var host: Int32

    func run() throws { Runner.run(host: host) }

    /// A runner has no use for what the other commands set up first, and must have one thread when it locks itself up.
    static func runIfAsked() {
        let arguments = CommandLine.arguments
        guard arguments.count == 3, arguments[1] == "runner", let host = Int32(arguments[2]) else { return }
        Runner.run(host: host)
    }
}
