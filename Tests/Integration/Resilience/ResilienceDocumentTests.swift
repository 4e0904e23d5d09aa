import TestSupport
import Testing

@Suite("The page about resilience")
struct ResilienceDocumentTests {
    @Test("has an example that `check` accepts")
    func example() throws {
        let page = try Repository.read("docs/resilience.md")
        let blocks = page.components(between: "```yaml\n", and: "```")
        #expect(!blocks.isEmpty)
        for block in blocks {
            let folder = try TemporaryFolder()
            let file = try folder.write("jackfield.yaml", block)
            let environment = ["OPENAI_KEY_A": "a", "OPENAI_KEY_B": "b", "ANTHROPIC_KEY": "c"]
            let ended = try HostProcess.run(["check", "--manifest", file], environment: environment)
            #expect(ended.status == .exited(0), "\(ended.output)\(ended.errors)")
        }
    }

    @Test("names the defaults that are in force")
    func defaults() throws {
        let rows = Self.rows(try Repository.read("docs/configuration.md"))
        let told = Self.rows(try Repository.read("docs/resilience.md"))
        #expect(told.count >= 20)
        for (key, value) in told {
            // The short name, which is unique within its table but not over all of them.
            let name = String(key.split(separator: ".").last ?? "")
            #expect(
                rows.contains { $0.key == name && $0.value.filter { $0 != "\"" } == value },
                "\(key) is \(value) in docs/resilience.md, but not in docs/configuration.md")
        }
    }

    /// Key and default of each table row like "| `key` | … | `default` | …": the second is the first code after the key.
    private static func rows(_ page: String) -> [(key: String, value: String)] {
        page.split(separator: "\n").compactMap { line in
            guard line.hasPrefix("| `") else { return nil }
            let codes = String(line).components(between: "`", and: "`")
            return codes.count >= 2 ? (codes[0], codes[1]) : nil
        }
    }
}

extension String {
    /// What stands between each opening and the closing that follows it.
    func components(between opening: String, and closing: String) -> [String] {
        var found: [String] = []
        var rest = self[...]
        while let start = rest.firstRange(of: opening) {
            rest = rest[start.upperBound...]
            guard let end = rest.firstRange(of: closing) else { break }
            found.append(String(rest[..<end.lowerBound]))
            rest = rest[end.upperBound...]
        }
        return found
    }
}
