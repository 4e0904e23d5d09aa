import Conformance

/// `jackfield conform`: the process of one check, started by `plugin check`, never by hand. Like a runner it has no use for
/// what the other commands set up first.
enum ConformCommand {
    static func runIfAsked() {
        if CommandLine.arguments.count == 2, CommandLine.arguments[1] == "conform" { CheckChild.run() }
    }
}
