/// Where a value is in the tree of a manifest, written `models.default.route[1]`. A key that holds a dot or a bracket
/// is written in quotes: `models."gpt-4.1".timeout`.
package struct ConfigPath: Sendable, Hashable, CustomStringConvertible {
    package enum Part: Sendable, Hashable {
        case key(String)
        case index(Int)
    }

    package var parts: [Part]

    package init(_ parts: [Part] = []) { self.parts = parts }

    /// Reads what `description` writes; odd texts become one odd key, so that looking it up fails with its name.
    package init(_ text: String) {
        self.parts = []
        var rest = text[...]
        while let first = rest.first {
            if first == "." {
                rest = rest.dropFirst()
            } else if first == "\"", let end = rest.dropFirst().firstIndex(of: "\"") {
                self.parts.append(.key(String(rest[rest.index(after: rest.startIndex)..<end])))
                rest = rest[rest.index(after: end)...]
            } else if first == "[", let end = rest.firstIndex(of: "]"), let index = Int(rest.dropFirst()[..<end]) {
                self.parts.append(.index(index))
                rest = rest[rest.index(after: end)...]
            } else {
                let end = rest.dropFirst().firstIndex { $0 == "." || $0 == "[" } ?? rest.endIndex
                self.parts.append(.key(String(rest[..<end])))
                rest = rest[end...]
            }
        }
    }

    package func appending(_ key: String) -> ConfigPath { ConfigPath(self.parts + [.key(key)]) }
    package func appending(_ index: Int) -> ConfigPath { ConfigPath(self.parts + [.index(index)]) }

    package var description: String {
        var text = ""
        for part in self.parts {
            switch part {
            case .key(let key):
                if !text.isEmpty { text += "." }
                text += key.contains { ".[]\"".contains($0) } ? "\"\(key)\"" : key
            case .index(let index): text += "[\(index)]"
            }
        }
        return text
    }
}
