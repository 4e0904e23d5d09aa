/// One way to a model: which plugin instance to ask, and for which of its models. Written `openai/gpt-4o-mini`; split
/// at the first slash, since upstream names hold slashes themselves (`openrouter/meta-llama/llama-3`).
package struct ModelRoute: Sendable, Hashable, CustomStringConvertible {
    package let instance: PluginInstanceID
    /// The name that the provider knows: 1 to 256 bytes, no control characters, no spaces.
    package let upstreamModel: String

    /// - Throws: `InvalidValue`, when `text` is not INSTANCE/MODEL.
    package init(_ text: String) throws(InvalidValue) {
        guard let slash = text.firstIndex(of: "/") else {
            throw InvalidValue("\(text.quoted) is not INSTANCE/MODEL, like \"openai/gpt-4o-mini\"")
        }
        let model = text[text.index(after: slash)...]
        guard 1...256 ~= model.utf8.count, model.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
            throw InvalidValue("\(text.quoted) names no model after the slash: write INSTANCE/MODEL, without spaces")
        }
        self.instance = try PluginInstanceID(String(text[..<slash]))
        self.upstreamModel = String(model)
    }

    package var description: String { "\(self.instance)/\(self.upstreamModel)" }
}

extension ModelRoute {
    /// For parts that are known to be right.
    init(instance: PluginInstanceID, upstreamModel: String) {
        self.instance = instance
        self.upstreamModel = upstreamModel
    }
}
