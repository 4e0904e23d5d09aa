import Glibc

/// The folder `PluginAPI`, in which the templates and the kits lie.
package struct KitFolder: Sendable, Hashable {
    /// Without links in it.
    package let path: String

    /// Looks where the caller said, in JACKFIELD_KIT, beside the program, and where it would be installed.
    ///
    /// A folder that was named is the only one looked at: a wrong name is a mistake, not a reason to look elsewhere.
    ///
    /// - Throws: a sentence that names every folder that was looked at.
    package init(
        given: String?, environment: [String: String], executable: String
    ) throws(ScaffoldError) {
        let home = executable.lastIndex(of: "/").map { String(executable[..<$0]) } ?? "."
        let variable = environment["JACKFIELD_KIT"].flatMap { $0.isEmpty ? nil : $0 }
        let candidates =
            (given ?? variable).map { [$0] }
            ?? ["\(home)/PluginAPI", "\(home)/../share/jackfield/PluginAPI"]
        for candidate in candidates where access("\(candidate)/Templates", F_OK) == 0 {
            if let path = FolderTree.resolved(candidate) {
                self.path = path
                return
            }
        }
        let source = given != nil ? "--kit" : variable != nil ? "JACKFIELD_KIT" : nil
        if let source {
            throw ScaffoldError(
                "\(source) names \(candidates[0]), which is no kit: it has no folder Templates. "
                    + "Name the folder PluginAPI"
            )
        }
        throw ScaffoldError(
            "the kit was found neither in \(candidates.joined(separator: " nor in ")): "
                + "name its folder PluginAPI with --kit or JACKFIELD_KIT")
    }

    /// The folder whose `Package.swift` has the product JackfieldPlugin: this one.
    ///
    /// - Throws: a sentence, when there is none, or when its path cannot stand in a `Package.swift`.
    package func package() throws(ScaffoldError) -> String {
        guard access("\(path)/Package.swift", F_OK) == 0 else {
            throw ScaffoldError("a plugin in Swift needs \(path)/Package.swift, which is not there")
        }
        guard path.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x22 && $0 != 0x5C && $0 != 0x7F }) else {
            throw ScaffoldError("the kit's path must have no quotation mark, backslash or control character in it")
        }
        return path
    }
}
