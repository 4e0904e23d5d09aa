import JackfieldPlugin

/// A shared configuration file of the AWS tools (AWS SDKs and Tools Reference Guide, "Shared config and credentials
/// files"): sections in brackets, `name = value`, comments. Settings that lie inside another are left out.
struct SharedFile: Sendable {
    enum Kind: Sendable {
        /// Sections are called `[name]`.
        case credentials
        /// Sections are called `[profile name]`, and `[default]`.
        case config
    }

    /// By profile, then by setting in lower case.
    private var profiles: [String: [String: String]] = [:]

    init(_ text: String, kind: Kind) {
        var current: String?
        // In a config file `[profile default]` is preferred to `[default]`, wherever they stand.
        var plainDefault: [String: String] = [:]
        var isPlainDefault = false
        for line in text.split(whereSeparator: \.isNewline) {
            let isIndented = line.first == " " || line.first == "\t"
            let line = String(line.drop { $0 == "\u{feff}" }).withoutSpaceAround
            guard let first = line.first, first != "#", first != ";" else { continue }
            if first == "[" {
                guard let end = line.firstIndex(of: "]") else {
                    current = nil
                    continue
                }
                let name = String(line[line.index(after: line.startIndex)..<end]).withoutSpaceAround
                current = SharedFile.profile(name, kind)
                isPlainDefault = kind == .config && name == "default"
            } else if let current, !isIndented, let equals = line.firstIndex(of: "=") {
                let key = String(line[..<equals]).withoutSpaceAround.lowercased()
                let value = SharedFile.withoutComment(line[line.index(after: equals)...]).withoutSpaceAround
                if isPlainDefault { plainDefault[key] = value } else { profiles[current, default: [:]][key] = value }
            }
        }
        if profiles["default"] == nil, !plainDefault.isEmpty { profiles["default"] = plainDefault }
    }

    /// The settings of a profile, or nil if the file does not have it.
    func settings(of profile: String) -> [String: String]? { profiles[profile] }

    /// The profile that a section is about; nil for sections about something else, such as `[sso-session x]`.
    private static func profile(_ section: String, _ kind: Kind) -> String? {
        let words = section.split(maxSplits: 1, whereSeparator: { $0 == " " || $0 == "\t" })
        guard kind == .config else { return section }
        if words.count == 2, words[0] == "profile" {
            let name = String(words[1]).withoutSpaceAround
            return name.count >= 2 && name.hasPrefix("\"") && name.hasSuffix("\"")
                ? String(name.dropFirst().dropLast()) : name
        }
        return section == "default" ? section : nil
    }

    /// A comment on the line of a value begins with white space: secrets may hold the characters themselves.
    private static func withoutComment(_ value: Substring) -> String {
        var before: Character = " "
        for at in value.indices {
            if value[at] == "#" || value[at] == ";", before == " " || before == "\t" { return String(value[..<at]) }
            before = value[at]
        }
        return String(value)
    }
}
