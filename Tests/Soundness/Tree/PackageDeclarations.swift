/// What Package.swift declares, as far as the checks need it: its targets with their dependencies, and its plugins. Read
/// from the text, so that a test needs no second `swift package`.
struct PackageDeclarations {
    struct PluginLine: Hashable {
        let module: String
        let folder: String
        let id: String
    }

    /// The dependencies of each target, by module name; aliases such as `json` are resolved.
    private(set) var dependencies: [String: [String]] = [:]
    private(set) var plugins: [PluginLine] = []
    /// Test targets and their folders below Tests.
    private(set) var tests: [String: String] = [:]

    init(_ text: String) {
        let text = text.lines.filter { !$0.trimmed.hasPrefix("//") }.joined(separator: "\n")
        var aliases: [String: String] = [:]
        for line in text.lines where line.contains(": Target.Dependency = ") {
            let words = line.split { $0 == " " || $0 == ":" }
            if words.first == "let", words.count > 1, let module = Self.literals(line).first {
                aliases[String(words[1])] = module
            }
        }
        for call in ["host", ".target", ".executableTarget", "tests"] {
            for arguments in Self.arguments(of: call, in: text) {
                guard let name = Self.name(arguments) else { continue }
                let list =
                    arguments.firstRange(of: "[").map { Self.balanced(arguments[$0.lowerBound...], "[", "]") } ?? ""
                if dependencies[name] == nil { dependencies[name] = Self.elements(list).map { aliases[$0] ?? $0 } }
                if call == "tests", let path = Self.literals(arguments).dropFirst().first { tests[name] = path }
            }
        }
        plugins = Self.arguments(of: "Plugin", in: text).compactMap { arguments in
            let texts = Self.literals(arguments)
            return texts.count >= 3 ? PluginLine(module: texts[0], folder: texts[1], id: texts[2]) : nil
        }
    }

    /// The text between the parentheses of every call of a function.
    private static func arguments(of function: String, in text: String) -> [Substring] {
        var found: [Substring] = []
        var rest = text[...]
        while let range = rest.firstRange(of: "\(function)(") {
            let before = rest.startIndex == range.lowerBound ? nil : rest[rest.index(before: range.lowerBound)]
            rest = rest[text.index(before: range.upperBound)...]
            let isCall = before.map { !($0.isLetter || $0.isNumber || $0 == "_" || $0 == ".") } ?? true
            if isCall { found.append(balanced(rest, "(", ")")) }
            rest = rest.dropFirst()
        }
        return found
    }

    /// What lies inside a pair of brackets, the text beginning with the first of them.
    private static func balanced(_ text: Substring, _ open: Character, _ close: Character) -> Substring {
        var depth = 0
        for index in text.indices {
            if text[index] == open { depth += 1 }
            if text[index] == close { depth -= 1 }
            if depth == 0 { return text[text.index(after: text.startIndex)..<index] }
        }
        return text.dropFirst()
    }

    /// The first argument where it is a literal, with or without its label.
    private static func name(_ arguments: Substring) -> String? {
        var arguments = arguments.drop { $0 == " " || $0 == "\n" }
        if arguments.hasPrefix("name: ") { arguments = arguments.dropFirst("name: ".count) }
        return arguments.hasPrefix("\"") ? literals(arguments).first : nil
    }

    private static func literals(_ text: Substring) -> [String] {
        text.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
            .filter { $0.offset % 2 == 1 }.map { String($0.element) }
    }

    /// The elements of a list: literals without their quotes, identifiers as they are.
    private static func elements(_ list: Substring) -> [String] {
        list.split { $0 == "," || $0 == " " || $0 == "\n" }
            .filter { !$0.hasSuffix(":") && !$0.hasPrefix(".") }
            .map { String($0.filter { $0.isLetter || $0.isNumber || $0 == "_" }) }
    }
}
