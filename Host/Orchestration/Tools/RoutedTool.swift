package import JackfieldVocabulary
package import Registry

/// A tool that can be called now: where it is, and what it said of itself when its plugin was loaded.
package struct RoutedTool: Sendable {
    package let plugin: RegisteredPlugin
    package let entry: Tool.Entry
    /// INSTANCE/TOOL
    package let name: String
    /// The same as language models are told it.
    package let alias: String

    package var described: Tool.ServiceEntry { Tool.ServiceEntry(name: name, alias: alias, entry) }
}
