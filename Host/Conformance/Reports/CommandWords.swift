/// How the plugin and its surroundings were named on the command line: what somebody types again to see a result again.
package struct CommandWords: Sendable {
    /// The plugin, as it was named.
    package let file: String
    /// Options that change what a check meets, with their values.
    package let options: [String]

    package init(file: String, options: [String] = []) {
        self.file = file
        self.options = options
    }

    /// The command that makes a result again, as a shell reads it.
    func again(_ result: CheckResult) -> String {
        // What begins with a hyphen would be an option.
        let file = file.hasPrefix("-") ? "./\(file)" : file
        let chosen = result.rounds?.options ?? ["--only", result.check.id, "--seed", String(result.seed)]
        return (["jackfield", "plugin", "check", file] + options + chosen).map(Self.quoted).joined(separator: " ")
    }

    /// One word of a command (POSIX.1-2024, Shell Command Language, 2.2): in single quotes unless it is plain.
    package static func quoted(_ word: String) -> String {
        let isPlain = word.utf8.allSatisfy {
            0x61...0x7A ~= $0 || 0x41...0x5A ~= $0 || 0x30...0x39 ~= $0 || "/._-+,:@%=".utf8.contains($0)
        }
        if isPlain, !word.isEmpty { return word }
        return "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }
}
