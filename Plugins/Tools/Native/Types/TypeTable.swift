/// The types that signatures may use by name: those of C, and those that the configuration declares.
package struct TypeTable: Sendable {
    /// A kind of pointer that only the library follows.
    package struct Handle: Sendable, Hashable {
        package var name: String
        /// The name is that of a pointer already (`typedef struct gz *gzFile`), and is written without `*`.
        package var isPointer: Bool
        /// The function that takes one back.
        package var close: String?
    }

    package var structures: [String: StructType] = [:]
    package var enumerations: [String: NamedValues] = [:]
    package var handles: [String: Handle] = [:]
    package var aliases: [String: CType] = [:]

    package init() {}

    /// Everything that was declared, for suggestions.
    var names: [String] {
        Array(structures.keys) + Array(enumerations.keys) + Array(handles.keys) + Array(aliases.keys)
    }

    /// What a word means; nil for one that is unknown or is a handle.
    func type(_ word: String) -> CType? {
        if let kind = TypeNames.words[word] { return .scalar(kind) }
        if word == "void" { return .void }
        if let type = structures[word] { return .structure(type) }
        if let values = enumerations[word] { return .named(values) }
        return aliases[word]
    }
}
