import Testing

@Suite("The documents point at what is there")
struct DocumentLinkTests {
    static let pages =
        ["README.md", "CHANGELOG.md"] + SourceTree.files(under: "docs", named: [".md"])
        + SourceTree.files(under: "Plugins", named: [".md"])

    @Test("every relative link leads to a file, and every anchor to a heading", arguments: pages)
    func links(page: String) {
        let text = SourceTree.text(of: page)
        for link in MarkdownLinks.all(in: text) {
            if link.target.contains("://") || link.target.hasPrefix("mailto:") { continue }
            let parts = link.target.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
            let file = parts[0].isEmpty ? page : MarkdownLinks.resolve(String(parts[0]), from: page)
            guard SourceTree.exists(file) else {
                Issue.record("\(page):\(link.line): there is no \(file), where the link \(link.target) leads")
                continue
            }
            guard parts.count == 2, file.hasSuffix(".md") else { continue }
            if !MarkdownLinks.anchors(in: SourceTree.text(of: file)).contains(String(parts[1])) {
                Issue.record("\(page):\(link.line): \(file) has no heading #\(parts[1])")
            }
        }
    }

    @Test("links, anchors and code are told apart")
    func parsing() {
        let text = """
            # The `docs` page, a start
            See [one](a/b.md#x) and `[no](code.md)` and [two](../c.md).
            ```
            [no](fenced.md)
            ```
            ![picture](d.png)
            """
        #expect(MarkdownLinks.all(in: text).map(\.target) == ["a/b.md#x", "../c.md", "d.png"])
        #expect(MarkdownLinks.all(in: text).map(\.line) == [2, 2, 6])
        #expect(MarkdownLinks.resolve("../c.md", from: "docs/decisions/0001.md") == "docs/c.md")
        #expect(MarkdownLinks.resolve("a.md", from: "README.md") == "a.md")
        #expect(MarkdownLinks.anchors(in: text) == ["the-docs-page-a-start"])
    }
}

/// The inline links of a Markdown page.
enum MarkdownLinks {
    struct Link: Hashable {
        let line: Int
        let target: String
    }

    static func all(in text: String) -> [Link] {
        var isCode = false
        var links: [Link] = []
        for (index, line) in text.lines.enumerated() {
            if line.trimmed.hasPrefix("```") { isCode.toggle() }
            if isCode { continue }
            // Text in backquotes is code too.
            let prose = line.split(separator: "`", omittingEmptySubsequences: false).enumerated()
                .map { $0.offset % 2 == 0 ? String($0.element) : "code" }.joined()
            for part in prose.split(separator: "](", omittingEmptySubsequences: false).dropFirst() {
                guard let end = part.firstIndex(of: ")") else { continue }
                links.append(Link(line: index + 1, target: String(part[..<end])))
            }
        }
        return links
    }

    /// A path relative to a page, as one from the root.
    static func resolve(_ path: String, from page: String) -> String {
        var parts = page.split(separator: "/").dropLast().map(String.init)
        for part in path.split(separator: "/") {
            switch part {
            case ".": continue
            case "..": _ = parts.popLast()
            default: parts.append(String(part))
            }
        }
        return parts.joined(separator: "/")
    }

    /// The anchors that forges make of headings: lower case, spaces as hyphens, punctuation left out.
    static func anchors(in text: String) -> Set<String> {
        var isCode = false
        var anchors: Set<String> = []
        for line in text.lines {
            if line.hasPrefix("```") { isCode.toggle() }
            guard !isCode, line.hasPrefix("#") else { continue }
            let title = line.drop { $0 == "#" }.trimmed.lowercased()
            anchors.insert(
                String(
                    title.compactMap {
                        $0 == " " ? "-" : $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" ? $0 : nil
                    }))
        }
        return anchors
    }
}
