/// Which tools a plugin may call: all of an instance, one of them, or every tool that there is. Written `INSTANCE`,
/// `INSTANCE/TOOL` or `*`.
package struct ToolGrant: Sendable, Hashable, CustomStringConvertible {
    /// Nil: every instance.
    package let instance: PluginInstanceID?
    /// Nil: every tool of the instance.
    package let tool: ToolName?

    package static let all = ToolGrant(instance: nil, tool: nil)

    private init(instance: PluginInstanceID?, tool: ToolName?) {
        self.instance = instance
        self.tool = tool
    }

    /// - Throws: `InvalidValue`, when `text` is none of the three forms.
    package init(_ text: String) throws(InvalidValue) {
        if text == "*" {
            self = .all
            return
        }
        guard let slash = text.firstIndex(of: "/") else {
            self.init(instance: try PluginInstanceID(text), tool: nil)
            return
        }
        self.init(
            instance: try PluginInstanceID(String(text[..<slash])),
            tool: try ToolName(String(text[text.index(after: slash)...])))
    }

    package func allows(_ instance: PluginInstanceID, _ tool: String) -> Bool {
        (self.instance == nil || self.instance == instance) && (self.tool == nil || self.tool?.text == tool)
    }

    package var description: String {
        guard let instance else { return "*" }
        return self.tool.map { "\(instance)/\($0)" } ?? instance.text
    }
}

/// The name of a tool within its plugin (tool.h), which also fits what servers of language models allow.
package struct ToolName: Identifier {
    package static let noun = "a tool's name"
    package static let rule = "1 to 64 of letters, digits, \"_\" and \"-\""
    package static let pattern = "^[A-Za-z0-9_-]{1,64}$"

    package let text: String
    package init(unchecked text: String) { self.text = text }

    package static func allows(_ text: String) -> Bool {
        1...64 ~= text.utf8.count && text.utf8.allSatisfy { Characters.isWord($0) || $0 == 0x2D }
    }
}
