/// One path and what the plugin may do beneath it.
package struct LandlockRule: Sendable, Hashable {
    package var path: String
    package var rights: LandlockRights
    /// Nil for what differs between systems and is left out where it is missing; else what named the path.
    package var namedBy: String?

    /// The rules of a sandbox. `libraries` are the paths of libraries that the process has mapped: what lies beside
    /// them, the rest of the Swift runtime for one, can be loaded too.
    package static func rules(_ settings: SandboxSettings, libraries: [String]) -> [LandlockRule] {
        var rules: [LandlockRule] = []
        var folders = ["/lib", "/lib64", "/usr/lib", "/usr/lib64"]
        for library in libraries {
            guard let slash = library.lastIndex(of: "/"), slash != library.startIndex else { continue }
            let folder = String(library[..<slash])
            if !folders.contains(folder) && !folder.hasPrefix("/usr/lib/") && !folder.hasPrefix("/lib/") {
                folders.append(folder)
            }
        }
        for folder in folders { rules.append(LandlockRule(path: folder, rights: .code)) }
        // What the C library reads on its own: where libraries are, time zones, languages, how many processors.
        for path in [
            "/etc/ld.so.cache", "/etc/localtime", "/usr/share/zoneinfo", "/usr/share/locale", "/usr/share/i18n",
            "/sys/devices/system/cpu", "/dev/zero", "/dev/urandom", "/dev/random",
        ] {
            rules.append(LandlockRule(path: path, rights: .read))
        }
        rules.append(LandlockRule(path: "/dev/null", rights: [.readFile, .writeFile, .truncate]))
        for path in settings.executable {
            rules.append(LandlockRule(path: path, rights: .code, namedBy: "the plugin's folder"))
        }
        // Names alone are found in the folders of the system.
        for path in settings.libraries where path.hasPrefix("/") {
            rules.append(LandlockRule(path: path, rights: .code, namedBy: "grants.libraries"))
        }
        for path in settings.readable {
            rules.append(LandlockRule(path: path, rights: .read, namedBy: "grants.read"))
        }
        if let path = settings.temporary {
            rules.append(LandlockRule(path: path, rights: .readAndWrite, namedBy: "the temporary folder"))
        }
        return rules
    }
}
