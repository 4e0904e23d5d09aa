package import JackfieldJSON
import JackfieldVocabulary

/// The plugin's configuration (config.schema.json): a library, types, and functions.
package struct NativeConfig: Sendable {
    /// As `dlopen` takes it: an absolute path, or a name that the system's loader finds.
    package var library = ""
    package var types = TypeTable()
    package var functions: [FunctionConfig] = []
    package var limits = Limits()

    package struct Limits: Sendable, Hashable {
        /// Bytes of one buffer, and of one text, in either direction.
        package var bytes = 256 << 10
        /// Handles that are open at once.
        package var handles = 256
    }

    /// Reads all that can be read; what cannot is reported.
    package init(_ json: JSON, _ problems: inout ConfigProblems) {
        let keys = ["library", "types", "structs", "enums", "handles", "functions", "limits"]
        guard let table = ConfigTable(json, "config", keys: keys, &problems) else { return }
        if let text = table.text("library", &problems) {
            library = text
            if text.contains("/"), !text.hasPrefix("/") {
                problems.add("config.library", "must be an absolute path or a name without \"/\", and is \"\(text)\"")
            }
        } else if table["library"] == nil {
            problems.add("config", "needs the library whose functions are called, like \"libm.so.6\"")
        }
        types = TypeTable(table, &problems)
        if let json = table["limits"],
            let limits = ConfigTable(json, "limits", keys: ["bytes", "handles"], &problems)
        {
            self.limits.bytes = limits.count("bytes", 1...ArgumentConfig.mostElements, &problems) ?? self.limits.bytes
            self.limits.handles = limits.count("handles", 1...65_536, &problems) ?? self.limits.handles
        }
        let members = table["functions"]?.object?.members ?? []
        if members.isEmpty { problems.add("functions", "must be an object with at least one function") }
        for member in members {
            if let function = FunctionConfig(member.key, member.value, "functions.\(member.key)", &problems) {
                functions.append(function)
            }
        }
    }
}
