import Foundation
import TestSupport
import Testing

@Suite("A manifest of prices, budgets and caches")
struct AccountingManifestTests {
    private static func check(_ manifest: String, environment: [String: String] = [:]) throws -> EndedProcess {
        let folder = try TemporaryFolder()
        let file = try folder.write("jackfield.yaml", manifest)
        let plugins = try FixturePath(["agent/hello"])
        return try HostProcess.run(
            ["check", "--manifest", file, "--plugin-path", plugins.path], environment: environment)
    }

    @Test(
        "that is wrong is refused with the line, and with what would be right",
        arguments: [
            ("budgets: { b: { per: user, period: day } }", "write cost, tokens or both"),
            ("budgets: { b: { per: user, period: day, tokens: 1, models: [defualt] } }", "\"default\""),
            ("budgets: { b: { per: all, period: day, tokens: 1, only: [ada] } }", "`per: all`"),
            ("budgets: { b: { per: agent, period: day, tokens: 1, only: [helo] } }", "\"hello\""),
            ("budgets: { b: { per: agent, period: day, tokens: 1, only: [offline] } }", "kind agent"),
            ("budgets: { b: { per: user, period: week, tokens: 1 } }", "month"),
            ("budgets: { b: { per: user, tokens: 1 } }", "period"),
            ("budgets: { b: { per: user, period: day, cost: -1 } }", "cost"),
            ("prices: { gpt-5: { input: 1 } }", "output"),
            ("prices: { gpt-5: { input: 1, output: free } }", "output"),
            ("cache: { storage: redis }", "sqlite"),
            ("cache: { max_memory: 1KiB }", "max_memory"),
        ])
    func wrong(entry: String, hint: String) throws {
        let ended = try Self.check(
            """
            jackfield: 1
            plugins: { hello: { use: agent/hello }, offline: { use: llm/offline } }
            models: { default: { route: [offline/notes] } }
            \(entry)
            """)
        #expect(ended.status == .exited(1), "\(entry)")
        let said = (ended.output + ended.errors).split(separator: "\n").filter { $0.contains("jackfield.yaml:4:") }
        #expect(said.contains { $0.contains(hint) }, "\(entry):\n\(ended.output)\(ended.errors)")
    }

    @Test("with a budget of dollars and an upstream without a price is right, and says what the budget does not see")
    func unpriced() throws {
        let ended = try Self.check(
            """
            jackfield: 1
            plugins:
              up:
                use: llm/openai
                config: { base_url: "http://127.0.0.1:1/v1" }
                grants: { http: ["http://127.0.0.1:1"] }
            models: { default: { route: [up/homegrown, up/gpt-4o] } }
            budgets: { b: { per: all, period: day, cost: 1 } }
            """)
        #expect(ended.status == .exited(0), "\(ended.output)\(ended.errors)")
        let notes = (ended.output + ended.errors).split(separator: "\n").filter { $0.contains("has no price") }
        #expect(notes.count == 1 && notes[0].contains("up/homegrown"), "\(notes)")
    }

    @Test("stands in the documents as it would in a file: check accepts it", arguments: ["accounting", "caching"])
    func documents(page: String) throws {
        let text = try String(contentsOfFile: "\(Repository.root)/docs/\(page).md", encoding: .utf8)
        let manifests = text.components(separatedBy: "```yaml\n").dropFirst()
            .map { $0.components(separatedBy: "```")[0] }
        #expect(!manifests.isEmpty)
        for manifest in manifests {
            let ended = try Self.check(manifest, environment: ["OPENAI_API_KEY": "k"])
            #expect(ended.status == .exited(0), "\(ended.output)\(ended.errors)\n\(manifest)")
        }
    }
}
