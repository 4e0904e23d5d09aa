import Testing

@Suite("The tree stays a house that one can find one's way in")
struct TreeTests {
    @Test("the top level holds what the architecture names, and nothing else")
    func topLevel() {
        let rooms: Set = [
            "Package.swift", "README.md", "PluginAPI", "Host", "Plugins", "Tests", "docs", "Makefile", "LICENSE",
            "CHANGELOG.md",
        ]
        // What a build or a run leaves behind is not part of the tree.
        let ignored = SourceTree.text(of: ".gitignore").lines.map { $0.filter { $0 != "/" } }
        let visible = SourceTree.names(in: "").filter { !$0.hasPrefix(".") && !ignored.contains($0) }
        for name in visible where !rooms.contains(name) {
            Issue.record(
                "\(name) lies at the top level, which holds \(rooms.sorted().joined(separator: ", ")) alone: move it into one of them"
            )
        }
        for name in rooms.subtracting(visible).sorted() { Issue.record("\(name) is missing at the top level") }
    }

    /// Files that may be longer, each with the reason.
    private static let longer: [String: String] = [:]
    private static let sources = [".swift", ".c", ".h", ".cpp", ".rs", ".py", ".sh", ".md", ".yaml"]

    @Test("no file is longer than 500 lines")
    func length() {
        for file in Self.files() where Self.longer[file] == nil {
            let count = SourceTree.text(of: file).lines.count - 1
            if count > 500 {
                Issue.record("\(file) has \(count) lines; past 500 a file is two files: split it by its ideas")
            }
        }
        for file in Self.longer.keys.sorted() where !SourceTree.exists(file) {
            Issue.record("\(file) may be longer than 500 lines, but is not there: take it out of the list")
        }
    }

    @Test("nothing is left for later in the code")
    func unfinished() {
        // Put together here, so that this file does not find itself.
        let marks = ["TO" + "DO", "FIX" + "ME", "XX" + "X:"]
        for file in Self.files() {
            for (index, line) in SourceTree.text(of: file).lines.enumerated() {
                for mark in marks where line.contains(mark) {
                    Issue.record("\(file):\(index + 1) says \(mark): do it now, or open an issue and say nothing here")
                }
            }
        }
    }

    private static func files() -> [String] {
        ["PluginAPI", "Host", "Plugins", "Tests", "docs"].flatMap { SourceTree.files(under: $0, named: sources) }
            + ["Package.swift", "Makefile", "README.md"]
    }
}
